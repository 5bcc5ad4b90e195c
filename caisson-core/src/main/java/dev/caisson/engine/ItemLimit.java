package dev.caisson.engine;

import org.jspecify.annotations.Nullable;

/// A limit on the run of each item of a task, soft or hard, and what its timer waits for.
final class ItemLimit {

    final long nanos;
    final Strike strike;

    @Nullable Deadline deadline;

    /// The last item that was seen running when the timer struck.
    int watched = Boards.NONE;

    /// When that item is overdue, by the board's time when it was first seen.
    long overdueAt;

    /// Whether that item got more time, as the first one of its worker.
    boolean extended;

    ItemLimit(long nanos, Strike strike) {
        this.nanos = nanos;
        this.strike = strike;
    }

    /// What is done about an item that is overdue.
    interface Strike {
        void overdue(long now, Task task, Worker worker, int item);
    }
}
