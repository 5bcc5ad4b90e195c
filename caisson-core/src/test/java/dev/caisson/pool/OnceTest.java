package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ProcessPool;
import dev.caisson.Task;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import dev.caisson.TaskSerializationException;
import dev.caisson.TaskTimeoutException;
import dev.caisson.WorkerExitedException;
import dev.caisson.WorkerOutput;
import dev.caisson.testing.Gate;
import dev.caisson.testing.RunningProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process of its own for one call. That nothing is left is checked after each test.
@Tag("row-50")
class OnceTest {

    @TempDir
    private Path folder;

    @Test
    @Tag("B12")
    void runsEachTaskInAProcessOfItsOwn() throws Exception {
        var first = ProcessPool.once(Deeds::pid, TaskOptions.DEFAULT);
        var second = ProcessPool.once(Deeds::pid, pool -> pool.maxHeap("32m"));

        assertThat(first.get()).isNotEqualTo(second.get()).isNotEqualTo(Deeds.pid());
    }

    @Test
    void letsTheProcessBeDescribed() throws Exception {
        var heap = ProcessPool.once(
                () -> Runtime.getRuntime().maxMemory(),
                pool -> pool.maxHeap("48m").workers(4).name("caller"));

        assertThat(heap.get()).isBetween(40L << 20, 48L << 20);
    }

    @Test
    void leavesNothingWhenNobodyLooksAtTheFuture() {
        var gate = Gate.in(folder, "ran");

        var _ = ProcessPool.once(
                () -> {
                    gate.open();
                    return 1;
                },
                TaskOptions.DEFAULT);

        gate.await();
    }

    @Test
    void leavesNothingOfATaskThatIsCancelledBeforeItsProcessIsReady() {
        var future = ProcessPool.once(Deeds::pid, TaskOptions.DEFAULT);

        assertThat(future.cancel(true)).isTrue();
    }

    @Test
    @Tag("B12")
    void leavesNothingOfATaskThatIsCancelledWhileItRuns() {
        var future = ProcessPool.once(
                () -> {
                    Deeds.swallowInterrupts();
                    return 1;
                },
                pool -> pool.killGrace(Duration.ofMillis(10)));
        long pid = Deeds.begun(future);

        assertThat(future.cancel(true)).isTrue();

        assertThat(RunningProcess.isRunning(Deeds.pid())).isTrue();
        assertThat(pid).isNotEqualTo(Deeds.pid());
    }

    @Test
    @Tag("B12")
    void tellsErrorsAndLimitsAsAnyPool() {
        assertThatThrownBy(() -> ProcessPool.once(() -> Deeds.fail("no"), TaskOptions.DEFAULT)
                        .get(15, TimeUnit.SECONDS))
                .hasRootCauseMessage("no");
        assertThatThrownBy(() -> ProcessPool.once(
                                () -> {
                                    Runtime.getRuntime().halt(0);
                                    return 1;
                                },
                                TaskOptions.DEFAULT)
                        .get(15, TimeUnit.SECONDS))
                .hasCauseInstanceOf(WorkerExitedException.class);
        assertThatThrownBy(() -> ProcessPool.once(
                                () -> {
                                    Deeds.spin();
                                    return 1;
                                },
                                TaskOptions.DEFAULT.withTimeLimit(Duration.ofMillis(50)))
                        .get(15, TimeUnit.SECONDS))
                .hasCauseInstanceOf(TaskTimeoutException.class);
    }

    @Test
    void leavesNothingOfATaskThatCantTravel() {
        var captured = new Object();

        assertThatThrownBy(() -> ProcessPool.once(captured::hashCode, TaskOptions.DEFAULT))
                .isInstanceOf(TaskSerializationException.class);
    }

    @Test
    @Tag("B12")
    void tellsStagesAndListenersAsAnyPool() throws Exception {
        var begun = new CompletableFuture<Long>();
        var options = TaskOptions.DEFAULT.withOnAccepted(worker -> begun.complete(worker.pid()));

        var future = ProcessPool.once(Deeds::pid, options);

        assertThat(future.thenApply(pid -> "pid " + pid).toCompletableFuture().get(15, TimeUnit.SECONDS))
                .isEqualTo("pid " + begun.get(15, TimeUnit.SECONDS));
    }

    @Test
    @Tag("J09")
    void tellsACrashToWhoeverHoldsNothingButTheFuture() {
        var gate = Gate.in(folder, "gate");
        var futures = submitAndDropThePool(gate);
        System.gc();

        gate.open();

        assertThatThrownBy(() -> futures.getFirst().get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(WorkerExitedException.class);
        assertThat(futures.getLast().join()).isEqualTo(2);
    }

    private static List<TaskFuture<Integer>> submitAndDropThePool(Gate gate) {
        var pool =
                ProcessPool.builder().workers(1).output(WorkerOutput.discard()).build();
        Task<Integer> deadly = () -> {
            gate.await();
            Runtime.getRuntime().halt(3);
            return 1;
        };
        var futures = List.of(pool.submit(deadly), pool.submit(() -> 2));
        pool.shutdown();
        return futures;
    }
}
