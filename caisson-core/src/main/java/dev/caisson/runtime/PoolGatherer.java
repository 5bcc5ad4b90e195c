package dev.caisson.runtime;

import dev.caisson.protocol.Encoded;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.concurrent.CompletionException;
import java.util.stream.Gatherer;
import org.jspecify.annotations.Nullable;

/// `stream.gather(pool.mapping(function))`: maps in the pool, in order, with a bounded number of elements on their way.
final class PoolGatherer<A extends @Nullable Object, R extends @Nullable Object> {

    private final BatchWindow<A, R> window;
    private final int ahead;

    /// Elements on their way, in order. A sequential gatherer is touched by one thread at a time.
    private final Deque<BatchItem<A, R>> inOrder = new ArrayDeque<>();

    private PoolGatherer(Submitter submitter, Encoded function) {
        this.window = new BatchWindow<>(submitter, function, BatchShape.DEFAULT.options(), ended -> {});
        this.ahead = BatchShape.DEFAULT.ahead(submitter.conductor()::workers);
    }

    static <A extends @Nullable Object, R extends @Nullable Object> Gatherer<A, ?, R> of(
            Submitter submitter, Encoded function) {
        return Gatherer.<A, PoolGatherer<A, R>, R>ofSequential(
                () -> new PoolGatherer<>(submitter, function),
                Gatherer.Integrator.of((state, element, downstream) -> state.integrate(element, downstream)),
                PoolGatherer::finish);
    }

    private boolean integrate(A element, Gatherer.Downstream<? super R> downstream) {
        inOrder.addAll(window.put(Collections.singletonList(element)));
        return inOrder.size() < ahead || passOn(downstream);
    }

    private void finish(Gatherer.Downstream<? super R> downstream) {
        while (!inOrder.isEmpty() && passOn(downstream)) {
            // until all are passed on, or nobody wants more
        }
        window.cancel();
    }

    /// Waits for the first element on its way. False when no more are wanted.
    private boolean passOn(Gatherer.Downstream<? super R> downstream) {
        if (downstream.isRejecting()) {
            return false;
        }
        var first = inOrder.remove();
        try {
            first.await();
            return downstream.push(window.outcome(first).outcome().orElseThrow());
        } catch (InterruptedException interrupted) {
            window.cancel();
            Thread.currentThread().interrupt();
            throw new CompletionException(
                    "Interrupted while waiting for an element: the rest is cancelled", interrupted);
        } catch (CompletionException failed) {
            window.cancel();
            throw failed;
        }
    }
}
