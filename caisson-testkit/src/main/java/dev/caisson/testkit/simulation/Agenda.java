package dev.caisson.testkit.simulation;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Virtual time: what happens when, in nanoseconds since the world began. What happens at the same time happens in the
/// order in which it was entered.
final class Agenda {

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long entered;
    private long now;

    long now() {
        return now;
    }

    void in(long delayNanos, Runnable action) {
        entries.add(new Entry(now + Math.max(0, delayNanos), entered++, action));
    }

    /// When the next thing happens, or `Long.MAX_VALUE`.
    long next() {
        var first = entries.peek();
        return first == null ? Long.MAX_VALUE : first.at;
    }

    /// Takes the next thing out, and moves time to it.
    @Nullable Runnable poll() {
        var first = entries.poll();
        if (first == null) {
            return null;
        }
        moveTo(first.at);
        return first.action;
    }

    void moveTo(long time) {
        now = Math.max(now, time);
    }

    private record Entry(long at, long order, Runnable action) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }
}
