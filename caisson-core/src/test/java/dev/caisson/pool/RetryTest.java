package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import dev.caisson.ProcessPool;
import dev.caisson.RetryCause;
import dev.caisson.StartMethod;
import dev.caisson.TaskContext;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import dev.caisson.TaskTimeoutException;
import dev.caisson.TaskTimeoutException.Limit;
import dev.caisson.WorkerExitedException;
import dev.caisson.WorkerInfo;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetryTest {

    private static final TaskOptions AFTER_IO =
            TaskOptions.DEFAULT.withRetries(2).withRetryOnFailure(IOException.class);

    private static ProcessPool pool;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(1);
    }

    @Test
    @Tag("Q28")
    void runsATaskAgainThatThrowsWhatItChose() throws Exception {
        long failed = pool.snapshot().ledger().failed();

        var future = pool.submit(() -> failUntil(3), AFTER_IO);

        assertThat(future.get()).isEqualTo(3);
        assertThat(future.attempts()).isEqualTo(3);
        assertThat(pool.snapshot().ledger().failed()).isEqualTo(failed);
    }

    @Test
    void tellsOfTheWorkersThatWereLostBeforeTheTasksOwnFailure() {
        var future = pool.submit(
                () -> {
                    if (TaskContext.current().attempt() == 1) {
                        Runtime.getRuntime().halt(3);
                    }
                    return failUntil(9);
                },
                TaskOptions.DEFAULT.withRetries(1));

        var failure = failureOf(future);
        assertThat(failure).isExactlyInstanceOf(IOException.class).hasMessage("attempt 2");
        assertThat(failure.getSuppressed())
                .filteredOn(WorkerExitedException.class::isInstance)
                .singleElement(THROWABLE)
                .hasMessageContaining("code 3");
    }

    @Test
    @Tag("Q28")
    void doesNotRunATaskAgainThatThrowsSomethingElse() {
        var chosen = TaskOptions.DEFAULT.withRetries(2).withRetryOnFailure(FileNotFoundException.class);

        var future = pool.submit(() -> failUntil(3), chosen);

        assertThat(failureOf(future)).isExactlyInstanceOf(IOException.class).hasMessage("attempt 1");
        assertThat(future.attempts()).isEqualTo(1);
    }

    @Test
    void failsWithTheLastFailureWhenNoRetryIsLeft() {
        var future = pool.submit(() -> failUntil(9), AFTER_IO);

        var failure = failureOf(future);
        assertThat(failure).hasMessage("attempt 3");
        assertThat(failure.getSuppressed())
                .filteredOn(IOException.class::isInstance)
                .extracting(Throwable::getMessage)
                .containsExactly("attempt 1", "attempt 2");
        assertThat(future.attempts()).isEqualTo(3);
    }

    @Test
    @Tag("Q28")
    void runsAnItemOfAChunkAgainAloneAndKeepsTheOthersInPlace() throws Exception {
        try (var run = pool.batch(IntStream.range(0, 12).boxed().toList())
                .chunkSize(6)
                .options(AFTER_IO)
                .map(number -> number % 5 == 1 ? 100 * failUntil(2) : number)) {
            assertThat(run.toList()).containsExactly(0, 200, 2, 3, 4, 5, 200, 7, 8, 9, 10, 200);
        }
    }

    @Test
    void runsATaskAgainAfterItsHardLimitOnlyIfItChoseThat() throws Exception {
        var limited = TaskOptions.DEFAULT.withRetries(1).withTimeLimit(Duration.ofMillis(200));

        var chosen = pool.submit(RetryTest::hangAtFirst, limited.withRetryOn(RetryCause.TIMEOUT));
        assertThat(chosen.get()).isEqualTo(2);

        var other = pool.submit(RetryTest::hangAtFirst, limited);
        var timeout = (TaskTimeoutException) failureOf(other);
        assertThat(timeout.limit()).isEqualTo(Limit.HARD);
        assertThat(timeout).as("promises no second attempt").hasMessageContaining("(attempt 1) still ran");
        assertThat(other.attempts()).isEqualTo(1);
    }

    @Test
    void runsATaskAgainAfterItsSoftLimitIfItChoseThat() throws Exception {
        var limited = TaskOptions.DEFAULT
                .withRetries(1)
                .withSoftTimeLimit(Duration.ofMillis(100))
                .withRetryOn(RetryCause.TIMEOUT);

        assertThat(pool.submit(RetryTest::sleepAtFirst, limited).get()).isEqualTo(2);
    }

    @Test
    @Tag("Q28")
    void waitsTwiceAsLongBeforeEachFurtherAttempt() throws Exception {
        long start = System.nanoTime();

        var future = pool.submit(() -> failUntil(3), AFTER_IO.withRetryBackoff(Duration.ofMillis(100)));

        assertThat(future.get()).isEqualTo(3);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void keepsNoWorkerWhileATaskWaitsForItsNextAttemptAndCancelsIt() throws Exception {
        var future = pool.submit(() -> failUntil(2), AFTER_IO.withRetryBackoff(Duration.ofHours(1)));
        assertThat(pool.submit(() -> 7).get()).isEqualTo(7);
        assertThat(future.attempts()).isEqualTo(1);

        assertThat(future.cancel(false)).isTrue();

        assertThat(future.isCancelled()).isTrue();
    }

    @Test
    void closesAfterTheRetriesOfWhatItHas(Pools pools) throws Exception {
        var own = pools.open(1);
        var future = own.submit(() -> failUntil(2), AFTER_IO.withRetryBackoff(Duration.ofMillis(100)));

        own.close();

        assertThat(future.resultNow()).isEqualTo(2);
    }

    @Test
    void doesNotWaitForRetriesWhenItIsEnded(Pools pools) throws Exception {
        var own = pools.open(1);
        var future = own.submit(() -> failUntil(2), AFTER_IO.withRetryBackoff(Duration.ofHours(1)));
        Await.until(
                "its first attempt is over",
                () -> future.attempts() == 1 && own.snapshot().running() == 0);

        own.close(Duration.ofMillis(1));

        assertThat(own.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(future.isCancelled()).isTrue();
    }

    @Test
    @Tag("Q27")
    void quarantinesATaskThatKillsEachWorkerAndTellsOfAllOfThem() throws Exception {
        var poison =
                pool.submit(Deeds::killSelf, TaskOptions.DEFAULT.withRetries(2).withLabel("poison"));
        var innocent = pool.submit(() -> 1);

        var failure = failureOf(poison);

        assertThat(failure)
                .isInstanceOf(WorkerExitedException.class)
                .hasMessageContaining("'poison' (attempt 3 of 3)")
                .hasMessageContaining("3 workers were lost")
                .hasMessageContaining("quarantined");
        assertThat(failure.getSuppressed())
                .filteredOn(WorkerExitedException.class::isInstance)
                .hasSize(2);
        for (var earlier : failure.getSuppressed()) {
            if (earlier instanceof WorkerExitedException death) {
                assertThat(failure).hasMessageContaining("pid " + death.pid());
            }
        }
        assertThat(innocent.get()).isEqualTo(1);
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    @Tag("Q18")
    void endsWithTheLastFailureWhenNoTimeIsLeftForAnotherAttempt() {
        var stubborn = AFTER_IO.withRetries(Integer.MAX_VALUE)
                .withRetryBackoff(Duration.ofMillis(50))
                .withTotalTimeLimit(Duration.ofMillis(600));

        var future = pool.submit(() -> failUntil(Integer.MAX_VALUE), stubborn);

        assertThat(failureOf(future)).hasMessage("attempt " + future.attempts());
        assertThat(future.attempts()).isBetween(1, 4); // waits of 50, 100, 200 and 400 ms
    }

    @Test
    @Tag("Q18")
    void endsATaskThatHasNoTimeLeftWhileItRuns() {
        var future = pool.submit(Deeds::spin, TaskOptions.DEFAULT.withTotalTimeLimit(Duration.ofMillis(400)));

        var timeout = (TaskTimeoutException) failureOf(future);

        assertThat(timeout.limit()).isEqualTo(Limit.TOTAL);
        assertThat(timeout.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    @Tag("Q18")
    void endsATaskThatHasNoTimeLeftWhileItWaits() {
        var gate = Gate.in(folder, "gate");
        var before = pool.submit(() -> gate.await());
        Deeds.begun(before);

        var future = pool.submit(() -> 1, TaskOptions.DEFAULT.withTotalTimeLimit(Duration.ofMillis(50)));

        assertThat(((TaskTimeoutException) failureOf(future)).limit()).isEqualTo(Limit.TOTAL);
        assertThat(future.attempts()).isZero();
        gate.open();
        before.join();
    }

    @Test
    void tellsATaskHowMuchOfAllItsTimeIsLeft() throws Exception {
        var options =
                TaskOptions.DEFAULT.withTotalTimeLimit(Duration.ofMinutes(10)).withTimeLimit(Duration.ofHours(1));

        assertThat(pool.submit(() -> TaskContext.current().remaining(), options).get())
                .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10));
    }

    @Test
    void runsAgainOnThreadsToo(Pools pools) throws Exception {
        var threads = pools.open(builder -> builder.startMethod(StartMethod.IN_PROCESS));

        assertThat(threads.submit(() -> failUntil(2), AFTER_IO).get()).isEqualTo(2);
    }

    @Test
    @Tag("G07")
    void tellsWhenTheSoftLimitStrikes() throws Exception {
        var interrupted = Gate.in(folder, "interrupted");
        var told = new CompletableFuture<WorkerInfo>();
        var options =
                TaskOptions.DEFAULT.withSoftTimeLimit(Duration.ofMillis(100)).withOnSoftTimeout(told::complete);

        var future = pool.submit(() -> openWhenInterrupted(interrupted), options);

        assertThat(future.get()).isTrue();
        assertThat(told.get(15, TimeUnit.SECONDS)).isEqualTo(future.worker().orElseThrow());
        assertThat(interrupted.isOpen()).isTrue();
    }

    private static int failUntil(int attempt) throws IOException {
        int now = TaskContext.current().attempt();
        if (now < attempt) {
            throw new IOException("attempt " + now);
        }
        return now;
    }

    private static int hangAtFirst() {
        if (TaskContext.current().attempt() == 1) {
            Deeds.spin();
        }
        return TaskContext.current().attempt();
    }

    private static int sleepAtFirst() throws InterruptedException {
        if (TaskContext.current().attempt() == 1) {
            Thread.sleep(Duration.ofHours(1));
        }
        return TaskContext.current().attempt();
    }

    private static boolean openWhenInterrupted(Gate gate) {
        try {
            Thread.sleep(Duration.ofHours(1));
            return false;
        } catch (InterruptedException softLimit) {
            gate.open();
            return true;
        }
    }

    private static Throwable failureOf(TaskFuture<?> future) {
        Await.until("it has ended", future::isDone);
        return future.exceptionNow();
    }
}
