package dev.caisson.engine;

/// How many tasks a worker may hold: one, and some ahead while tasks are short.
///
/// Tiny tasks stream, so that a worker never waits for the next; long ones never queue behind a busy worker while
/// another is idle. A long task raises the average at once, and many short ones must follow before it counts as short
/// again.
final class Credits {

    static final int MOST = 32;
    static final long BYTES_AHEAD = 64 * 1024;

    private static final long SHORT_NANOS = 500_000;
    private static final long AHEAD_NANOS = 1_000_000;
    private static final int WEIGHT = 8;
    private static final long UNKNOWN = -1;

    private long averageNanos = UNKNOWN;

    /// A task ended, and took so long.
    void taskEnded(long runNanos) {
        long run = Math.max(0, runNanos);
        averageNanos = averageNanos == UNKNOWN ? run : averageNanos + (run - averageNanos) / WEIGHT;
    }

    /// How long an item takes on average, the last ones above all; negative before any has ended.
    long averageNanos() {
        return averageNanos;
    }

    int perWorker() {
        if (averageNanos == UNKNOWN || averageNanos >= SHORT_NANOS) {
            return 1;
        }
        return (int) Math.min(MOST, AHEAD_NANOS / Math.max(1, averageNanos));
    }
}
