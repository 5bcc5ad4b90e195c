package dev.caisson.engine;

import static dev.caisson.engine.EngineFixture.MILLISECOND;
import static dev.caisson.engine.EngineFixture.opened;
import static dev.caisson.engine.EngineFixture.ready;
import static dev.caisson.engine.EngineFixture.terms;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Whom the engine blames for the death of a worker, and what runs once more.
class EngineDeathTest {

    private final RecordingWorld world = new RecordingWorld();

    @Test
    void blamesOnlyWhatRanWhenAWorkerDies() {
        var engine = ready(world, new Settings());
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
        var engine = ready(world, new Settings());
        engine.taskSubmitted(1, 3, 10, terms(0, 0, 0, 1));
        world.begins(1, 0, 1);
        world.asked();

        engine.workerExited(2, 0, 1);
        assertThat(world.asked())
                .containsExactly(
                        "split task 1: 2 [1, 3)", "retry task 1 item 0 instead of WORKER_DIED attempt 1", "launch 0/2");
        engine.workerReady(3, 0, 2);
        assertThat(world.asked()).containsExactly("send 0/2 task 1 [0, 1) attempt 2");
        world.begins(1, 0, 3);
        engine.workerExited(4, 0, 2);

        assertThat(world.asked()).containsExactly("finish task 1 item 0 WORKER_DIED attempt 2", "launch 0/3");
    }

    @Test
    void keepsTheAttemptOfItemsThatDidNotBeginInIt() {
        var engine = ready(world, new Settings());
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
                        "retry task 1 item 0 instead of WORKER_DIED attempt 2",
                        "launch 0/3",
                        "send 0/3 task 1 [0, 1) attempt 3",
                        "finish task 1 item 0 SUCCEEDED attempt 3",
                        "send 0/3 task 2 [1, 2) attempt 2");
    }

    @Test
    void backsOffFromTheSecondDeathOn() {
        var engine = opened(world, new Settings());
        engine.launchFailed(0, 0, 1);
        assertThat(world.asked()).containsExactly("launch 0/1", "launch 0/2");

        engine.launchFailed(0, 0, 2);
        assertThat(world.asked()).isEmpty();
        assertThat(engine.nextDeadline()).isEqualTo(100 * MILLISECOND);
        engine.timeReached(100 * MILLISECOND);

        assertThat(world.asked()).containsExactly("launch 0/3");
    }

    @Test
    void givesUpWhenWorkersDieTooOftenWithoutATask() {
        var engine = opened(world, new Settings().workers(2).restartDeaths(1));
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
        var engine = ready(world, new Settings().restartDeaths(0));

        for (int generation = 1; generation <= 20; generation++) {
            long task = engine.taskSubmitted(generation, 1, 10, TaskTerms.DEFAULT);
            world.begins(task, 0, generation);
            engine.workerExited(generation, 0, generation);
            engine.workerReady(generation, 0, generation + 1);
        }

        assertThat(engine.phase()).isEqualTo(PoolPhase.RUNNING);
        assertThat(engine.counts().crashed()).isEqualTo(20);
    }
}
