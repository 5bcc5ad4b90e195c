package dev.caisson.transport;

/// One task as it was sent to one worker. Guarded by the monitor of its [SentTasks], but for [#dropped].
final class SentTask {

    final long task;
    final int sequence;
    final int firstItem;
    /// The item after the last one that was sent.
    final int sentEnd;
    final long sentNanos = System.nanoTime();
    /// The item after the last one that may still come: less than what was sent once some was taken back.
    int endItem;
    /// The item whose result is due next.
    int nextItem;
    /// Whether the worker has told that this item has begun.
    boolean nextHasBegun;
    /// Whether the pool wants to hear no more of it.
    boolean forgotten;
    /// All of it was taken back: if it isn't written yet, it needn't be.
    volatile boolean dropped;
    /// The last item seen running, and the earliest begin it was seen with.
    int seenItem = -1;
    long seenSinceNanos;

    SentTask(long task, int sequence, int firstItem, int endItem) {
        this.task = task;
        this.sequence = sequence;
        this.firstItem = firstItem;
        this.sentEnd = endItem;
        this.endItem = endItem;
        this.nextItem = firstItem;
    }

    boolean settled() {
        return nextItem >= endItem;
    }
}
