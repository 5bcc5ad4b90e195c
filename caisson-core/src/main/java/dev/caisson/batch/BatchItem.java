package dev.caisson.batch;

import dev.caisson.ItemOutcome;
import dev.caisson.Outcome;
import dev.caisson.PoolBrokenException;
import dev.caisson.protocol.Encoded;
import dev.caisson.runtime.OutcomeReader;
import dev.caisson.runtime.Settlement;
import dev.caisson.runtime.Submission;
import dev.caisson.runtime.SubmissionSite;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// One input of a batch, from when it is submitted until the consumer has its outcome.
final class BatchItem<A extends @Nullable Object, R extends @Nullable Object> implements Submission.Item {

    final long index;
    private final A input;
    private final Account<A, R> account;

    /// What it travels with. Null if it never travels. Set before it is submitted.
    @Nullable BatchChunk<A, R> chunk;

    /// As it was sent. For the thread that puts it in and the consumer, who are one.
    Encoded sent = Encoded.EMPTY;

    /// Set once, under this object's monitor.
    private volatile @Nullable Settlement settled;

    private volatile boolean done;

    /// Who keeps the books of items.
    interface Account<A extends @Nullable Object, R extends @Nullable Object> {

        /// An item has ended. On a thread that must not wait.
        void count(BatchItem<A, R> item, Settlement settlement);

        /// An item is counted, and ready to be taken. On a thread that must not wait.
        void ready(BatchItem<A, R> item);
    }

    BatchItem(long index, A input, Account<A, R> account) {
        this.index = index;
        this.input = input;
        this.account = account;
    }

    @Override
    public void settle(Settlement settlement) {
        synchronized (this) {
            if (settled != null) {
                return;
            }
            settled = settlement;
        }
        try {
            account.count(this, settlement);
        } finally {
            done = true;
            account.ready(this);
        }
    }

    /// Whether the batch was cancelled before it ended.
    boolean isCancelled() {
        return done && settlement().isCancelled();
    }

    /// Whether the pool takes nothing any more. A task may throw the same exceptions by itself.
    boolean isRefused() {
        if (!done || settlement().bytes() != null) {
            return false;
        }
        var error = settlement().error();
        return error instanceof RejectedExecutionException || error instanceof PoolBrokenException;
    }

    /// Whether it has ended and is counted: whoever has an outcome finds it in the progress too.
    boolean isDone() {
        return done;
    }

    /// Decodes the outcome. Called once it is done, by the consumer only.
    ItemOutcome<A, R> outcome(OutcomeReader reader, SubmissionSite site) {
        var settlement = settlement();
        Outcome<R> outcome = reader.read(settlement, site);
        return new ItemOutcome<>(index, input, outcome, settlement.attempt(), settlement.timing(), settlement.worker());
    }

    private Settlement settlement() {
        return Objects.requireNonNull(settled, "not done");
    }
}
