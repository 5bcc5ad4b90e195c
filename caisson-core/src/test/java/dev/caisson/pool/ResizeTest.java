package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ProcessPool;
import dev.caisson.TaskFuture;
import dev.caisson.WorkerSnapshot;
import dev.caisson.WorkerState;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResizeTest {

    @TempDir
    private Path folder;

    @Test
    @Tag("L07")
    @Tag("O06")
    @Tag("row-35")
    void growsAndShrinks(Pools pools) throws Exception {
        var pool = pools.open(1);
        long first = pool.submit(Deeds::pid).get();

        pool.grow(1);
        Await.until("there are two workers", () -> idle(pool).size() == 2);
        assertThat(idle(pool)).contains(first);
        pool.shrink(1);
        Await.until("there is one worker", () -> pool.snapshot().workers().size() == 1);
        pool.resize(2);
        Await.until("there are two workers again", () -> idle(pool).size() == 2);

        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    @Tag("I29")
    @Tag("L07")
    void refusesSizesThatCantBeAndGoesOn(Pools pools) throws Exception {
        var pool = pools.open(1);

        assertThatThrownBy(() -> pool.resize(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pool.grow(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pool.shrink(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pool.grow(Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("grow(2147483647) from 1: a pool has from 1 to 10000 workers");
        assertThatThrownBy(() -> ProcessPool.builder().workers(10_001).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("workers is 10001");

        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    @Tag("row-35")
    void neverInterruptsARunningTaskToShrink(Pools pools) throws Exception {
        var pool = pools.open(2);
        var gate = Gate.in(folder, "gate");
        var first = pool.submit(() -> gate.await());
        var second = pool.submit(() -> gate.await());
        Deeds.begun(first);
        Deeds.begun(second);

        pool.resize(1);
        gate.open();

        assertThat(first.get()).isNull();
        assertThat(second.get()).isNull();
        Await.until("there is one worker", () -> pool.snapshot().workers().size() == 1);
    }

    @Test
    @Tag("I22")
    @Tag("row-36")
    void replacesAllWorkersAndLosesNoResult(Pools pools) throws Exception {
        var pool = pools.open(2);
        Await.until("both are ready", () -> idle(pool).size() == 2);
        var before = idle(pool);
        var futures = new ArrayList<TaskFuture<Integer>>();
        for (int number = 0; number < 20; number++) {
            int value = number;
            futures.add(pool.submit(() -> Deeds.square(value)));
        }

        pool.restartWorkers();

        for (int number = 0; number < 20; number++) {
            assertThat(futures.get(number).get()).isEqualTo(number * number);
        }
        Await.until(
                "both are new",
                () -> idle(pool).size() == 2 && idle(pool).stream().noneMatch(before::contains));
    }

    @Test
    @Tag("I13")
    @Tag("I16")
    @Tag("row-2")
    void replacesAWorkerAfterItsNumberOfTasks(Pools pools) {
        var pool = pools.open(builder -> builder.maxTasksPerWorker(3));
        var futures = new ArrayList<TaskFuture<Long>>();
        for (int number = 0; number < 9; number++) {
            futures.add(pool.submit(Deeds::pid));
        }

        var tasksByPid = futures.stream()
                .map(TaskFuture::join)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(tasksByPid.values()).containsExactly(3L, 3L, 3L);
    }

    @Test
    @Tag("I23")
    @Tag("I25")
    @Tag("row-4")
    void letsIdleWorkersLeaveAndStartsNewOnesForTasks(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.workers(2).idleTimeout(Duration.ofMillis(100)));
        long pid = pool.submit(Deeds::pid).get();

        Await.until("all have left", () -> pool.snapshot().workers().isEmpty());

        assertThat(pool.submit(Deeds::pid).get()).isNotEqualTo(pid);
    }

    private static List<Long> idle(ProcessPool pool) {
        return pool.snapshot().workers().stream()
                .filter(worker -> worker.state() == WorkerState.IDLE)
                .map(WorkerSnapshot::pid)
                .flatMap(pid -> pid.stream().boxed())
                .toList();
    }

    @Test
    @Tag("Q30")
    void worksWithTheOldWorkerUntilTheNewOneIsReady(Pools pools) throws Exception {
        var first = Gate.in(folder, "first");
        var ready = Gate.in(folder, "ready");
        var pool = pools.open(builder -> builder.initializer(() -> {
            if (first.isOpen()) {
                ready.await();
            }
            first.open();
        }));
        long old = pool.submit(Deeds::pid).get();

        pool.restartWorkers();
        Await.until("its successor starts", () -> pool.snapshot().workers().size() == 2);
        for (int number = 0; number < 5; number++) {
            assertThat(pool.submit(Deeds::pid).get(15, TimeUnit.SECONDS)).isEqualTo(old);
        }
        ready.open();

        Await.until(
                "the successor works alone",
                () -> idle(pool).size() == 1
                        && pool.snapshot().workers().size() == 1
                        && !idle(pool).contains(old));
        assertThat(pool.submit(Deeds::pid).get()).isNotEqualTo(old);
    }
}
