package dev.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The engine's promises, one story each. What happens when stories cross is for the simulation.
class EngineTest {

    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    private final RecordingWorld world = new RecordingWorld();

    private Engine opened(Settings settings) {
        var engine = new Engine(settings.build(), world, world);
        engine.opened(0);
        return engine;
    }

    /// An engine with so many ready workers, and nothing asked for yet.
    private Engine ready(Settings settings) {
        var engine = opened(settings);
        for (var worker : engine.workers()) {
            engine.workerReady(0, worker.slot(), worker.generation());
        }
        world.asked();
        return engine;
    }

    private static TaskTerms terms(long queueLimitNanos, long softLimitNanos, long hardLimitNanos, int retries) {
        return new TaskTerms(0, queueLimitNanos, softLimitNanos, hardLimitNanos, retries);
    }

    @Test
    void runsATaskOnAReadyWorker() {
        var engine = opened(new Settings());
        assertThat(world.asked()).containsExactly("launch 0/1");

        long task = engine.taskSubmitted(1, 1, 10, TaskTerms.DEFAULT);
        assertThat(world.asked()).isEmpty();
        engine.workerReady(2, 0, 1);
        assertThat(world.asked()).containsExactly("send 0/1 task 1 [0, 1) attempt 1");
        engine.itemFinished(3, 0, 1, task, 0, ItemResult.SUCCEEDED, 100);

        assertThat(world.asked()).containsExactly("finish task 1 item 0 SUCCEEDED attempt 1");
        assertThat(engine.counts()).isEqualTo(new Counts(1, 1, 0, 0, 0, 0, 0));
    }

    @Test
    void dropsResultsThatAWorkerCannotHave() {
        var engine = ready(new Settings());
        engine.taskSubmitted(0, 3, 10, TaskTerms.DEFAULT);
        world.asked();

        engine.itemFinished(1, 0, 1, 1, 1, ItemResult.SUCCEEDED, 1);
        engine.itemFinished(1, 0, 1, 7, 0, ItemResult.SUCCEEDED, 1);
        engine.itemFinished(1, 0, 9, 1, 0, ItemResult.SUCCEEDED, 1);
        engine.itemFinished(1, 5, 1, 1, 0, ItemResult.SUCCEEDED, 1);

        assertThat(world.asked()).isEmpty();
    }

    @Test
    void blamesOnlyWhatRanWhenAWorkerDies() {
        var engine = ready(new Settings());
        engine.taskSubmitted(1, 4, 10, TaskTerms.DEFAULT);
        world.begins(1, 0, 1);
        engine.itemFinished(2, 0, 1, 1, 0, ItemResult.SUCCEEDED, 100);
        world.begins(1, 1, 2);
        world.asked();

        engine.workerExited(3, 0, 1);
        assertThat(world.asked()).containsExactly("finish task 1 item 1 WORKER_DIED attempt 1", "launch 0/2");
        engine.workerReady(4, 0, 2);
        assertThat(world.asked()).containsExactly("send 0/2 task 1 [2, 4) attempt 1");
    }

    @Test
    void retriesWhatAskedForItAsATaskOfItsOwn() {
        var engine = ready(new Settings());
        engine.taskSubmitted(1, 3, 10, terms(0, 0, 0, 1));
        world.begins(1, 0, 1);
        world.asked();

        engine.workerExited(2, 0, 1);
        assertThat(world.asked()).containsExactly("split task 1: 2 [1, 3)", "launch 0/2");
        engine.workerReady(3, 0, 2);
        assertThat(world.asked()).containsExactly("send 0/2 task 1 [0, 1) attempt 2");
        world.begins(1, 0, 3);
        engine.workerExited(4, 0, 2);

        assertThat(world.asked()).containsExactly("finish task 1 item 0 WORKER_DIED attempt 2", "launch 0/3");
    }

    @Test
    void keepsTheAttemptOfItemsThatDidNotBeginInIt() {
        var engine = ready(new Settings());
        engine.taskSubmitted(1, 2, 10, terms(0, 0, 0, 2));
        world.begins(1, 1, 1);
        engine.workerExited(2, 0, 1);
        engine.workerReady(3, 0, 2);
        world.begins(1, 0, 3);
        world.asked();

        engine.workerExited(4, 0, 2);
        engine.workerReady(5, 0, 3);
        engine.itemFinished(6, 0, 3, 1, 0, ItemResult.SUCCEEDED, 1);

        assertThat(world.asked())
                .containsExactly(
                        "split task 1: 2 [1, 2)",
                        "launch 0/3",
                        "send 0/3 task 1 [0, 1) attempt 3",
                        "finish task 1 item 0 SUCCEEDED attempt 3",
                        "send 0/3 task 2 [1, 2) attempt 2");
    }

    @Test
    void finishesATaskOnceWhenItsResultAndTheHardLimitRace() {
        var engine = ready(new Settings());
        engine.taskSubmitted(0, 1, 10, terms(0, 0, 10 * MILLISECOND, 0));
        world.begins(1, 0, 0);
        world.losesEveryCondemnation();
        world.asked();

        engine.timeReached(10 * MILLISECOND);
        assertThat(world.asked()).isEmpty();
        engine.itemFinished(11 * MILLISECOND, 0, 1, 1, 0, ItemResult.SUCCEEDED, 10 * MILLISECOND);

        assertThat(world.asked()).containsExactly("finish task 1 item 0 SUCCEEDED attempt 1");
    }

    @Test
    void gainsAWorkerOneLimitAtMostToWriteAFalseTimeOnItsBoard() {
        var engine = ready(new Settings());
        engine.taskSubmitted(0, 1, 10, terms(0, 0, 10 * MILLISECOND, 0));
        world.begins(1, 0, 9 * MILLISECOND);
        world.asked();

        engine.timeReached(10 * MILLISECOND);
        world.begins(1, 0, 19 * MILLISECOND);
        engine.timeReached(19 * MILLISECOND);

        assertThat(world.asked()).containsExactly("stacks 0/1 task 1 item 0");
    }

    @Test
    void killsATaskAtItsHardLimitOnceItsStacksAreTaken() {
        var engine = ready(new Settings());
        engine.taskSubmitted(0, 1, 10, terms(0, 0, 10 * MILLISECOND, 0));
        world.begins(1, 0, 5 * MILLISECOND);
        world.asked();

        engine.timeReached(10 * MILLISECOND);
        assertThat(world.asked()).as("it began later than it was sent").isEmpty();
        assertThat(engine.nextDeadline()).isEqualTo(15 * MILLISECOND);
        engine.timeReached(15 * MILLISECOND);
        assertThat(world.asked()).containsExactly("stacks 0/1 task 1 item 0");
        engine.stacksTaken(16 * MILLISECOND, 0, 1);
        assertThat(world.asked()).containsExactly("kill 0/1 HARD_LIMIT");
        engine.workerExited(17 * MILLISECOND, 0, 1);

        assertThat(world.asked()).containsExactly("finish task 1 item 0 HARD_TIME_OUT attempt 1", "launch 0/2");
    }

    @Test
    void doesNotWaitLongForStacksNorForADeath() {
        var engine = ready(new Settings());
        engine.taskSubmitted(0, 1, 10, terms(0, 0, 10 * MILLISECOND, 0));
        world.begins(1, 0, 0);
        world.asked();

        engine.timeReached(10 * MILLISECOND);
        engine.timeReached(60 * MILLISECOND);
        assertThat(world.asked()).containsExactly("stacks 0/1 task 1 item 0", "kill 0/1 HARD_LIMIT");
        engine.timeReached(1060 * MILLISECOND);

        assertThat(world.asked()).containsExactly("finish task 1 item 0 HARD_TIME_OUT attempt 1", "launch 0/2");
        engine.itemFinished(1070 * MILLISECOND, 0, 1, 1, 0, ItemResult.SUCCEEDED, 1);
        engine.workerExited(1070 * MILLISECOND, 0, 1);
        assertThat(world.asked()).as("what a worker says that was given up").isEmpty();
    }

    @Test
    void keepsResultsThatWereOnTheirWayWhenALaterItemWasCondemned() {
        var engine = ready(new Settings());
        engine.taskSubmitted(0, 3, 10, terms(0, 0, 10 * MILLISECOND, 0));
        world.begins(1, 1, 0);
        engine.timeReached(10 * MILLISECOND);
        world.asked();

        engine.itemFinished(11 * MILLISECOND, 0, 1, 1, 0, ItemResult.SUCCEEDED, 1);

        assertThat(world.asked()).containsExactly("finish task 1 item 0 SUCCEEDED attempt 1");
    }

    @Test
    void dropsTheResultOfAnItemThatIsCondemned() {
        var engine = ready(new Settings());
        engine.taskSubmitted(0, 1, 10, terms(0, 0, 10 * MILLISECOND, 0));
        world.begins(1, 0, 0);
        engine.timeReached(10 * MILLISECOND);
        world.asked();

        engine.itemFinished(11 * MILLISECOND, 0, 1, 1, 0, ItemResult.SUCCEEDED, 1);

        assertThat(world.asked()).isEmpty();
    }

    @Test
    void interruptsAtTheSoftLimitAndCountsWhatTheTaskThenDoes() {
        var engine = ready(new Settings().workers(2));
        var terms = terms(0, 10 * MILLISECOND, 0, 0);
        engine.taskSubmitted(0, 1, 10, terms);
        engine.taskSubmitted(0, 1, 10, terms);
        world.begins(1, 0, 0);
        world.begins(2, 0, 0);
        world.asked();

        engine.timeReached(10 * MILLISECOND);
        engine.timeReached(20 * MILLISECOND);
        assertThat(world.asked()).containsExactly("interrupt 0/1 task 1 item 0", "interrupt 1/1 task 2 item 0");
        engine.itemFinished(21 * MILLISECOND, 0, 1, 1, 0, ItemResult.FAILED, 1);
        engine.itemFinished(21 * MILLISECOND, 1, 1, 2, 0, ItemResult.SUCCEEDED, 1);

        assertThat(world.asked())
                .containsExactly(
                        "finish task 1 item 0 SOFT_TIME_OUT attempt 1", "finish task 2 item 0 SUCCEEDED attempt 1");
    }

    @Test
    void endsATaskThatWaitsTooLong() {
        var engine = ready(new Settings());
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        engine.taskSubmitted(0, 1, 10, terms(10 * MILLISECOND, 0, 0, 0));
        world.begins(1, 0, 0);
        world.asked();

        engine.timeReached(10 * MILLISECOND);

        assertThat(world.asked()).containsExactly("finish task 2 item 0 QUEUE_TIME_OUT attempt 0");
    }

    @Test
    void leavesAChunkAloneThatHasBegunWithinItsQueueLimit() {
        var engine = ready(new Settings());
        engine.taskSubmitted(0, 3, 10, terms(10 * MILLISECOND, 0, 0, 0));
        world.begins(1, 0, 0);
        world.asked();

        engine.timeReached(10 * MILLISECOND);

        assertThat(world.asked()).isEmpty();
        assertThat(engine.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void cancelsAQueuedTaskAtOnce() {
        var engine = opened(new Settings());
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.asked();

        assertThat(engine.cancelRequested(1, 1, false)).isTrue();

        assertThat(world.asked()).containsExactly("finish task 1 item 0 CANCELLED attempt 0");
        engine.workerReady(2, 0, 1);
        assertThat(world.asked()).isEmpty();
    }

    @Test
    void cancelsASentTaskThatHasNotBegun() {
        var engine = ready(new Settings());
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.asked();

        assertThat(engine.cancelRequested(1, 1, false)).isTrue();

        assertThat(world.asked()).containsExactly("finish task 1 item 0 CANCELLED attempt 0");
    }

    @Test
    void leavesARunningTaskAloneUnlessItMayBeInterrupted() {
        var engine = ready(new Settings());
        engine.taskSubmitted(0, 3, 10, TaskTerms.DEFAULT);
        world.begins(1, 0, 0);
        world.asked();

        assertThat(engine.cancelRequested(1, 1, false)).isFalse();

        assertThat(world.asked())
                .as("only what had not begun")
                .containsExactly(
                        "finish task 1 item 1 CANCELLED attempt 0", "finish task 1 item 2 CANCELLED attempt 0");
        engine.itemFinished(2, 0, 1, 1, 0, ItemResult.SUCCEEDED, 1);
        assertThat(world.asked()).containsExactly("finish task 1 item 0 SUCCEEDED attempt 1");
    }

    @Test
    void killsARunningTaskThatIgnoresItsCancelForTheGrace() {
        var engine = ready(new Settings());
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.begins(1, 0, 0);
        world.asked();

        assertThat(engine.cancelRequested(0, 1, true)).isTrue();
        assertThat(world.asked())
                .containsExactly("finish task 1 item 0 CANCELLED attempt 1", "interrupt 0/1 task 1 item 0");
        engine.timeReached(SECOND);
        assertThat(world.asked()).containsExactly("kill 0/1 CANCELLED");
        engine.workerExited(SECOND + 1, 0, 1);

        assertThat(world.asked()).containsExactly("launch 0/2");
        assertThat(engine.counts()).isEqualTo(new Counts(1, 0, 0, 1, 0, 0, 0));
    }

    @Test
    void dropsTheResultOfATaskThatWasCancelled() {
        var engine = ready(new Settings());
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.begins(1, 0, 0);
        engine.cancelRequested(0, 1, true);
        world.asked();

        engine.itemFinished(1, 0, 1, 1, 0, ItemResult.SUCCEEDED, 1);
        engine.timeReached(SECOND);

        assertThat(world.asked()).isEmpty();
        assertThat(engine.cancelRequested(SECOND, 1, true)).isFalse();
        assertThat(engine.workers()).containsExactly(new WorkerView(0, 1, WorkerPhase.IDLE, 0, 1));
    }

    @Test
    void givesUpWhenWorkersDieTooOftenWithoutATask() {
        var engine = opened(new Settings().workers(2).restartDeaths(1));
        engine.workerReady(0, 0, 1);
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.begins(1, 0, 0);
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        engine.launchFailed(1, 1, 1);
        world.asked();

        engine.launchFailed(2, 1, 2);
        assertThat(world.asked()).containsExactly("broken", "finish task 2 item 0 POOL_BROKEN attempt 0");
        assertThat(engine.taskSubmitted(3, 1, 10, TaskTerms.DEFAULT)).isEqualTo(Engine.REFUSED_CLOSED);
        engine.itemFinished(4, 0, 1, 1, 0, ItemResult.SUCCEEDED, 1);
        assertThat(world.asked()).containsExactly("finish task 1 item 0 SUCCEEDED attempt 1", "stop 0/1");
        engine.workerExited(5, 0, 1);

        assertThat(world.asked()).containsExactly("terminated");
        assertThat(engine.phase()).isEqualTo(PoolPhase.TERMINATED);
        assertThat(engine.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void neverGivesUpForDeathsInTasks() {
        var engine = ready(new Settings().restartDeaths(0));

        for (int generation = 1; generation <= 20; generation++) {
            long task = engine.taskSubmitted(generation, 1, 10, TaskTerms.DEFAULT);
            world.begins(task, 0, generation);
            engine.workerExited(generation, 0, generation);
            engine.workerReady(generation, 0, generation + 1);
        }

        assertThat(engine.phase()).isEqualTo(PoolPhase.RUNNING);
        assertThat(engine.counts().crashed()).isEqualTo(20);
    }

    @Test
    void backsOffFromTheSecondDeathOn() {
        var engine = opened(new Settings());
        engine.launchFailed(0, 0, 1);
        assertThat(world.asked()).containsExactly("launch 0/1", "launch 0/2");

        engine.launchFailed(0, 0, 2);
        assertThat(world.asked()).isEmpty();
        assertThat(engine.nextDeadline()).isEqualTo(100 * MILLISECOND);
        engine.timeReached(100 * MILLISECOND);

        assertThat(world.asked()).containsExactly("launch 0/3");
    }

    @Test
    void finishesTheQueueWhenItCloses() {
        var engine = ready(new Settings());
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        engine.closeRequested(1, Long.MAX_VALUE);
        assertThat(engine.taskSubmitted(1, 1, 10, TaskTerms.DEFAULT)).isEqualTo(Engine.REFUSED_CLOSED);
        world.asked();

        engine.itemFinished(2, 0, 1, 1, 0, ItemResult.SUCCEEDED, SECOND);
        engine.itemFinished(3, 0, 1, 2, 0, ItemResult.SUCCEEDED, SECOND);
        engine.workerExited(4, 0, 1);

        assertThat(world.asked())
                .containsExactly(
                        "finish task 1 item 0 SUCCEEDED attempt 1",
                        "send 0/1 task 2 [0, 1) attempt 1",
                        "finish task 2 item 0 SUCCEEDED attempt 1",
                        "stop 0/1",
                        "terminated");
    }

    @Test
    void endsWhatIsLeftAtTheLimitOfAClose() {
        var engine = ready(new Settings());
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.begins(1, 0, 0);
        engine.closeRequested(0, 5 * MILLISECOND);
        world.asked();

        engine.timeReached(5 * MILLISECOND);

        assertThat(world.asked())
                .containsExactly(
                        "finish task 2 item 0 CANCELLED attempt 0",
                        "finish task 1 item 0 CANCELLED attempt 1",
                        "kill 0/1 POOL_ENDS");
        engine.workerExited(6 * MILLISECOND, 0, 1);
        assertThat(world.asked()).containsExactly("terminated");
    }

    @Test
    void sendsAheadWhileTasksAreShortAndTakesBackForAnIdleNeighbour() {
        var engine = ready(new Settings().workers(2));
        for (int i = 0; i < 3; i++) {
            engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        }
        world.asked();

        engine.itemFinished(1, 0, 1, 1, 0, ItemResult.SUCCEEDED, 1_000);
        engine.taskSubmitted(2, 1, 10, TaskTerms.DEFAULT);
        assertThat(world.asked())
                .containsExactly(
                        "finish task 1 item 0 SUCCEEDED attempt 1",
                        "send 0/1 task 3 [0, 1) attempt 1",
                        "send 0/1 task 4 [0, 1) attempt 1");
        engine.itemFinished(3, 1, 1, 2, 0, ItemResult.SUCCEEDED, 1_000);

        assertThat(world.asked())
                .containsExactly("finish task 2 item 0 SUCCEEDED attempt 1", "send 1/1 task 4 [0, 1) attempt 1");
    }

    @Test
    void takesBackWhatWasSentAheadOfAHigherPriority() {
        var engine = ready(new Settings());
        long first = engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        engine.itemFinished(0, 0, 1, first, 0, ItemResult.SUCCEEDED, 400_000);
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.asked();

        engine.taskSubmitted(1, 1, 10, new TaskTerms(5, 0, 0, 0, 0));

        assertThat(world.asked()).containsExactly("send 0/1 task 4 [0, 1) attempt 1");
        assertThat(engine.queued()).isEqualTo(1);
    }

    @Test
    void tellsOfRoomOnlyWhoWasRefused() {
        var engine = ready(new Settings().queueCapacity(1));
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        assertThat(engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT)).isEqualTo(Engine.REFUSED_FULL);
        world.asked();

        engine.itemFinished(1, 0, 1, 1, 0, ItemResult.SUCCEEDED, SECOND);
        assertThat(world.asked()).last().isEqualTo("room");
        engine.itemFinished(2, 0, 1, 2, 0, ItemResult.SUCCEEDED, SECOND);

        assertThat(world.asked()).containsExactly("finish task 2 item 0 SUCCEEDED attempt 1");
    }

    @Test
    void killsAWorkerThatDoesNotAnswer() {
        var engine = ready(new Settings().silenceLimitNanos(4 * SECOND));
        engine.timeReached(SECOND);
        engine.workerAnswered(SECOND, 0, 1);
        for (int second = 2; second <= 5; second++) {
            engine.timeReached(second * SECOND);
        }

        assertThat(world.asked()).containsExactly("ping 0/1", "ping 0/1", "ping 0/1", "ping 0/1", "kill 0/1 SILENT");
    }

    @Test
    void judgesNobodyForItsOwnAbsence() {
        var engine = ready(new Settings().silenceLimitNanos(4 * SECOND));

        engine.timeReached(100 * SECOND);

        assertThat(world.asked()).containsExactly("ping 0/1");
    }

    @Test
    void givesALaunchAFreshLimitAfterItsOwnAbsence() {
        var engine = opened(new Settings());
        world.asked();

        engine.timeReached(100 * SECOND);
        assertThat(world.asked()).isEmpty();
        engine.timeReached(160 * SECOND);

        assertThat(world.asked()).containsExactly("kill 0/1 START_LIMIT");
    }

    @Test
    void replacesAWorkerThatHasServedLongEnough() {
        var engine = ready(new Settings().maxTasksPerWorker(1));
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.asked();

        engine.itemFinished(1, 0, 1, 1, 0, ItemResult.SUCCEEDED, 1);

        assertThat(world.asked()).containsExactly("finish task 1 item 0 SUCCEEDED attempt 1", "stop 0/1", "launch 1/1");
    }

    @Test
    void replacesAWorkerThatIsTooOldAfterItsTask() {
        var engine = ready(new Settings().maxWorkerAgeNanos(SECOND));
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.begins(1, 0, 0);
        world.asked();

        engine.timeReached(SECOND);
        assertThat(world.asked()).isEmpty();
        engine.itemFinished(SECOND + 1, 0, 1, 1, 0, ItemResult.SUCCEEDED, SECOND);

        assertThat(world.asked()).containsExactly("finish task 1 item 0 SUCCEEDED attempt 1", "stop 0/1", "launch 1/1");
    }

    @Test
    void letsWorkersLeaveThatAreIdleForTooLongAndLaunchesThemByDemand() {
        var engine = ready(new Settings().workers(2).idleLimitNanos(SECOND));

        engine.timeReached(SECOND);
        assertThat(world.asked()).containsExactly("stop 0/1", "stop 1/1");
        engine.workerExited(SECOND + 1, 0, 1);
        engine.workerExited(SECOND + 1, 1, 1);
        engine.taskSubmitted(2 * SECOND, 1, 10, TaskTerms.DEFAULT);

        assertThat(world.asked()).containsExactly("launch 0/2");
    }

    @Test
    void launchesNoMoreWorkersThanTasksWait() {
        var engine = ready(new Settings().workers(4).idleLimitNanos(SECOND));
        engine.timeReached(SECOND);
        for (int slot = 0; slot < 4; slot++) {
            engine.workerExited(SECOND, slot, 1);
        }
        world.asked();

        engine.taskSubmitted(2 * SECOND, 1, 10, TaskTerms.DEFAULT);
        assertThat(world.asked()).containsExactly("launch 0/2");
        engine.taskSubmitted(2 * SECOND, 1, 10, TaskTerms.DEFAULT);

        assertThat(world.asked()).containsExactly("launch 1/2");
    }

    @Test
    void replacesEveryWorkerOnRestartEachAfterItsTask() {
        var engine = ready(new Settings().workers(2));
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.begins(1, 0, 0);
        world.asked();

        engine.restartRequested(1);
        assertThat(world.asked()).containsExactly("stop 1/1", "launch 2/1");
        engine.itemFinished(2, 0, 1, 1, 0, ItemResult.SUCCEEDED, 1);

        assertThat(world.asked()).containsExactly("finish task 1 item 0 SUCCEEDED attempt 1", "stop 0/1", "launch 3/1");
    }

    @Test
    void shrinksWithoutInterruptingAnybody() {
        var engine = ready(new Settings().workers(2));
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.asked();

        engine.resizeRequested(1, 1);
        assertThat(world.asked()).isEmpty();
        engine.itemFinished(2, 0, 1, 1, 0, ItemResult.SUCCEEDED, 1);

        assertThat(world.asked()).containsExactly("finish task 1 item 0 SUCCEEDED attempt 1", "stop 0/1");
    }

    @Test
    void endsAWorkerByNameWithoutCountingItsDeath() {
        var engine = ready(new Settings().restartDeaths(0));
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.begins(1, 0, 0);
        world.asked();

        assertThat(engine.workerEndRequested(1, 0, 1)).isTrue();
        engine.workerExited(2, 0, 1);

        assertThat(world.asked())
                .containsExactly("kill 0/1 ASKED", "finish task 1 item 0 WORKER_DIED attempt 1", "launch 0/2");
        assertThat(engine.workerEndRequested(3, 0, 1)).isFalse();
    }

    @Test
    void worksAcrossTheOverflowOfTheClock() {
        long now = Long.MAX_VALUE - 5 * MILLISECOND;
        var engine = new Engine(new Settings().build(), world, world);
        engine.opened(now);
        engine.workerReady(now, 0, 1);
        engine.taskSubmitted(now, 1, 10, terms(0, 0, 10 * MILLISECOND, 0));
        world.begins(1, 0, now);
        world.asked();

        engine.timeReached(now + 9 * MILLISECOND);
        List<String> early = new ArrayList<>(world.asked());
        engine.timeReached(now + 10 * MILLISECOND);

        assertThat(early).isEmpty();
        assertThat(world.asked()).containsExactly("stacks 0/1 task 1 item 0");
    }
}
