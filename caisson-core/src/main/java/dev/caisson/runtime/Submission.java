package dev.caisson.runtime;

import dev.caisson.TaskOptions;
import dev.caisson.engine.TaskTerms;
import dev.caisson.protocol.Work;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// What was handed to the pool in one go: one task, or a chunk of a batch.
///
/// @param work what the worker gets
/// @param bytes how much of it travels
/// @param items who waits for each item
/// @param options labels and callbacks
/// @param terms limits, priority and retries, with the pool's defaults filled in
/// @param site where it was submitted
/// @param submittedAt when, for people
/// @param submittedNanos when, for measuring
/// @param tasks the tasks that hold its open items; guarded by the pool's lock
public record Submission(
        Work work,
        long bytes,
        List<? extends Item> items,
        TaskOptions options,
        TaskTerms terms,
        SubmissionSite site,
        Instant submittedAt,
        long submittedNanos,
        Set<Long> tasks) {

    /// How long an item that begins now may run; 0 for as long as it likes.
    long runLimitNanos(long now) {
        if (terms.totalLimitNanos() == 0) {
            return terms.hardLimitNanos();
        }
        long left = Math.max(1, terms.totalLimitNanos() - (now - submittedNanos));
        return terms.hardLimitNanos() == 0 ? left : Math.min(left, terms.hardLimitNanos());
    }

    /// Someone who waits for one item.
    public interface Item {

        /// Called once, without a lock, on a thread that must not wait: no code of the user may run in it.
        void settle(Settlement settlement);

        /// The task that holds the item now, under its first id. Called before anything else happens to it.
        default void submitted(long task) {}

        /// The item tells how far it is.
        default void progressed(double fraction, String note) {}
    }
}
