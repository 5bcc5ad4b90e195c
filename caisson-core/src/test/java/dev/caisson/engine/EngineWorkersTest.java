package dev.caisson.engine;

import static dev.caisson.engine.EngineFixture.SECOND;
import static dev.caisson.engine.EngineFixture.opened;
import static dev.caisson.engine.EngineFixture.ready;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// When workers come, are replaced, and leave.
class EngineWorkersTest {

    private final RecordingWorld world = new RecordingWorld();

    @Test
    void killsAWorkerThatDoesNotAnswer() {
        var engine = ready(world, new Settings().silenceLimitNanos(4 * SECOND));
        engine.timeReached(SECOND);
        engine.workerAnswered(SECOND, 0, 1);
        for (int second = 2; second <= 5; second++) {
            engine.timeReached(second * SECOND);
        }

        assertThat(world.asked()).containsExactly("ping 0/1", "ping 0/1", "ping 0/1", "ping 0/1", "kill 0/1 SILENT");
    }

    @Test
    void judgesNobodyForItsOwnAbsence() {
        var engine = ready(world, new Settings().silenceLimitNanos(4 * SECOND));

        engine.timeReached(100 * SECOND);

        assertThat(world.asked()).containsExactly("ping 0/1");
    }

    @Test
    void givesALaunchAFreshLimitAfterItsOwnAbsence() {
        var engine = opened(world, new Settings());
        world.asked();

        engine.timeReached(100 * SECOND);
        assertThat(world.asked()).isEmpty();
        engine.timeReached(160 * SECOND);

        assertThat(world.asked()).containsExactly("kill 0/1 START_LIMIT");
    }

    @Test
    void launchesTheSuccessorOfAWorkerThatGetsItsLastTaskAndLetsItGoWhenThatIsReady() {
        var engine = ready(world, new Settings().maxTasksPerWorker(1));

        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        assertThat(world.asked()).containsExactly("send 0/1 task 1 [0, 1) attempt 1", "launch 1/1");
        engine.itemFinished(1, 0, 1, 1, 0, ItemResult.SUCCEEDED, 1);
        assertThat(world.asked()).containsExactly("finish task 1 item 0 SUCCEEDED attempt 1");
        engine.workerReady(2, 1, 1);

        assertThat(world.asked()).containsExactly("stop 0/1");
    }

    @Test
    @Tag("row-2")
    void givesASuccessorNothingWhileAsManyWorkAsMay() {
        var engine = ready(world, new Settings().maxTasksPerWorker(1));
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.asked();

        engine.workerReady(1, 1, 1);
        assertThat(world.asked()).isEmpty();
        engine.itemFinished(2, 0, 1, 1, 0, ItemResult.SUCCEEDED, 1);

        assertThat(world.asked())
                .containsExactly(
                        "finish task 1 item 0 SUCCEEDED attempt 1", "stop 0/1", "send 1/1 task 2 [0, 1) attempt 1");
        engine.workerExited(3, 0, 1);
        assertThat(world.asked()).containsExactly("launch 0/2"); // never more than two processes for a worker
    }

    @Test
    @Tag("row-2")
    void cutsAChunkSoThatAWorkerTakesExactlyAsManyItemsAsItMay() {
        var engine = ready(world, new Settings().maxTasksPerWorker(3));

        engine.taskSubmitted(0, 5, 10, TaskTerms.DEFAULT);

        assertThat(world.asked())
                .containsExactly("split task 1: 2 [3, 5)", "send 0/1 task 1 [0, 3) attempt 1", "launch 1/1");
    }

    @Test
    @Tag("row-3")
    void replacesAWorkerThatIsTooOldAfterItsTaskOnceItsSuccessorIsReady() {
        var engine = ready(world, new Settings().maxWorkerAgeNanos(SECOND));
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.begins(1, 0, 0);
        world.asked();

        engine.timeReached(SECOND);
        assertThat(world.asked()).containsExactly("launch 1/1");
        engine.workerReady(SECOND + 1, 1, 1);
        assertThat(world.asked()).isEmpty();
        engine.itemFinished(SECOND + 1, 0, 1, 1, 0, ItemResult.SUCCEEDED, SECOND);

        assertThat(world.asked()).containsExactly("finish task 1 item 0 SUCCEEDED attempt 1", "stop 0/1");
    }

    @Test
    void letsAnOldWorkerGoOnWhileItsSuccessorIsNotReady() {
        var engine = ready(world, new Settings().maxWorkerAgeNanos(SECOND));
        engine.timeReached(SECOND);
        world.asked();

        engine.taskSubmitted(SECOND, 1, 10, TaskTerms.DEFAULT);

        assertThat(world.asked()).containsExactly("send 0/1 task 1 [0, 1) attempt 1");
    }

    @Test
    void letsWorkersOfTheSameAgeLeaveAtTimesOfTheirOwn() {
        var engine = ready(world, new Settings().workers(4).maxWorkerAgeNanos(100 * SECOND));

        var times = new TreeSet<Long>();
        while (times.size() < 4 && engine.nextDeadline() <= 100 * SECOND) {
            times.add(engine.nextDeadline());
            engine.timeReached(engine.nextDeadline());
        }

        assertThat(times).hasSize(4).allMatch(time -> time >= 90 * SECOND);
    }

    @Test
    void letsWorkersLeaveThatAreIdleForTooLongAndLaunchesThemByDemand() {
        var engine = ready(world, new Settings().workers(2).idleLimitNanos(SECOND));

        engine.timeReached(SECOND);
        assertThat(world.asked()).containsExactly("stop 0/1", "stop 1/1");
        engine.workerExited(SECOND + 1, 0, 1);
        engine.workerExited(SECOND + 1, 1, 1);
        engine.taskSubmitted(2 * SECOND, 1, 10, TaskTerms.DEFAULT);

        assertThat(world.asked()).containsExactly("launch 0/2");
    }

    @Test
    @Tag("I27")
    @Tag("I28")
    void launchesNoMoreWorkersThanTasksWait() {
        var engine = ready(world, new Settings().workers(4).idleLimitNanos(SECOND));
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
    void replacesEveryWorkerOnRestartOneAfterTheOtherWithoutLosingCapacity() {
        var engine = ready(world, new Settings().workers(2));
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.begins(1, 0, 0);
        world.asked();

        engine.restartRequested(1);
        assertThat(world.asked()).containsExactly("launch 2/1");
        engine.workerReady(2, 2, 1);
        assertThat(world.asked()).isEmpty(); // the first one still runs its task
        engine.itemFinished(3, 0, 1, 1, 0, ItemResult.SUCCEEDED, 1);
        assertThat(world.asked()).containsExactly("finish task 1 item 0 SUCCEEDED attempt 1", "stop 0/1");
        engine.workerExited(4, 0, 1);
        assertThat(world.asked()).containsExactly("launch 0/2");
        engine.workerReady(5, 0, 2);

        assertThat(world.asked()).containsExactly("stop 1/1");
    }

    @Test
    void keepsASpareThatStandsInForWhoeverDies() {
        var engine = opened(world, new Settings().spares(1));
        assertThat(world.asked()).containsExactly("launch 0/1", "launch 1/1");
        engine.workerReady(0, 0, 1);
        engine.workerReady(0, 1, 1);
        engine.taskSubmitted(1, 1, 10, TaskTerms.DEFAULT);
        world.begins(1, 0, 1);
        engine.taskSubmitted(1, 1, 10, TaskTerms.DEFAULT);
        assertThat(world.asked()).containsExactly("send 0/1 task 1 [0, 1) attempt 1");

        engine.workerExited(2, 0, 1);

        assertThat(world.asked())
                .containsExactly(
                        "finish task 1 item 0 WORKER_DIED attempt 1", "send 1/1 task 2 [0, 1) attempt 1", "launch 0/2");
    }

    @Test
    void letsASpareStandInAtOnceForAWorkerThatHasServedLongEnough() {
        var engine = ready(world, new Settings().spares(1).maxTasksPerWorker(1));

        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        assertThat(world.asked()).containsExactly("send 0/1 task 1 [0, 1) attempt 1", "launch 2/1");
        engine.itemFinished(1, 0, 1, 1, 0, ItemResult.SUCCEEDED, 1);

        assertThat(world.asked()).containsExactly("finish task 1 item 0 SUCCEEDED attempt 1", "stop 0/1");
    }

    @Test
    void killsAWorkerOverItsMemoryAndBlamesItsTask() {
        var engine = ready(world, new Settings().restartDeaths(0));
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.begins(1, 0, 0);
        world.asked();

        engine.workerOverMemory(1, 0, 1);
        engine.workerOverMemory(1, 0, 1);
        engine.workerExited(2, 0, 1);

        assertThat(world.asked())
                .containsExactly("kill 0/1 MEMORY", "finish task 1 item 0 WORKER_DIED attempt 1", "launch 0/2");
    }

    @Test
    void replacesAnIdleWorkerOverItsMemoryAndGivesItNothingMeanwhile() {
        var engine = ready(world, new Settings());

        engine.workerOverMemory(1, 0, 1);
        assertThat(world.asked()).containsExactly("launch 1/1");
        engine.taskSubmitted(2, 1, 10, TaskTerms.DEFAULT);
        assertThat(world.asked()).isEmpty();
        engine.workerReady(3, 1, 1);

        assertThat(world.asked()).containsExactly("stop 0/1", "send 1/1 task 1 [0, 1) attempt 1");
    }

    @Test
    void shrinksWithoutInterruptingAnybody() {
        var engine = ready(world, new Settings().workers(2));
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
        var engine = ready(world, new Settings().restartDeaths(0));
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.begins(1, 0, 0);
        world.asked();

        assertThat(engine.workerEndRequested(1, 0, 1)).isTrue();
        engine.workerExited(2, 0, 1);

        assertThat(world.asked())
                .containsExactly("kill 0/1 ASKED", "finish task 1 item 0 WORKER_DIED attempt 1", "launch 0/2");
        assertThat(engine.workerEndRequested(3, 0, 1)).isFalse();
    }
}
