package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.PoolListener;
import dev.caisson.TaskFuture;
import dev.caisson.WorkerInfo;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many workers are started, and which places they take.
class StaffTest {

    private final ConcurrentLinkedQueue<WorkerInfo> started = new ConcurrentLinkedQueue<>();

    private final CountDownLatch ended = new CountDownLatch(1);

    private final PoolListener listener = new PoolListener() {
        @Override
        public void workerStarted(WorkerInfo worker) {
            started.add(worker);
        }

        @Override
        public void poolTerminated() {
            ended.countDown();
        }
    };

    @TempDir
    private Path folder;

    @Test
    @Tag("I28")
    void startsAsManyWorkersAsItMayWhenThereIsEnoughToDo(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.listener(listener).workers(3));
        var gate = Gate.in(folder, "gate");
        var futures = new ArrayList<TaskFuture<Long>>();
        for (int task = 0; task < 9; task++) {
            futures.add(pool.submit(() -> {
                gate.await();
                return Deeds.pid();
            }));
        }
        futures.subList(0, 3).forEach(Deeds::begun);
        gate.open();

        var pids = new ArrayList<Long>();
        for (var future : futures) {
            pids.add(future.get());
        }
        pool.close();

        assertThat(pids.stream().distinct()).hasSize(3);
        assertThat(allStarted()).hasSize(3);
    }

    @Test
    @Tag("I09")
    void givesAPlaceThatWasLeftToTheNextWorker(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.listener(listener).workers(2).maxTasksPerWorker(1));

        var slots = new ArrayList<Integer>();
        for (int task = 0; task < 5; task++) {
            var future = pool.submit(() -> Thread.currentThread().getName().replaceAll(".*-worker-(\\d+) .*", "$1"));
            slots.add(Integer.parseInt(future.get()));
            assertThat(future.worker())
                    .hasValueSatisfying(worker -> assertThat(worker.slot()).isEqualTo(slots.getLast()));
        }
        pool.close();

        assertThat(slots).allMatch(slot -> slot >= 0 && slot < 4);
        assertThat(allStarted())
                .hasSizeGreaterThan(slots.stream().distinct().toList().size());
    }

    @Test
    @Tag("I19")
    void startsNobodyAnyMoreOnceItIsTerminated(Pools pools) {
        var pool = pools.open(builder -> builder.listener(listener).workers(2).maxTasksPerWorker(1));
        for (int task = 0; task < 20; task++) {
            var _ = pool.submit(Deeds::pid);
        }
        Await.until("some have been replaced", () -> started.size() > 3);

        pool.terminate();

        assertThat(allStarted())
                .allMatch(worker -> ProcessHandle.of(worker.pid())
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
    }

    private List<WorkerInfo> allStarted() {
        Await.until("the end of the pool was told", () -> ended.getCount() == 0);
        return List.copyOf(started);
    }
}
