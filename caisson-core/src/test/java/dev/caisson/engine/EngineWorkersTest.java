package dev.caisson.engine;

import static dev.caisson.engine.EngineFixture.SECOND;
import static dev.caisson.engine.EngineFixture.opened;
import static dev.caisson.engine.EngineFixture.ready;
import static org.assertj.core.api.Assertions.assertThat;

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
    void replacesAWorkerThatHasServedLongEnough() {
        var engine = ready(world, new Settings().maxTasksPerWorker(1));
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.asked();

        engine.itemFinished(1, 0, 1, 1, 0, ItemResult.SUCCEEDED, 1);

        assertThat(world.asked()).containsExactly("finish task 1 item 0 SUCCEEDED attempt 1", "stop 0/1", "launch 1/1");
    }

    @Test
    @Tag("row-3")
    void replacesAWorkerThatIsTooOldAfterItsTask() {
        var engine = ready(world, new Settings().maxWorkerAgeNanos(SECOND));
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
    void replacesEveryWorkerOnRestartEachAfterItsTask() {
        var engine = ready(world, new Settings().workers(2));
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
