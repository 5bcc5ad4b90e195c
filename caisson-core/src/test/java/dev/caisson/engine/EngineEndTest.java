package dev.caisson.engine;

import static dev.caisson.engine.EngineFixture.MILLISECOND;
import static dev.caisson.engine.EngineFixture.SECOND;
import static dev.caisson.engine.EngineFixture.opened;
import static dev.caisson.engine.EngineFixture.ready;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How tasks end before their time: by a cancel, or with the pool.
class EngineEndTest {

    private final RecordingWorld world = new RecordingWorld();

    @Test
    void cancelsAQueuedTaskAtOnce() {
        var engine = opened(world, new Settings());
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.asked();

        assertThat(engine.cancelRequested(1, 1, false)).isTrue();

        assertThat(world.asked()).containsExactly("finish task 1 item 0 CANCELLED attempt 0");
        engine.workerReady(2, 0, 1);
        assertThat(world.asked()).isEmpty();
    }

    @Test
    @Tag("Q17")
    @Tag("row-29")
    void cancelsASentTaskThatHasNotBegun() {
        var engine = ready(world, new Settings());
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        world.asked();

        assertThat(engine.cancelRequested(1, 1, false)).isTrue();

        assertThat(world.asked()).containsExactly("finish task 1 item 0 CANCELLED attempt 0");
    }

    @Test
    void leavesARunningTaskAloneUnlessItMayBeInterrupted() {
        var engine = ready(world, new Settings());
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
        var engine = ready(world, new Settings());
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
    @Tag("A14")
    void dropsTheResultOfATaskThatWasCancelled() {
        var engine = ready(world, new Settings());
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
    void finishesTheQueueWhenItCloses() {
        var engine = ready(world, new Settings());
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
        var engine = ready(world, new Settings());
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
}
