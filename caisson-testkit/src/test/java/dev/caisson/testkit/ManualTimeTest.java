package dev.caisson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.TaskContext;
import dev.caisson.TaskOptions;
import dev.caisson.WorkerState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Time moves by hand here.
@Timeout(20)
class ManualTimeTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void movesTimeOnlyWhenAsked() {
        try (var pool = manual().otherTasks(TaskScript.takes(MINUTE)).build()) {
            var task = pool.submit(() -> "done");
            assertThat(pool.elapsed()).isZero();

            pool.advance(Duration.ofSeconds(30));
            assertThat(task.isDone()).isFalse();
            assertThat(task.worker()).isPresent();

            pool.advance(Duration.ofSeconds(31));
            assertThat(task.resultNow()).isEqualTo("done");
            assertThat(pool.elapsed()).isEqualTo(Duration.ofSeconds(61));
        }
    }

    @Test
    void performsAllWorkInOneCall() {
        try (var pool = manual().build()) {
            var whole = pool.batch(List.of(1, 2, 3)).map(item -> item + 1).future();
            pool.runUntilIdle();
            assertThat(whole.resultNow()).containsExactly(2, 3, 4);
        }
    }

    @Test
    void cancelsARunningTaskAtOnceAndKillsItsWorkerAfterTheGrace() {
        try (var pool = manual().settings(real -> real.workers(1).killGrace(Duration.ofSeconds(10)))
                .task(1, TaskScript.hangs().ignoringInterrupts())
                .build()) {
            var hung = pool.submit(() -> "never");
            pool.advance(MINUTE);

            assertThat(hung.cancel(false)).isFalse();
            assertThat(hung.cancel(true)).isTrue();
            assertThat(hung.isCancelled()).isTrue();
            var pid = pool.snapshot().workers().getFirst().pid();

            pool.advance(Duration.ofSeconds(9));
            assertThat(pool.snapshot().workers().getFirst().pid()).isEqualTo(pid);
            pool.advance(Duration.ofSeconds(2));
            assertThat(pool.snapshot().workers().getFirst().pid()).isNotEqualTo(pid);
        }
    }

    @Test
    void waitsTwiceAsLongBeforeEachFurtherAttempt() {
        try (var pool = manual().build()) {
            var options = TaskOptions.DEFAULT
                    .withRetries(3)
                    .withRetryOnFailure(IOException.class)
                    .withRetryBackoff(Duration.ofSeconds(10));
            var task = pool.submit(ManualTimeTest::failThreeTimes, options);

            var attempts = new ArrayList<Integer>();
            for (int seconds = 5; seconds < 80; seconds += 10) {
                pool.advance(Duration.ofSeconds(seconds).minus(pool.elapsed()));
                attempts.add(task.attempts());
            }

            assertThat(attempts).containsExactly(1, 2, 2, 3, 3, 3, 3, 4);
            assertThat(task.resultNow()).isEqualTo(4);
        }
    }

    private static int failThreeTimes() throws IOException {
        int attempt = TaskContext.current().attempt();
        if (attempt <= 3) {
            throw new IOException("attempt " + attempt);
        }
        return attempt;
    }

    @Test
    void letsIdleWorkersLeave() {
        try (var pool = manual().settings(real -> real.idleTimeout(MINUTE)).build()) {
            pool.execute(() -> {});
            pool.advance(Duration.ofSeconds(30));
            assertThat(pool.snapshot().workers()).isNotEmpty().allMatch(each -> each.state() == WorkerState.IDLE);

            pool.advance(Duration.ofMinutes(2));
            assertThat(pool.snapshot().workers()).isEmpty();
        }
    }

    @Test
    void bindsTheContextOfTheTask() {
        try (var pool = manual().otherTasks(TaskScript.takes(MINUTE)).build()) {
            var options = TaskOptions.DEFAULT.withLabel("a.pdf").withTimeLimit(MINUTE.multipliedBy(3));
            var label = pool.submit(() -> TaskContext.current().label().orElseThrow(), options);
            var remaining = pool.submit(() -> TaskContext.current().remaining(), options);
            pool.runUntilIdle();

            assertThat(label.resultNow()).isEqualTo("a.pdf");
            assertThat(remaining.resultNow()).isEqualTo(MINUTE.multipliedBy(2));
        }
    }

    @Test
    void saysWhyItWillNeverBeIdle() {
        try (var pool = manual().task("x", TaskScript.hangs()).build()) {
            var hung = pool.submit(() -> "never", TaskOptions.DEFAULT.withLabel("x"));

            assertThatThrownBy(pool::runUntilIdle)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("nothing will ever happen again");
            hung.cancel(true);
            pool.runUntilIdle();
        }
    }

    @Test
    void leavesTheSameTraceTwice() {
        assertThat(eventful()).isEqualTo(eventful()).hasSizeGreaterThan(100);
    }

    @Test
    void refusesScriptsThatNoProcessCouldFollow() {
        assertThatThrownBy(() -> TaskScript.crashes(256)).hasMessageContaining("0 to 255");
        assertThatThrownBy(() -> TaskScript.hangs().times(0)).hasMessageContaining("1 attempt or more");
        assertThatThrownBy(() -> manual().task(0, TaskScript.hangs())).hasMessageContaining("the first is 1");
    }

    private static List<String> eventful() {
        var builder = manual().settings(real -> real.workers(3).timeLimit(MINUTE))
                .failingStarts(2)
                .otherTasks(TaskScript.takes(Duration.ofMillis(300)));
        for (int task = 5; task < 60; task += 7) {
            builder.task(task, TaskScript.crashes(139).once()).task(task + 1, TaskScript.hangs());
        }
        try (var pool = builder.build()) {
            var futures = new ArrayList<>(IntStream.range(0, 40)
                    .mapToObj(number -> pool.submit(() -> number, TaskOptions.DEFAULT.withRetries(1)))
                    .toList());
            var items = pool.batch(IntStream.range(0, 30).boxed().toList())
                    .chunkSize(4)
                    .map(item -> item)
                    .future();
            pool.advance(Duration.ofSeconds(2));
            futures.get(20).cancel(true);
            pool.restartWorkers();
            pool.runUntilIdle();
            assertThat(futures).allMatch(future -> future.isDone());
            assertThat(items.isDone()).isTrue();
            return pool.trace();
        }
    }

    private static SimulatedPool.Builder manual() {
        return SimulatedPool.builder().manual();
    }
}
