package dev.caisson.testkit.simulation;

import dev.caisson.engine.Ending;
import dev.caisson.engine.TaskTerms;
import org.jspecify.annotations.Nullable;

/// What a caller submitted, and what really became of each item.
final class Submission {

    final int items;
    final int bytes;
    final TaskTerms terms;
    final long submittedAt;

    /// How often each item has begun.
    final int[] begun;

    /// How each item ended for the caller.
    final @Nullable Ending[] endings;

    /// Where each item began last.
    final @Nullable Claim[] runs;

    /// The number of the task it was submitted as: its turn.
    long turn;

    Submission(int items, int bytes, TaskTerms terms, long submittedAt) {
        this.items = items;
        this.bytes = bytes;
        this.terms = terms;
        this.submittedAt = submittedAt;
        begun = new int[items];
        endings = new @Nullable Ending[items];
        runs = new @Nullable Claim[items];
    }

    /// How long it waits after so many attempts.
    long waitNanos(int attempts) {
        long wait = terms.retry().firstWaitNanos();
        for (int i = 1; i < attempts; i++) {
            wait = Math.min(2 * wait, terms.retry().longestWaitNanos());
        }
        return wait;
    }

    /// Whether its time for all attempts is over by then.
    boolean isOverdue(long time) {
        return terms.totalLimitNanos() > 0 && time - submittedAt >= terms.totalLimitNanos();
    }

    /// The same, submitted again.
    Submission again(long now) {
        return new Submission(items, bytes, terms, now);
    }
}
