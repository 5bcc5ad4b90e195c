package dev.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private final Deadlines deadlines = new Deadlines();
    private final List<String> struck = new ArrayList<>();

    private Deadline set(long delayNanos, String name) {
        return deadlines.in(delayNanos, 0, _ -> struck.add(name));
    }

    private void strikeAll(long now) {
        for (var due = deadlines.pollDue(now); due != null; due = deadlines.pollDue(now)) {
            due.strike(now);
        }
    }

    @Test
    void strikesInOrderOfTimeAndThenOfSetting() {
        set(20, "later");
        set(10, "first");
        set(10, "second");

        strikeAll(15);

        assertThat(struck).containsExactly("first", "second");
        assertThat(deadlines.earliest()).isEqualTo(20);
    }

    @Test
    void forgetsWhatIsCancelled() {
        var cancelled = set(10, "cancelled");
        set(10, "kept");

        deadlines.cancel(cancelled);
        deadlines.cancel(cancelled);
        deadlines.cancel(null);
        strikeAll(10);

        assertThat(struck).containsExactly("kept");
        assertThat(Deadlines.isSet(cancelled)).isFalse();
        assertThat(deadlines.earliest()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @Tag("G10")
    void keepsItsOrderWhateverIsCancelledInBetween() {
        long seed = 42;
        var random = new Random(seed);
        var kept = new ArrayList<Deadline>();
        for (int i = 0; i < 1_000; i++) {
            kept.add(set(random.nextInt(100), "any"));
            if (random.nextInt(3) == 0) {
                deadlines.cancel(kept.remove(random.nextInt(kept.size())));
            }
        }
        kept.sort(Comparator.<Deadline>comparingLong(deadline -> deadline.at)
                .thenComparingLong(deadline -> deadline.order));

        var polled = new ArrayList<Deadline>();
        for (var due = deadlines.pollDue(100); due != null; due = deadlines.pollDue(100)) {
            polled.add(due);
        }

        assertThat(polled).as("seed %d", seed).isEqualTo(kept);
    }

    @Test
    void takesAnEndlessDelayForALongOne() {
        long now = Long.MAX_VALUE - 1;
        deadlines.in(Long.MAX_VALUE, now, _ -> {});
        deadlines.in(10, now, _ -> struck.add("soon"));

        strikeAll(now + 10);

        assertThat(struck).containsExactly("soon");
        assertThat(deadlines.size()).isEqualTo(1);
    }
}
