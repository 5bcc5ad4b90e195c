package dev.caisson.batch;

import dev.caisson.protocol.Encoded;
import dev.caisson.runtime.Submitter;
import dev.caisson.runtime.WaitingPlace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Gatherer;
import org.jspecify.annotations.Nullable;

/// `stream.gather(pool.mapping(function))`: maps in the pool, in order, with a bounded number of elements on their way.
///
/// Elements are pushed to it, so it can pass results on only when it is given another element, or the stream ends.
/// Touched by one thread at a time.
public final class PoolGatherer<A extends @Nullable Object, R extends @Nullable Object> {

    private final Submitter submitter;
    private final ChunkSizing sizing = BatchShape.DEFAULT.sizing();
    private final BatchWindow<A, R> window;
    private final WaitingPlace place = new WaitingPlace(this::isFirstDone);

    /// Elements that make the next chunk.
    private final List<A> waiting = new ArrayList<>();

    /// Elements on their way, in order.
    private final Deque<BatchItem<A, R>> inOrder = new ArrayDeque<>();

    private volatile @Nullable BatchItem<A, R> first;
    private int workers;

    private PoolGatherer(Submitter submitter, Encoded function) {
        this.submitter = submitter;
        this.window =
                new BatchWindow<>(submitter, function, BatchShape.DEFAULT.options(), sizing, done -> place.signal());
        this.workers = submitter.conductor().workers();
    }

    public static <A extends @Nullable Object, R extends @Nullable Object> Gatherer<A, ?, R> of(
            Submitter submitter, Encoded function) {
        return Gatherer.<A, PoolGatherer<A, R>, R>ofSequential(
                () -> new PoolGatherer<>(submitter, function),
                Gatherer.Integrator.of((state, element, downstream) -> state.integrate(element, downstream)),
                PoolGatherer::finish);
    }

    private boolean integrate(A element, Gatherer.Downstream<? super R> downstream) {
        int ahead = BatchShape.DEFAULT.ahead(sizing.size(), workers);
        waiting.add(element);
        if (waiting.size() >= sizing.next(ahead, workers) || window.openChunks() < workers) {
            send();
        }
        boolean wanted = !downstream.isRejecting();
        while (wanted && !inOrder.isEmpty() && (inOrder.getFirst().isDone() || isFull(ahead))) {
            wanted = passOn(inOrder.remove(), downstream);
        }
        return wanted;
    }

    private boolean isFull(int ahead) {
        return inOrder.size() + waiting.size() >= ahead;
    }

    private void finish(Gatherer.Downstream<? super R> downstream) {
        boolean wanted = !downstream.isRejecting();
        if (wanted) {
            send();
        }
        while (wanted && !inOrder.isEmpty()) {
            wanted = passOn(inOrder.remove(), downstream);
        }
        window.cancel();
    }

    private void send() {
        try {
            inOrder.addAll(window.put(waiting));
        } catch (InterruptedException interrupted) {
            throw cancelled(interrupted);
        }
        waiting.clear();
        workers = submitter.conductor().workers();
    }

    /// Waits for the element, and passes its result on.
    ///
    /// @return whether more are wanted
    private boolean passOn(BatchItem<A, R> item, Gatherer.Downstream<? super R> downstream) {
        try {
            first = item;
            place.await(Long.MAX_VALUE);
            return downstream.push(window.outcome(item).outcome().orElseThrow());
        } catch (InterruptedException interrupted) {
            throw cancelled(interrupted);
        } catch (RuntimeException | Error failed) { // the element's, or one from further down the stream
            window.cancel();
            throw failed;
        }
    }

    private CompletionException cancelled(InterruptedException interrupted) {
        window.cancel();
        Thread.currentThread().interrupt();
        return new CompletionException("Interrupted while waiting for an element: the rest is cancelled", interrupted);
    }

    private boolean isFirstDone() {
        var awaited = first;
        return awaited != null && awaited.isDone();
    }
}
