package dev.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WaitingTasksTest {

    private final WaitingTasks waiting = new WaitingTasks(2);

    private static Task task(long id, int priority) {
        return part(id, id, 0, priority);
    }

    private static Task part(long id, long turn, int first, int priority) {
        return new Task(id, turn, priority, first, first + 1, 0, new TaskTerms(priority, 0, 0, 0, 0));
    }

    private List<Long> drain() {
        var ids = new ArrayList<Long>();
        for (var task = waiting.first(); task != null; task = waiting.first()) {
            waiting.remove(task);
            ids.add(task.id);
        }
        return ids;
    }

    @Test
    @Tag("P14")
    void putsHigherPriorityFirstThenTheOrderOfSubmission() {
        waiting.add(task(1, 0));
        waiting.add(task(2, 5));
        waiting.add(task(3, -5));
        waiting.add(task(4, 5));

        assertThat(drain()).containsExactly(2L, 4L, 1L, 3L);
    }

    @Test
    void letsATaskRiseByOnePriorityForEachTimeThatItWaited() {
        var ageing = new Ageing(1_000_000);
        ageing.startedAt(Long.MAX_VALUE - 1_000_000); // the clock may overflow meanwhile
        waiting.add(aged(1, 0, ageing, Long.MAX_VALUE - 1_000_000));
        waiting.add(aged(2, 0, ageing, Long.MAX_VALUE));
        waiting.add(aged(3, 1, ageing, Long.MAX_VALUE));
        waiting.add(aged(4, 1, ageing, Long.MAX_VALUE + 500_000));
        waiting.add(aged(5, 9, ageing, Long.MAX_VALUE + 500_000));
        waiting.add(aged(6, Integer.MIN_VALUE, ageing, Long.MAX_VALUE));

        assertThat(drain()).containsExactly(5L, 3L, 1L, 4L, 2L, 6L);
    }

    private static Task aged(long id, int priority, Ageing ageing, long now) {
        return new Task(id, id, ageing.rank(priority, now), 0, 1, 0, new TaskTerms(priority, 0, 0, 0, 0));
    }

    @Test
    void neverChangesTheOrderWithoutAgeing() {
        var ageing = new Ageing(0);
        waiting.add(aged(1, 0, ageing, 0));
        waiting.add(aged(2, 1, ageing, Long.MAX_VALUE));

        assertThat(drain()).containsExactly(2L, 1L);
    }

    @Test
    @Tag("P14")
    void putsBackATaskInItsOldTurn() {
        var first = task(1, 0);
        var second = task(2, 0);
        waiting.add(first);
        waiting.add(second);
        waiting.add(task(3, 0));
        waiting.remove(first);
        waiting.remove(second);

        waiting.add(second);
        waiting.add(first);

        assertThat(drain()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void ordersThePartsOfATaskByTheirItems() {
        waiting.add(part(9, 1, 6, 0));
        waiting.add(part(8, 1, 3, 0));
        waiting.add(part(2, 2, 0, 0));

        assertThat(drain()).containsExactly(8L, 9L, 2L);
    }

    @Test
    void isFullAtItsCapacityYetTakesBackWhatWasLetIn() {
        waiting.add(task(1, 0));
        assertThat(waiting.isFull()).isFalse();
        waiting.add(task(2, 0));
        assertThat(waiting.isFull()).isTrue();

        waiting.add(task(3, 0));

        assertThat(waiting.size()).isEqualTo(3);
    }

    @Test
    void refusesToHoldATaskTwice() {
        var task = task(1, 0);
        waiting.add(task);

        assertThatThrownBy(() -> waiting.add(task))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Task 1 is in a list already");
    }

    @Test
    void refusesToRemoveWhatDoesNotWait() {
        waiting.add(task(1, 0));

        assertThatThrownBy(() -> waiting.remove(task(2, 0))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> waiting.remove(task(3, 7))).hasMessage("Task 3 does not wait");
    }
}
