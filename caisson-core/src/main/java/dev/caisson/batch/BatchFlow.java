package dev.caisson.batch;

import dev.caisson.BatchProgress;
import dev.caisson.ItemOutcome;
import dev.caisson.PoolBrokenException;
import dev.caisson.protocol.Encoded;
import dev.caisson.runtime.Submitter;
import dev.caisson.runtime.WaitingPlace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// From inputs to ended items, driven by the thread that consumes these.
///
/// ```text
///   BatchInput ──► consumer cuts chunks ──► BatchWindow ──► pool ──► ended, or the first in order ──► consumer
///        └─ at most `ahead` items between what was read and what the consumer took ─┘
/// ```
///
/// The consumer waits in one place for whatever comes first: an item for it, or inputs that make a chunk. A chunk is
/// made of fewer inputs when no more will come, or when workers have nothing to do: then a slow input is the
/// bottleneck, and waiting for more of it would only add to that.
///
/// [#next()] and [#outcome] are for one thread at a time, the other methods for any.
final class BatchFlow<A extends @Nullable Object, R extends @Nullable Object> {

    /// Part of the look-ahead that is asked for at once: each request costs a thread's start.
    private static final int REFILLS = 4;

    /// After this an executor has had its chance to read.
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Submitter submitter;
    private final BatchShape shape;
    private final ChunkSizing sizing;
    private final BatchInput<A> input;
    private final BatchWindow<A, R> window;
    private final WaitingPlace place = new WaitingPlace(this::hasNews);

    /// Items that have ended; used if the order is that of their ends.
    private final Queue<BatchItem<A, R>> ended = new ConcurrentLinkedQueue<>();

    /// Items in the input's order, if that is wanted. Touched by the consumer only, like the next three.
    private final Deque<BatchItem<A, R>> inOrder = new ArrayDeque<>();

    private long submitted;
    private long taken;
    private int ahead;

    /// Written by the consumer, for those who ask whether there is news. So are the next four.
    private volatile @Nullable BatchItem<A, R> first;

    private volatile boolean allTaken = true;
    private volatile int nextSize = 1;
    private volatile int workers;
    private volatile boolean ordered = true;

    BatchFlow(Submitter submitter, Iterable<A> source, BatchShape shape, Encoded function) {
        this.submitter = submitter;
        this.shape = shape;
        this.workers = submitter.conductor().workers();
        this.sizing = shape.sizing();
        this.input = new BatchInput<>(source, submitter.callbacks(), place::signal);
        this.window = new BatchWindow<>(submitter, function, shape.options(), sizing, this::ready);
    }

    /// Gives items as they end. Called before the first is taken.
    void anyOrder() {
        ordered = false;
    }

    /// The next item that has ended, or null after the last.
    ///
    /// @throws RuntimeException what the input threw, when all that was read before has been taken
    @Nullable BatchItem<A, R> next() throws InterruptedException {
        while (true) {
            feed();
            var item = takeEnded();
            if (item != null) {
                taken++;
                return item;
            }
            if (isOver()) {
                BatchFlow.<RuntimeException>rethrow(input.failure());
                return null;
            }
            awaitNews();
        }
    }

    ItemOutcome<A, R> outcome(BatchItem<A, R> item) {
        return window.outcome(item);
    }

    /// Reads no more; what was read goes on.
    void stopReading() {
        input.stop();
    }

    /// Reads no more, and ends what is on its way.
    void cancel() {
        window.cancel();
        input.stop();
    }

    /// Whether inputs may be without an account, since it was cancelled.
    boolean isCutShort() {
        return window.isCancelled() && !input.isComplete();
    }

    BatchProgress progress() {
        long succeeded = window.succeeded();
        long failed = window.failed();
        return new BatchProgress(Math.max(input.read(), succeeded + failed), succeeded, failed, input.isComplete());
    }

    // --- inputs to the pool

    private void feed() throws InterruptedException {
        while (true) {
            plan();
            askForInputs();
            boolean complete = input.hasEnded();
            int there = input.waiting();
            if (there == 0 || !(there >= nextSize || complete || isPoolIdle())) {
                return;
            }
            put(Math.min(there, nextSize));
        }
    }

    private void plan() {
        ahead = shape.ahead(sizing.size(), workers);
        nextSize = Math.min(ahead, sizing.next(Math.min(ahead, input.left()), workers));
    }

    private void askForInputs() {
        long room = ahead - (input.read() - taken);
        if (input.isAtHand()) {
            if (room >= nextSize) {
                input.want(input.read() + nextSize);
            }
        } else if (room >= Math.max(1, ahead / REFILLS)) {
            input.want(taken + ahead);
        }
    }

    private void put(int count) throws InterruptedException {
        var inputs = new ArrayList<A>(count);
        for (int each = 0; each < count; each++) {
            inputs.add(input.take());
        }
        var items = window.put(inputs);
        submitted += count;
        if (ordered) {
            inOrder.addAll(items);
        }
        workers = submitter.conductor().workers();
    }

    // --- items to the consumer

    private void ready(BatchItem<A, R> item) {
        if (!ordered) {
            ended.add(item);
        }
        place.signal();
    }

    private @Nullable BatchItem<A, R> takeEnded() {
        if (!ordered) {
            return ended.poll();
        }
        var next = inOrder.peek();
        return next != null && next.isDone() ? inOrder.remove() : null;
    }

    /// Whether all that was read has been taken, and no more will come.
    private boolean isOver() {
        return input.hasEnded() && input.waiting() == 0 && submitted == taken;
    }

    private void awaitNews() throws InterruptedException {
        first = inOrder.peek();
        allTaken = submitted == taken;
        var batches = submitter.batches();
        if (!allTaken) {
            awaitNewsOrARead();
        } else if (batches.waitsForInput(place)) {
            try {
                awaitNewsOrARead();
            } finally {
                batches.waitsNoMore(place);
            }
        }
        first = null;
        if (allTaken && input.waiting() == 0 && !input.hasEnded() && batches.isPoolGone()) {
            input.stop();
            throw poolGone();
        }
    }

    private void awaitNewsOrARead() throws InterruptedException {
        if (!input.isLeftAlone()) {
            place.await(Long.MAX_VALUE);
        } else if (!place.await(PATIENCE_NANOS) && isPoolIdle()) {
            input.readYourself();
        }
    }

    /// Whether the consumer has something to do. Asked by any thread, while the consumer waits.
    private boolean hasNews() {
        var head = first;
        if (ordered ? head != null && head.isDone() : !ended.isEmpty()) {
            return true;
        }
        boolean complete = input.hasEnded();
        int there = input.waiting();
        if (there > 0) {
            return there >= nextSize || complete || isPoolIdle();
        }
        return allTaken && (complete || submitter.batches().isPoolGone());
    }

    private boolean isPoolIdle() {
        return window.openChunks() < workers;
    }

    private RuntimeException poolGone() {
        try {
            submitter.checkTaking();
        } catch (RejectedExecutionException closed) {
            var cancelled = new CancellationException("The pool was ended while a batch waited for its input, of which "
                    + input.read() + " items were read");
            cancelled.initCause(closed);
            return cancelled;
        } catch (PoolBrokenException broken) {
            return broken;
        }
        return new CancellationException("The pool was ended while a batch waited for its input");
    }

    /// Throws what the input threw, as it is: it may be a checked exception, thrown behind the compiler's back.
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void rethrow(@Nullable Throwable failure) throws X {
        if (failure != null) {
            throw (X) failure;
        }
    }
}
