package dev.caisson.engine;

import static dev.caisson.engine.EngineFixture.SECOND;
import static dev.caisson.engine.EngineFixture.opened;
import static dev.caisson.engine.EngineFixture.ready;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Which worker gets which task, one story each. What happens when stories cross is for the simulation.
class EngineTest {

    private final RecordingWorld world = new RecordingWorld();

    @Test
    void runsATaskOnAReadyWorker() {
        var engine = opened(world, new Settings());
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
        var engine = ready(world, new Settings());
        engine.taskSubmitted(0, 3, 10, TaskTerms.DEFAULT);
        world.asked();

        engine.itemFinished(1, 0, 1, 1, 1, ItemResult.SUCCEEDED, 1);
        engine.itemFinished(1, 0, 1, 7, 0, ItemResult.SUCCEEDED, 1);
        engine.itemFinished(1, 0, 9, 1, 0, ItemResult.SUCCEEDED, 1);
        engine.itemFinished(1, 5, 1, 1, 0, ItemResult.SUCCEEDED, 1);

        assertThat(world.asked()).isEmpty();
    }

    @Test
    void sendsAheadWhileTasksAreShortAndTakesBackForAnIdleNeighbour() {
        var engine = ready(world, new Settings().workers(2));
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
        var engine = ready(world, new Settings());
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
        var engine = ready(world, new Settings().queueCapacity(1));
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        assertThat(engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT)).isEqualTo(Engine.REFUSED_FULL);
        world.asked();

        engine.itemFinished(1, 0, 1, 1, 0, ItemResult.SUCCEEDED, SECOND);
        assertThat(world.asked()).last().isEqualTo("room");
        engine.itemFinished(2, 0, 1, 2, 0, ItemResult.SUCCEEDED, SECOND);

        assertThat(world.asked()).containsExactly("finish task 2 item 0 SUCCEEDED attempt 1");
    }
}
