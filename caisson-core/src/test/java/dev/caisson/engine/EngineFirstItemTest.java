package dev.caisson.engine;

import static dev.caisson.engine.EngineFixture.MILLISECOND;
import static dev.caisson.engine.EngineFixture.ready;
import static dev.caisson.engine.EngineFixture.terms;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// How long the first item of a worker may run: it may have to load classes.
class EngineFirstItemTest {

    private static final long LIMIT = 10 * MILLISECOND;
    private static final long ALLOWANCE = 50 * MILLISECOND;

    private final RecordingWorld world = new RecordingWorld();
    private final Engine engine = ready(world, new Settings().firstItemAllowanceNanos(ALLOWANCE));
    private long now;
    private int generation = 1;

    @Test
    void keepsTheExactLimitUntilAFirstItemHasTimedOut() {
        begin(1);

        pass(LIMIT);

        assertThat(world.asked()).containsExactly("stacks 0/1 task 1 item 0");
    }

    @Test
    void letsTheFirstItemOfTheNextWorkerGoOnAfterATimeOut() {
        begin(1);
        timeOut();
        begin(2);

        pass(LIMIT);
        assertThat(world.asked()).containsExactly("extend 0/2 task 2 item 0");
        pass(ALLOWANCE - 1);
        assertThat(world.asked()).isEmpty();
        end(2);

        assertThat(world.asked()).containsExactly("finish task 2 item 0 SUCCEEDED attempt 1");
    }

    @Test
    void killsAtTheEndOfTheAllowance() {
        begin(1);
        timeOut();
        begin(2);

        pass(LIMIT);
        world.asked();
        pass(ALLOWANCE);

        assertThat(world.asked()).containsExactly("stacks 0/2 task 2 item 0");
    }

    @Test
    void keepsTheExactLimitOfTheItemAfterTheFirst() {
        begin(1);
        timeOut();
        engine.taskSubmitted(now, 2, 10, terms(0, 0, LIMIT, 0));
        world.begins(2, 0, now);
        pass(LIMIT);
        pass(MILLISECOND);
        engine.itemFinished(now, 0, generation, 2, 0, ItemResult.SUCCEEDED, LIMIT + MILLISECOND);
        world.begins(2, 1, now);
        world.asked();

        pass(LIMIT);

        assertThat(world.asked()).containsExactly("stacks 0/2 task 2 item 1");
    }

    @Test
    void withdrawsTheAllowanceFromItemsThatHang() {
        begin(1);
        timeOut();
        begin(2);
        pass(LIMIT);
        timeOut(ALLOWANCE);

        begin(3);
        assertThat(timeOut()).as("one in vain: exact again").noneMatch(asked -> asked.startsWith("extend"));
        begin(4);
        assertThat(timeOut()).as("it takes two now").noneMatch(asked -> asked.startsWith("extend"));
        begin(5);
        pass(LIMIT);

        assertThat(world.asked()).containsExactly("extend 0/5 task 5 item 0");
    }

    @Test
    void postponesTheInterruptAsWell() {
        begin(1);
        timeOut();
        engine.taskSubmitted(now, 1, 10, terms(0, LIMIT / 2, LIMIT, 0));
        world.begins(2, 0, now);
        world.asked();

        pass(LIMIT / 2);
        pass(LIMIT / 2);
        assertThat(world.asked()).containsExactly("extend 0/2 task 2 item 0");
        pass(ALLOWANCE - LIMIT / 2);

        assertThat(world.asked()).containsExactly("interrupt 0/2 task 2 item 0");
    }

    @Test
    void allowsForNoMoreThanSoManyTimesTheLimit() {
        var settings = new Settings()
                .firstItemAllowanceNanos(ALLOWANCE)
                .firstItemAllowanceTimes(2)
                .build();

        assertThat(new FirstItems(settings).allowanceNanos(task(LIMIT))).isEqualTo(2 * LIMIT);
        assertThat(new FirstItems(settings).allowanceNanos(task(Long.MAX_VALUE)))
                .isEqualTo(ALLOWANCE);
    }

    private static Task task(long limit) {
        return new Task(1, 1, 0, 0, 1, 10, terms(0, 0, limit, 0));
    }

    private void begin(long task) {
        engine.taskSubmitted(now, 1, 10, terms(0, 0, LIMIT, 0));
        world.begins(task, 0, now);
        world.asked();
    }

    private void end(long task) {
        world.ends(task);
        engine.itemFinished(now, 0, generation, task, 0, ItemResult.SUCCEEDED, 1);
    }

    /// Time passes, a millisecond at a step or less.
    private void pass(long nanos) {
        long end = now + nanos;
        while (now < end) {
            now = Math.min(end, now + MILLISECOND);
            engine.timeReached(now);
        }
    }

    private List<String> timeOut() {
        return timeOut(LIMIT);
    }

    /// The item that runs is killed, and the next worker is ready.
    private List<String> timeOut(long after) {
        pass(after);
        engine.stacksTaken(now, 0, generation);
        engine.workerExited(now, 0, generation);
        var asked = world.asked();
        engine.workerReady(now, 0, ++generation);
        world.asked();
        return asked;
    }
}
