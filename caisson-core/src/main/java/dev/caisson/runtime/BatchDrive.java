package dev.caisson.runtime;

import dev.caisson.BatchProgress;
import dev.caisson.BatchRun;
import dev.caisson.ItemOutcome;
import dev.caisson.Outcome;
import dev.caisson.PoolBrokenException;
import dev.caisson.TaskFuture;
import dev.caisson.protocol.Encoded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A batch that is being worked on, driven by the thread that consumes it.
///
/// ```text
///   input ──read──► BatchWindow ──chunks──► pool ──► window (input's order), or ended (as they end) ──► consumer
///            └─ at most `ahead` items between what was read and what the consumer took ─┘
/// ```
final class BatchDrive<A extends @Nullable Object, R extends @Nullable Object> implements BatchRun<A, R> {

    private final Submitter submitter;
    private final Iterable<A> source;
    private final int chunkSize;
    private final int ahead;
    private final BatchWindow<A, R> window;
    private final AtomicBoolean taken = new AtomicBoolean();

    /// Items in the input's order. Touched by the consumer only, like the next three.
    private final Deque<BatchItem<A, R>> inOrder = new ArrayDeque<>();

    private @Nullable Iterator<A> input;
    private @Nullable RuntimeException inputFailure;
    private long consumed;

    private final BlockingQueue<BatchItem<A, R>> ended = new LinkedBlockingQueue<>();
    private volatile boolean unordered;
    private volatile boolean inputEnded;

    BatchDrive(Submitter submitter, Iterable<A> source, BatchShape shape, Encoded function) {
        this.submitter = submitter;
        this.source = source;
        this.chunkSize = shape.chunkSize();
        this.ahead = shape.ahead(submitter.conductor()::workers);
        this.window = new BatchWindow<>(submitter, function, shape.options(), this::itemEnded);
    }

    @Override
    public List<R> toList() throws ExecutionException, InterruptedException {
        take();
        return collect();
    }

    @Override
    public Stream<R> stream() {
        return results(ordered());
    }

    @Override
    public Stream<R> unordered() {
        return results(asTheyEnd());
    }

    @Override
    public Stream<Outcome<R>> outcomes() {
        return ordered().map(ItemOutcome::outcome);
    }

    @Override
    public Stream<ItemOutcome<A, R>> items() {
        return ordered();
    }

    @Override
    public Stream<ItemOutcome<A, R>> unorderedItems() {
        return asTheyEnd();
    }

    @Override
    public TaskFuture<List<R>> future() {
        take();
        submitter.batches().begin();
        try {
            return BatchFuture.start(this::collectToTheEnd, this::cancel, submitter.callbacks());
        } catch (RuntimeException refusedByExecutor) {
            submitter.batches().end();
            throw refusedByExecutor;
        }
    }

    @Override
    public BatchProgress progress() {
        long succeeded = window.succeeded();
        long failed = window.failed();
        return new BatchProgress(Math.max(window.read(), succeeded + failed), succeeded, failed, inputEnded);
    }

    @Override
    public void cancel() {
        window.cancel();
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
        BatchItem<A, R> firstFailed = null;
        Throwable failure = null;
        try {
            for (var item = next(); item != null; item = next()) {
                switch (window.outcome(item).outcome()) {
                    case Outcome.Success<R>(var value) -> results.add(value);
                    case Outcome.Failure<R>(var error) -> {
                        firstFailed = firstFailed == null ? item : firstFailed;
                        failure = failure == null ? error : failure;
                        inputEnded |= isRefused(error);
                    }
                }
            }
        } catch (InterruptedException | RuntimeException ended) {
            cancel();
            throw ended;
        }
        if (firstFailed != null && firstFailed.cancelled() && failure instanceof CancellationException cancelled) {
            throw cancelled;
        }
        if (failure != null) {
            throw new ExecutionException(failure);
        }
        return results;
    }

    /// The pool takes nothing any more, so reading on could go on for ever.
    private static boolean isRefused(Throwable error) {
        return error instanceof RejectedExecutionException || error instanceof PoolBrokenException;
    }

    private Stream<R> results(Stream<ItemOutcome<A, R>> items) {
        return items.map(item -> item.outcome().orElseThrow());
    }

    private Stream<ItemOutcome<A, R>> ordered() {
        take();
        return stream(Spliterator.ORDERED);
    }

    private Stream<ItemOutcome<A, R>> asTheyEnd() {
        take();
        unordered = true;
        return stream(0);
    }

    private Stream<ItemOutcome<A, R>> stream(int characteristics) {
        var items =
                new Spliterators.AbstractSpliterator<ItemOutcome<A, R>>(
                        Long.MAX_VALUE, characteristics | Spliterator.NONNULL) {
                    @Override
                    public boolean tryAdvance(Consumer<? super ItemOutcome<A, R>> action) {
                        var item = nextOrInterrupted();
                        if (item == null) {
                            return false;
                        }
                        action.accept(window.outcome(item));
                        return true;
                    }
                };
        return StreamSupport.stream(items, false).onClose(this::close);
    }

    private @Nullable BatchItem<A, R> nextOrInterrupted() {
        try {
            return next();
        } catch (InterruptedException interrupted) {
            cancel();
            Thread.currentThread().interrupt();
            throw new CompletionException(
                    "Interrupted while waiting for the next item: the batch is cancelled", interrupted);
        }
    }

    /// The next item that has ended; null after the last.
    private @Nullable BatchItem<A, R> next() throws InterruptedException {
        readAhead();
        if (consumed == window.read()) {
            if (inputFailure != null) {
                throw inputFailure;
            }
            return null;
        }
        BatchItem<A, R> item;
        if (unordered) {
            item = ended.take();
        } else {
            item = inOrder.remove();
            item.await();
        }
        consumed++;
        return item;
    }

    /// Fills the window, in whole chunks: a chunk of what just got free would be a small one.
    private void readAhead() {
        while (!inputEnded && ahead - (window.read() - consumed) >= Math.min(chunkSize, ahead)) {
            var chunk = new ArrayList<A>(Math.min(chunkSize, ahead));
            readInto(chunk, Math.min(chunkSize, ahead));
            if (!chunk.isEmpty()) {
                var items = window.put(chunk);
                if (!unordered) {
                    inOrder.addAll(items);
                }
            }
        }
    }

    private void readInto(List<A> chunk, int most) {
        try {
            if (input == null) {
                input = source.iterator();
            }
            while (chunk.size() < most) {
                if (window.isCancelled() || !input.hasNext()) {
                    inputEnded = true;
                    return;
                }
                chunk.add(input.next());
            }
        } catch (RuntimeException failure) { // the caller's own input: it gets the error back, at its place
            inputFailure = failure;
            inputEnded = true;
        }
    }

    private void itemEnded(BatchItem<A, R> item) {
        if (unordered) {
            ended.add(item);
        }
    }

    private void take() {
        if (!taken.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "This run is being consumed already: each run gives one list, stream or future. Call map(…) once more for another");
        }
    }
}
