package dev.caisson.batch;

import dev.caisson.BatchProgress;
import dev.caisson.BatchRun;
import dev.caisson.ItemOutcome;
import dev.caisson.Outcome;
import dev.caisson.TaskFuture;
import dev.caisson.protocol.Encoded;
import dev.caisson.runtime.Submitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A batch that is being worked on: the forms in which its results can be taken.
final class BatchDrive<A extends @Nullable Object, R extends @Nullable Object> implements BatchRun<A, R> {

    private final Submitter submitter;
    private final BatchFlow<A, R> flow;
    private final AtomicBoolean taken = new AtomicBoolean();

    /// Guarded by this.
    private @Nullable TaskFuture<List<R>> future;

    BatchDrive(Submitter submitter, Iterable<A> source, BatchShape shape, Encoded function) {
        this.submitter = submitter;
        this.flow = new BatchFlow<>(submitter, source, shape, function);
    }

    @Override
    public List<R> toList() throws ExecutionException, InterruptedException {
        take();
        return collect();
    }

    @Override
    public Stream<R> stream() {
        take();
        return stream(Spliterator.ORDERED, this::complete)
                .map(item -> item.outcome().orElseThrow());
    }

    @Override
    public Stream<R> unordered() {
        take();
        flow.anyOrder();
        return stream(0, this::complete).map(item -> item.outcome().orElseThrow());
    }

    @Override
    public Stream<Outcome<R>> outcomes() {
        return items().map(ItemOutcome::outcome);
    }

    @Override
    public Stream<ItemOutcome<A, R>> items() {
        take();
        return stream(Spliterator.ORDERED, () -> {});
    }

    @Override
    public Stream<ItemOutcome<A, R>> unorderedItems() {
        take();
        flow.anyOrder();
        return stream(0, () -> {});
    }

    @Override
    public synchronized TaskFuture<List<R>> future() {
        if (future != null) {
            return future;
        }
        take();
        submitter.batches().begin();
        try {
            future = BatchFuture.start(
                    this::collectToTheEnd, this::cancel, this::progress, submitter.callbacks(), submitter.clock());
            return future;
        } catch (RuntimeException refusedByExecutor) {
            submitter.batches().end();
            throw refusedByExecutor;
        }
    }

    @Override
    public BatchProgress progress() {
        return flow.progress();
    }

    @Override
    public void cancel() {
        flow.cancel();
    }

    @Override
    public void close() {
        cancel();
    }

    private List<R> collectToTheEnd() throws ExecutionException, InterruptedException {
        try {
            return collect();
        } finally {
            submitter.batches().end();
        }
    }

    private List<R> collect() throws ExecutionException, InterruptedException {
        var results = new ArrayList<R>();
        BatchItem<A, R> failed = null;
        Throwable failure = null;
        try {
            for (var item = flow.next(); item != null; item = flow.next()) {
                if (failed == null) {
                    switch (flow.outcome(item).outcome()) {
                        case Outcome.Success<R>(var value) -> results.add(value);
                        case Outcome.Failure<R>(var error) -> {
                            failed = item;
                            failure = error;
                            results.clear();
                        }
                    }
                }
                if (item.isRefused()) {
                    flow.stopReading(); // the pool takes nothing any more: reading on could go on for ever
                }
            }
        } catch (InterruptedException | RuntimeException | Error ended) {
            cancel();
            throw ended;
        }
        if (failed != null && failure != null) {
            throw whole(failed, failure);
        }
        complete();
        return results;
    }

    /// What the first item that failed makes of the whole.
    private ExecutionException whole(BatchItem<A, R> failed, Throwable error) {
        if (failed.isCancelled() && error instanceof CancellationException cancelled) {
            throw cancelled;
        }
        if (failed.isRefused() && error instanceof RejectedExecutionException closed) {
            var cancelled = new CancellationException(
                    "The pool was ended before the batch was: item " + failed.index + " was not taken any more");
            cancelled.initCause(closed);
            throw cancelled;
        }
        return new ExecutionException(error);
    }

    private Stream<ItemOutcome<A, R>> stream(int characteristics, Runnable atEnd) {
        var items =
                new Spliterators.AbstractSpliterator<ItemOutcome<A, R>>(
                        Long.MAX_VALUE, characteristics | Spliterator.NONNULL) {
                    @Override
                    public boolean tryAdvance(Consumer<? super ItemOutcome<A, R>> action) {
                        var item = nextOrInterrupted();
                        if (item == null) {
                            atEnd.run();
                            return false;
                        }
                        action.accept(flow.outcome(item));
                        return true;
                    }
                };
        return StreamSupport.stream(items, false).onClose(this::close);
    }

    /// Results that lack some must not look as if they were all.
    private void complete() {
        if (flow.isCutShort()) {
            throw new CancellationException("The batch was cancelled or closed before its input was read to the end: "
                    + progress().read() + " items were read");
        }
    }

    private @Nullable BatchItem<A, R> nextOrInterrupted() {
        try {
            return flow.next();
        } catch (InterruptedException interrupted) {
            cancel();
            Thread.currentThread().interrupt();
            throw new CompletionException(
                    "Interrupted while waiting for the next item: the batch is cancelled", interrupted);
        }
    }

    private void take() {
        if (!taken.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "This run is being consumed already: each run gives one list, stream or future. Call map(…)"
                            + " once more for another");
        }
    }
}
