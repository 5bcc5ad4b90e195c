package dev.caisson.testkit;

import dev.caisson.runtime.Alarm;
import dev.caisson.runtime.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The clock and the alarm of a simulated pool: time stands still between events, and moves by being told to.
/// Thread-safe; calls nobody while it holds its lock.
final class VirtualTime implements Clock, Alarm {

    /// Not zero, which stands for "unknown" in some places.
    private static final long ORIGIN_NANOS = 1_000_000_000;

    private static final Instant ORIGIN = Instant.parse("2000-01-01T00:00:00Z");

    /// Called when there may be something new to do.
    private final Runnable onChange;

    /// Guarded by this, like all below.
    private final PriorityQueue<Event> events = new PriorityQueue<>();

    private long entered;
    private long nowNanos = ORIGIN_NANOS;
    private long deadlineNanos = Long.MAX_VALUE;

    VirtualTime(Runnable onChange) {
        this.onChange = onChange;
    }

    @Override
    public synchronized long nanos() {
        return nowNanos;
    }

    @Override
    public Instant instant() {
        return ORIGIN.plus(elapsed());
    }

    Duration elapsed() {
        return Duration.ofNanos(nanos() - ORIGIN_NANOS);
    }

    @Override
    public void setTo(long deadlineNanos) {
        synchronized (this) {
            this.deadlineNanos = deadlineNanos;
        }
        onChange.run();
    }

    /// Enters an event. What happens at the same time happens in the order in which it was entered.
    ///
    /// @return for [#cancel]
    Event in(Duration delay, Runnable action) {
        Event event;
        synchronized (this) {
            event = new Event(nowNanos + delay.toNanos(), entered++, action);
            events.add(event);
        }
        onChange.run();
        return event;
    }

    /// Takes an event out, so that time doesn't move for nothing.
    synchronized void cancel(Event event) {
        events.remove(event);
    }

    synchronized boolean hasEvents() {
        return !events.isEmpty();
    }

    /// When the next thing happens or is due, or `Long.MAX_VALUE`.
    synchronized long next() {
        long first = events.isEmpty() ? Long.MAX_VALUE : events.peek().atNanos;
        return Math.max(nowNanos, Math.min(first, deadlineNanos));
    }

    /// Moves to the next event or deadline, if that is not after a limit. What a worker has done by a deadline comes
    /// before the deadline.
    ///
    /// @param strike what to do at a deadline
    /// @return what is to be done now, or null
    synchronized @Nullable Runnable take(long limitNanos, Runnable strike) {
        long next = next();
        if (next == Long.MAX_VALUE || next > limitNanos) {
            return null;
        }
        nowNanos = next;
        var first = events.peek();
        return first != null && first.atNanos <= next ? events.remove().action : strike;
    }

    synchronized void moveTo(long nanos) {
        nowNanos = Math.max(nowNanos, nanos);
    }

    record Event(long atNanos, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return atNanos == other.atNanos ? Long.compare(order, other.order) : Long.compare(atNanos, other.atNanos);
        }
    }
}
