package dev.caisson.engine;

import static dev.caisson.engine.EngineFixture.MILLISECOND;
import static dev.caisson.engine.EngineFixture.ready;
import static dev.caisson.engine.EngineFixture.terms;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a task's limits do to it, and to the worker that runs it.
class EngineLimitsTest {

    private final RecordingWorld world = new RecordingWorld();

    @Test
    @Tag("Q21")
    void finishesATaskOnceWhenItsResultAndTheHardLimitRace() {
        var engine = ready(world, new Settings());
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
        var engine = ready(world, new Settings());
        engine.taskSubmitted(0, 1, 10, terms(0, 0, 10 * MILLISECOND, 0));
        world.begins(1, 0, 9 * MILLISECOND);
        world.asked();

        engine.timeReached(10 * MILLISECOND);
        world.begins(1, 0, 19 * MILLISECOND);
        engine.timeReached(19 * MILLISECOND);

        assertThat(world.asked()).containsExactly("stacks 0/1 task 1 item 0");
    }

    @Test
    @Tag("row-11")
    void killsATaskAtItsHardLimitOnceItsStacksAreTaken() {
        var engine = ready(world, new Settings());
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
        var engine = ready(world, new Settings());
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
        var engine = ready(world, new Settings());
        engine.taskSubmitted(0, 3, 10, terms(0, 0, 10 * MILLISECOND, 0));
        world.begins(1, 1, 0);
        engine.timeReached(10 * MILLISECOND);
        world.asked();

        engine.itemFinished(11 * MILLISECOND, 0, 1, 1, 0, ItemResult.SUCCEEDED, 1);

        assertThat(world.asked()).containsExactly("finish task 1 item 0 SUCCEEDED attempt 1");
    }

    @Test
    @Tag("G15")
    void dropsTheResultOfAnItemThatIsCondemned() {
        var engine = ready(world, new Settings());
        engine.taskSubmitted(0, 1, 10, terms(0, 0, 10 * MILLISECOND, 0));
        world.begins(1, 0, 0);
        engine.timeReached(10 * MILLISECOND);
        world.asked();

        engine.itemFinished(11 * MILLISECOND, 0, 1, 1, 0, ItemResult.SUCCEEDED, 1);

        assertThat(world.asked()).isEmpty();
    }

    @Test
    void interruptsAtTheSoftLimitAndCountsWhatTheTaskThenDoes() {
        var engine = ready(world, new Settings().workers(2));
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
        var engine = ready(world, new Settings());
        engine.taskSubmitted(0, 1, 10, TaskTerms.DEFAULT);
        engine.taskSubmitted(0, 1, 10, terms(10 * MILLISECOND, 0, 0, 0));
        world.begins(1, 0, 0);
        world.asked();

        engine.timeReached(10 * MILLISECOND);

        assertThat(world.asked()).containsExactly("finish task 2 item 0 QUEUE_TIME_OUT attempt 0");
    }

    @Test
    void leavesAChunkAloneThatHasBegunWithinItsQueueLimit() {
        var engine = ready(world, new Settings());
        engine.taskSubmitted(0, 3, 10, terms(10 * MILLISECOND, 0, 0, 0));
        world.begins(1, 0, 0);
        world.asked();

        engine.timeReached(10 * MILLISECOND);

        assertThat(world.asked()).isEmpty();
        assertThat(engine.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @Tag("P05")
    @Tag("Q19")
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
