package dev.caisson.engine;

import static dev.caisson.engine.EngineFixture.MILLISECOND;
import static dev.caisson.engine.EngineFixture.SECOND;
import static dev.caisson.engine.EngineFixture.ready;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// When an item is run again.
class EngineRetryTest {

    private final RecordingWorld world = new RecordingWorld();

    private static TaskTerms terms(long hardLimitNanos, RetryTerms retry) {
        return new TaskTerms(0, 0, 0, hardLimitNanos, 0, retry);
    }

    @Test
    void runsAFailureAgainThatTheTaskWantsToBeRunAgainFor() {
        var engine = ready(world, new Settings());
        engine.taskSubmitted(0, 1, 10, terms(0, new RetryTerms(1, false, false, 0, 0)));
        world.asked();

        engine.itemFinished(1, 0, 1, 1, 0, ItemResult.FAILED_RETRYABLY, 1);
        assertThat(world.asked())
                .containsExactly("retry task 1 item 0 instead of FAILED attempt 1", "send 0/1 task 1 [0, 1) attempt 2");
        engine.itemFinished(2, 0, 1, 1, 0, ItemResult.FAILED_RETRYABLY, 1);

        assertThat(world.asked()).containsExactly("finish task 1 item 0 FAILED attempt 2");
    }

    @Test
    void runsAnItemOfAChunkAgainAloneWhileTheChunkGoesOn() {
        var engine = ready(world, new Settings());
        engine.taskSubmitted(0, 3, 10, terms(0, new RetryTerms(1, false, false, 0, 0)));
        world.asked();

        engine.itemFinished(1, 0, 1, 1, 0, ItemResult.FAILED_RETRYABLY, SECOND);
        engine.itemFinished(2, 0, 1, 1, 1, ItemResult.SUCCEEDED, SECOND);
        engine.itemFinished(3, 0, 1, 1, 2, ItemResult.SUCCEEDED, SECOND);

        assertThat(world.asked())
                .containsExactly(
                        "split task 1: 2 [0, 1)",
                        "retry task 2 item 0 instead of FAILED attempt 1",
                        "finish task 1 item 1 SUCCEEDED attempt 1",
                        "finish task 1 item 2 SUCCEEDED attempt 1",
                        "send 0/1 task 2 [0, 1) attempt 2");
    }

    @Test
    void runsATaskAgainAfterItsHardLimitIfItAskedForThat() {
        var engine = ready(world, new Settings());
        engine.taskSubmitted(0, 1, 10, terms(SECOND, new RetryTerms(1, false, true, 0, 0)));
        world.begins(1, 0, 0);
        engine.timeReached(SECOND);
        engine.stacksTaken(SECOND, 0, 1);
        world.asked();

        engine.workerExited(SECOND, 0, 1);
        engine.workerReady(SECOND, 0, 2);

        assertThat(world.asked())
                .containsExactly(
                        "retry task 1 item 0 instead of HARD_TIME_OUT attempt 1",
                        "launch 0/2",
                        "send 0/2 task 1 [0, 1) attempt 2");
    }

    @Test
    void doesNotRunATaskAgainForACauseThatItDidNotName() {
        var engine = ready(world, new Settings());
        engine.taskSubmitted(0, 1, 10, terms(0, new RetryTerms(1, false, true, 0, 0)));
        world.begins(1, 0, 0);
        world.asked();

        engine.workerExited(1, 0, 1);

        assertThat(world.asked()).contains("finish task 1 item 0 WORKER_DIED attempt 1");
    }

    private static TaskTerms total(long totalLimitNanos, RetryTerms retry) {
        return new TaskTerms(0, 0, 0, 0, totalLimitNanos, retry);
    }

    @Test
    void doesNotRunATaskAgainWhoseTimeWouldBeOverBeforeItsNextAttempt() {
        var engine = ready(world, new Settings());
        engine.taskSubmitted(0, 1, 10, total(SECOND, new RetryTerms(9, false, false, SECOND / 2, SECOND / 2)));
        world.asked();

        engine.itemFinished(SECOND / 4, 0, 1, 1, 0, ItemResult.FAILED_RETRYABLY, 1);
        engine.timeReached(SECOND * 3 / 4);
        world.asked();
        engine.itemFinished(SECOND * 3 / 4, 0, 1, 1, 0, ItemResult.FAILED_RETRYABLY, 1);

        assertThat(world.asked()).containsExactly("finish task 1 item 0 FAILED attempt 2");
        assertThat(engine.nextDeadline()).isGreaterThan(SECOND);
    }

    @Test
    void endsWhatOfAChunkHasNotBegunAndKillsWhatRunsWhenNoTimeIsLeft() {
        var engine = ready(world, new Settings());
        engine.taskSubmitted(0, 3, 10, total(SECOND, RetryTerms.afterDeaths(5)));
        world.begins(1, 1, 0);
        engine.itemFinished(1, 0, 1, 1, 0, ItemResult.SUCCEEDED, 1);
        world.asked();

        engine.timeReached(SECOND);
        assertThat(world.asked())
                .containsExactly("finish task 1 item 2 TOTAL_TIME_OUT attempt 0", "stacks 0/1 task 1 item 1");
        engine.stacksTaken(SECOND, 0, 1);
        engine.workerExited(SECOND, 0, 1);

        assertThat(world.asked())
                .containsExactly("kill 0/1 HARD_LIMIT", "finish task 1 item 1 TOTAL_TIME_OUT attempt 1", "launch 0/2");
    }

    @Test
    void waitsTwiceAsLongBeforeEachFurtherAttemptAndLetsOthersGoFirst() {
        var engine = ready(world, new Settings());
        engine.taskSubmitted(0, 1, 10, terms(0, new RetryTerms(9, true, false, 10 * MILLISECOND, 15 * MILLISECOND)));
        world.asked();

        engine.itemFinished(0, 0, 1, 1, 0, ItemResult.FAILED_RETRYABLY, 1);
        assertThat(world.asked()).containsExactly("retry task 1 item 0 instead of FAILED attempt 1");
        assertThat(engine.nextDeadline()).isEqualTo(10 * MILLISECOND);
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        assertThat(world.asked()).containsExactly("send 0/1 task 2 [0, 1) attempt 1");
        engine.itemFinished(1, 0, 1, 2, 0, ItemResult.SUCCEEDED, 1);
        engine.timeReached(10 * MILLISECOND);
        assertThat(world.asked()).contains("send 0/1 task 1 [0, 1) attempt 2");
        engine.itemFinished(10 * MILLISECOND, 0, 1, 1, 0, ItemResult.FAILED_RETRYABLY, 1);

        assertThat(engine.nextDeadline()).isEqualTo(25 * MILLISECOND);
    }

    @Test
    void endsWhatRestsWhenItIsCancelledAndWhenThePoolEnds() {
        var engine = ready(world, new Settings());
        var terms = terms(0, new RetryTerms(1, false, false, SECOND, SECOND));
        for (int task = 1; task <= 2; task++) {
            engine.taskSubmitted(0, 1, 10, terms);
            engine.itemFinished(0, 0, 1, task, 0, ItemResult.FAILED_RETRYABLY, 1);
        }
        world.asked();

        assertThat(engine.cancelRequested(1, 1, false)).isTrue();
        engine.closeRequested(1, Long.MAX_VALUE);
        assertThat(world.asked()).containsExactly("finish task 1 item 0 CANCELLED attempt 1");
        engine.terminateRequested(2);

        assertThat(world.asked()).startsWith("finish task 2 item 0 CANCELLED attempt 1");
    }
}
