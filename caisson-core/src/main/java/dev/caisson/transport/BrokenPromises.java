package dev.caisson.transport;

import org.jspecify.annotations.Nullable;

/// Measures for how long a living worker has said by its claim word what does not come true. Not thread-safe.
///
/// Honest words are false for some microseconds at most; the limits are for machines on which a thread waits for long
/// to be run.
final class BrokenPromises {

    private static final long RESULT_NANOS = 3_000_000_000L;
    private static final long BEGIN_NANOS = 30_000_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private @Nullable SentTask task;
    private int item;
    private boolean ended;
    private long sinceNanos;

    /// All is as it should be.
    void kept() {
        task = null;
    }

    /// The worker was seen once more to owe something.
    ///
    /// @param about the task whose item is due
    /// @param isResult whether its result is owed; else its begin
    /// @param now by `System.nanoTime`
    /// @return for how long, if that is too long; else -1
    long brokenForSeconds(SentTask about, boolean isResult, long now) {
        if (task != about || item != about.nextItem || ended != isResult) {
            task = about;
            item = about.nextItem;
            ended = isResult;
            sinceNanos = now;
        }
        long nanos = now - sinceNanos;
        return nanos >= (isResult ? RESULT_NANOS : BEGIN_NANOS) ? nanos / NANOS_PER_SECOND : -1;
    }
}
