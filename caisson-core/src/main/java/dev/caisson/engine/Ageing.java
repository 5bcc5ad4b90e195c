package dev.caisson.engine;

/// Ranks tasks by their priority and by when they came, so that nothing waits for ever behind what comes later.
///
/// Waiting raises every task alike, so the rank does not depend on the present: a task of one priority more goes first
/// unless it came so much later. In microseconds, for a long to hold the rank of any priority.
final class Ageing {

    private final long perPriorityMicros;
    private long startNanos;

    /// @param perPriorityNanos how long a task waits to rise by one priority, 0 to never rise
    Ageing(long perPriorityNanos) {
        perPriorityMicros = perPriorityNanos == 0 ? 0 : Math.max(1, perPriorityNanos / 1_000);
    }

    void startedAt(long now) {
        startNanos = now;
    }

    /// The rank of a task that comes now; higher goes first.
    long rank(int priority, long now) {
        return perPriorityMicros == 0 ? priority : priority * perPriorityMicros - (now - startNanos) / 1_000;
    }
}
