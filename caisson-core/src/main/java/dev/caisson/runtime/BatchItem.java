package dev.caisson.runtime;

import dev.caisson.ItemOutcome;
import dev.caisson.Outcome;
import dev.caisson.TaskTiming;
import dev.caisson.engine.Ending;
import dev.caisson.protocol.Encoded;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One input of a batch, from when it is read until the consumer has its outcome.
final class BatchItem<A extends @Nullable Object, R extends @Nullable Object> implements Submission.Item {

    final long index;
    private final A input;
    private final Consumer<BatchItem<A, R>> onEnd;
    private final CompletableFuture<Settlement> settled = new CompletableFuture<>();

    private final CountDownLatch accounted = new CountDownLatch(1);

    /// As it was sent. For the thread that puts it in and the consumer, who are one.
    Encoded sent = Encoded.EMPTY;

    /// What it travels with. Null until then, and if it never travels.
    volatile @Nullable Submission submission;

    /// @param onEnd told once, on a thread that must not wait
    BatchItem(long index, A input, Consumer<BatchItem<A, R>> onEnd) {
        this.index = index;
        this.input = input;
        this.onEnd = onEnd;
    }

    @Override
    public void settle(Settlement settlement) {
        if (settled.complete(settlement)) {
            try {
                onEnd.accept(this);
            } finally {
                accounted.countDown();
            }
        }
    }

    /// It could not be submitted.
    void refuse(Throwable reason, TaskTiming timing) {
        settle(new Settlement(Ending.FAILED, 0, null, reason, Optional.empty(), timing));
    }

    /// Whether it was cancelled. A task may throw the same exception by itself.
    boolean cancelled() {
        return settled.isDone() && settled.join().ending() == Ending.CANCELLED;
    }

    boolean succeeded() {
        return settled.isDone() && settled.join().ending() == Ending.SUCCEEDED;
    }

    /// Waits until it has ended and been counted: whoever has an outcome finds it in the progress too.
    void await() throws InterruptedException {
        accounted.await();
    }

    /// Decodes the outcome. Called once it has ended, by the consumer only.
    ItemOutcome<A, R> outcome(OutcomeReader reader, SubmissionSite site) {
        var settlement = settled.join();
        Outcome<R> outcome = reader.read(settlement, site);
        return new ItemOutcome<>(index, input, outcome, settlement.attempt(), settlement.timing(), settlement.worker());
    }
}
