package dev.caisson.protocol;

import org.jspecify.annotations.Nullable;

/// Everything a worker is told about a task that it is to run.
///
/// @param task its number in the pool
/// @param origin the number of the task that was submitted, of which this may be a part: users know it by that
/// @param firstItem the first item to run
/// @param endItem the item after the last one to run
/// @param attempt from 1
/// @param softLimitNanos time from an item's begin until it should stop; 0 for none. For the task's own information:
/// the
///     parent watches it
/// @param hardLimitNanos time from an item's begin until its worker is killed; 0 for none. The same
/// @param tellWhenBegun whether the parent is to be told of each item's begin, which costs a system call
/// @param marksOutput whether begin and end of each item are marked in the worker's output
/// @param label the user's name for it, or null
/// @param correlationId the user's id for it, or null
/// @param work what to run; of a chunk only the items named above are sent
public record Assignment(
        long task,
        long origin,
        int firstItem,
        int endItem,
        int attempt,
        long softLimitNanos,
        long hardLimitNanos,
        boolean tellWhenBegun,
        boolean marksOutput,
        @Nullable String label,
        @Nullable String correlationId,
        Work work) {

    /// Refuses a range that is empty, outside the work, or wider than a claim word can hold.
    public Assignment {
        if (firstItem < 0 || firstItem >= endItem || endItem > work.count()) {
            throw new IllegalArgumentException("Task " + task + " has " + work.count() + " items, so [" + firstItem
                    + ", " + endItem + ") is no range of them");
        }
        if (endItem > ClaimWord.MAX_ITEMS) {
            throw new IllegalArgumentException("Task " + task + " has items up to " + endItem
                    + ", but a claim word counts to " + ClaimWord.MAX_ITEMS + ": use smaller chunks");
        }
    }
}
