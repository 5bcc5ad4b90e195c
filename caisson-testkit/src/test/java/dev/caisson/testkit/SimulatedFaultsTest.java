package dev.caisson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.Outcome;
import dev.caisson.PoolBrokenException;
import dev.caisson.PoolState;
import dev.caisson.TaskOptions;
import dev.caisson.TaskSerializationException;
import dev.caisson.TaskTimeoutException;
import dev.caisson.TaskTimeoutException.Limit;
import dev.caisson.WorkerExitedException;
import dev.caisson.WorkerOutOfMemoryException;
import dev.caisson.WorkerStartException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What goes wrong in real pools goes wrong in simulated ones, with the same errors. Time moves by itself here.
@Timeout(20)
class SimulatedFaultsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void strikesTheHardLimitAfterAVirtualHour() {
        try (var pool = oneWorker().task("b.pdf", TaskScript.hangs()).build()) {
            var hung = pool.submit(
                    () -> "never", TaskOptions.DEFAULT.withLabel("b.pdf").withTimeLimit(HOUR));

            assertThatThrownBy(hung::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(TaskTimeoutException.class, error -> {
                        assertThat(error.limit()).isEqualTo(Limit.HARD);
                        assertThat(error.elapsed()).isBetween(HOUR, HOUR.plusSeconds(2));
                    })
                    .hasMessageContaining("'b.pdf'");
            assertThat(pool.elapsed()).isGreaterThan(HOUR);
        }
    }

    @Test
    void interruptsAtTheSoftLimit() {
        try (var pool = oneWorker().otherTasks(TaskScript.takes(HOUR)).build()) {
            var slow = pool.submit(() -> "never", TaskOptions.DEFAULT.withSoftTimeLimit(Duration.ofMinutes(1)));

            assertThatThrownBy(slow::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            TaskTimeoutException.class,
                            error -> assertThat(error.limit()).isEqualTo(Limit.SOFT))
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(pool.elapsed()).isLessThan(Duration.ofMinutes(2));
        }
    }

    @Test
    void letsTheHardLimitEndWhatIgnoresTheSoftOne() {
        try (var pool = oneWorker()
                .settings(real -> real.softTimeLimit(Duration.ofMinutes(1)).timeLimit(Duration.ofMinutes(2)))
                .task(1, TaskScript.hangs().ignoringInterrupts())
                .build()) {
            assertThatThrownBy(() -> pool.call(() -> "never"))
                    .cause()
                    .isInstanceOfSatisfying(
                            TaskTimeoutException.class,
                            error -> assertThat(error.limit()).isEqualTo(Limit.HARD));
        }
    }

    @Test
    void strikesTheQueueLimitBehindALongTask() throws Exception {
        try (var pool = oneWorker().task(1, TaskScript.takes(HOUR)).build()) {
            var first = pool.submit(() -> "first");
            var second = pool.submit(() -> "second", TaskOptions.DEFAULT.withQueueTimeLimit(Duration.ofMinutes(5)));

            assertThatThrownBy(second::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            TaskTimeoutException.class,
                            error -> assertThat(error.limit()).isEqualTo(Limit.QUEUE));
            assertThat(first.get()).isEqualTo("first");
        }
    }

    @Test
    void tellsHowAWorkerCrashed() {
        try (var pool = oneWorker().task(1, TaskScript.crashes(139)).build()) {
            assertThatThrownBy(() -> pool.call(() -> "never"))
                    .cause()
                    .isInstanceOfSatisfying(WorkerExitedException.class, error -> {
                        assertThat(error.exitCode()).isEqualTo(139);
                        assertThat(error.signal()).contains("SIGSEGV");
                    })
                    .hasMessageContaining("native code crashed");
        }
    }

    @Test
    void tellsExitsAndFullHeapsFromCrashes() {
        try (var pool = oneWorker()
                .task(1, TaskScript.exits(0))
                .task(2, TaskScript.runsOutOfMemory())
                .build()) {
            assertThatThrownBy(() -> pool.call(() -> "never"))
                    .cause()
                    .isInstanceOf(WorkerExitedException.class)
                    .hasMessageContaining("System.exit");
            assertThatThrownBy(() -> pool.call(() -> "never")).cause().isInstanceOf(WorkerOutOfMemoryException.class);
            assertThatThrownBy(() -> pool.call(() -> {
                        throw new OutOfMemoryError("of its own");
                    }))
                    .cause()
                    .isInstanceOf(WorkerOutOfMemoryException.class);
        }
    }

    @Test
    void retriesAfterACrash() throws Exception {
        try (var pool = oneWorker().task(1, TaskScript.crashes(137).times(2)).build()) {
            var task = pool.submit(() -> "done", TaskOptions.DEFAULT.withRetries(2));

            assertThat(task.get()).isEqualTo("done");
            assertThat(task.attempts()).isEqualTo(3);
        }
    }

    @Test
    void keepsAResultThatWasWrittenBeforeTheCrash() throws Exception {
        try (var pool = oneWorker().task(1, TaskScript.crashesAfterResult(134)).build()) {
            assertThat(pool.map(item -> item * item, List.of(1, 2, 3))).containsExactly(1, 4, 9);
            assertThat(pool.trace()).anyMatch(line -> line.contains("exits with code 134"));
        }
    }

    @Test
    void losesOneItemOfAChunkToACrash() {
        try (var pool = oneWorker().task(3, TaskScript.crashes(139)).build()) {
            var outcomes = pool.batch(List.of(1, 2, 3, 4, 5))
                    .chunkSize(5)
                    .map(item -> item * 10)
                    .outcomes()
                    .toList();

            assertThat(outcomes).filteredOn(Outcome::isSuccess).hasSize(4);
            assertThat(outcomes.get(2))
                    .isInstanceOfSatisfying(
                            Outcome.Failure.class,
                            failure -> assertThat(failure.error()).isInstanceOf(WorkerExitedException.class));
        }
    }

    @Test
    void breaksWhenWorkersNeverStart() {
        try (var pool = oneWorker().failingStarts(Integer.MAX_VALUE).build()) {
            var task = pool.submit(() -> "never");

            assertThatThrownBy(task::get)
                    .cause()
                    .isInstanceOf(PoolBrokenException.class)
                    .hasCauseInstanceOf(WorkerStartException.class);
            assertThatThrownBy(() -> pool.submit(() -> "late")).isInstanceOf(PoolBrokenException.class);
        }
    }

    @Test
    void recoversWhenTheFirstStartsFail() throws Exception {
        try (var pool = oneWorker().failingStarts(3).build()) {
            assertThat(pool.call(() -> "done")).isEqualTo("done");
        }
    }

    @Test
    void breaksWhenStartsTakeTooLong() {
        try (var pool = oneWorker()
                .settings(real -> real.startTimeLimit(Duration.ofMinutes(1)))
                .startTime(Duration.ofMinutes(2))
                .build()) {
            assertThatThrownBy(() -> pool.call(() -> "never"))
                    .cause()
                    .isInstanceOf(PoolBrokenException.class)
                    .hasMessageContaining("startTimeLimit");
        }
    }

    @Test
    void breaksWhenTheInitializerFails() {
        try (var pool = oneWorker()
                .settings(real -> real.initializer(() -> {
                    throw new IllegalStateException("no licence");
                }))
                .build()) {
            assertThatThrownBy(() -> pool.call(() -> "never"))
                    .cause()
                    .isInstanceOf(PoolBrokenException.class)
                    .hasRootCauseMessage("no licence");
        }
    }

    @Test
    void killsAWorkerThatStandsStill() {
        try (var pool = oneWorker().task(1, TaskScript.freezes()).build()) {
            assertThatThrownBy(() -> pool.call(() -> "never"))
                    .cause()
                    .isInstanceOf(WorkerExitedException.class)
                    .hasMessageContaining("no sign of life");
        }
    }

    @Test
    void refusesWhatCannotBeSerialized() {
        var secret = new Object();
        try (var pool = oneWorker().build()) {
            assertThatThrownBy(() -> pool.submit(secret::toString)).isInstanceOf(TaskSerializationException.class);
            assertThatThrownBy(() -> pool.call(() -> (Serializable) new Object[] {new Object()}))
                    .hasMessageContaining("can't be sent back");
        }
    }

    @Test
    void closesWithinItsLimitWhenATaskHangs() {
        var pool = oneWorker().task(1, TaskScript.hangs()).build();
        var hung = pool.submit(() -> "never");

        pool.close(HOUR);

        assertThat(hung.isCancelled()).isTrue();
        assertThat(pool.elapsed()).isGreaterThanOrEqualTo(HOUR);
        assertThat(pool.snapshot().state()).isEqualTo(PoolState.TERMINATED);
    }

    @Test
    void saysWhyCloseWouldWaitForEver() {
        var pool = oneWorker().task(1, TaskScript.hangs()).build();
        var hung = pool.submit(() -> "never");

        assertThatThrownBy(pool::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("task 1 in worker 0")
                .hasMessageContaining("timeLimit");
        assertThat(hung.isCancelled()).isTrue();
        assertThat(pool.isTerminated()).isTrue();
    }

    @Test
    void blocksSubmittersWhileTheQueueIsFull() throws Exception {
        try (var pool = oneWorker().settings(real -> real.queueCapacity(1)).build()) {
            for (int task = 0; task < 20; task++) {
                pool.execute(() -> {});
            }
            assertThat(pool.call(() -> "last")).isEqualTo("last");
        }
    }

    @Test
    void runsStagesBeforeTimeGoesOn() throws Exception {
        try (var pool = oneWorker().task(2, TaskScript.takes(HOUR)).build()) {
            var long1 = pool.submit(() -> 1);
            var later = pool.submit(() -> 2);
            var elapsed = long1.thenApply(one -> pool.elapsed()).toCompletableFuture();

            assertThat(later.get()).isEqualTo(2);
            assertThat(elapsed.get(5, TimeUnit.SECONDS)).isLessThan(Duration.ofMinutes(1));
        }
    }

    private static SimulatedPool.Builder oneWorker() {
        return SimulatedPool.builder().settings(real -> real.workers(1));
    }
}
