package dev.caisson.batch;

import java.util.OptionalInt;

/// How many items of a batch travel together: as many as it says, or else as many as take a few milliseconds.
///
/// A chunk costs a worker a pause until the next one is there, so its work should be long against that; but what a
/// worker holds no idle neighbour gets, so it should not be longer. The size starts at one, and follows the mean run
/// time of the items that have ended. It is judged anew when as many items have ended as the size says, or when fewer
/// took far longer than they should have; it at most doubles, and at most falls to an eighth, since one slow item among
/// fast ones tells little.
///
/// Thread-safe: many threads tell of items, one asks.
final class ChunkSizing {

    static final long TARGET_NANOS = 3_000_000;
    static final int MOST = 1024;
    static final int GROWTH = 2;
    static final int SHRINKAGE = 8;

    /// How often a worker comes for more, at least, before all is handed out.
    static final int TURNS = 2;

    private static final long FAR_TOO_LONG_NANOS = 4 * TARGET_NANOS;

    private final boolean fixed;
    private volatile int size;

    /// Of the items that have ended since the size was judged. Guarded by this, like the next.
    private int ended;

    private long runNanos;

    /// @param size always this; empty for one that follows the items
    ChunkSizing(OptionalInt size) {
        this.fixed = size.isPresent();
        this.size = size.orElse(1);
    }

    boolean isFixed() {
        return fixed;
    }

    /// The size as it is now.
    int size() {
        return size;
    }

    /// The size of the next chunk: never beyond a fair share of what there is to share, unless it is fixed.
    ///
    /// @param shared how many items there are for all workers: what is left, or what may be read ahead
    int next(long shared, int workers) {
        return fixed ? size : Math.clamp(shared / ((long) TURNS * workers), 1, size);
    }

    /// An item has run for so long.
    void itemRan(long nanos) {
        if (!fixed) {
            judge(Math.max(0, nanos));
        }
    }

    private synchronized void judge(long nanos) {
        ended++;
        runNanos = Math.min(Long.MAX_VALUE - nanos, runNanos) + nanos;
        if (ended < size && runNanos < FAR_TOO_LONG_NANOS) {
            return;
        }
        long fits = TARGET_NANOS / Math.max(1, runNanos / ended);
        int least = Math.max(1, size / SHRINKAGE);
        int most = Math.min(MOST, size * GROWTH);
        size = Math.clamp(fits, least, most);
        ended = 0;
        runNanos = 0;
    }
}
