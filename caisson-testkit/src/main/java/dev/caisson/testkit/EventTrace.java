package dev.caisson.testkit;

import java.util.ArrayDeque;
import java.util.List;

/// What happened to the workers and when, in virtual time. Only the last lines are kept. Thread-safe.
final class EventTrace {

    private static final int LINES = 10_000;

    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private final VirtualTime time;
    private long lastNanos;

    EventTrace(VirtualTime time) {
        this.time = time;
        this.lastNanos = time.nanos();
    }

    synchronized void note(String what) {
        lastNanos = time.nanos();
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        long millis = time.elapsed().toMillis();
        lines.addLast("%d.%03d s: %s".formatted(millis / 1000, millis % 1000, what));
    }

    /// When the last thing happened.
    synchronized long lastNanos() {
        return lastNanos;
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
