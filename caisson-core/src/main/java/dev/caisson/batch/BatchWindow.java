package dev.caisson.batch;

import dev.caisson.CaissonException;
import dev.caisson.ItemOutcome;
import dev.caisson.TaskOptions;
import dev.caisson.protocol.Encoded;
import dev.caisson.runtime.Settlement;
import dev.caisson.runtime.SubmissionSite;
import dev.caisson.runtime.Submitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The items of a batch that are on their way. Items are put in by one thread; everything else may be called by any.
final class BatchWindow<A extends @Nullable Object, R extends @Nullable Object> implements BatchItem.Account<A, R> {

    /// A chunk whose size follows its items' time is not to be a burden by their size either.
    private static final long CHUNK_BYTES = 64 * 1024;

    private final Submitter submitter;
    private final Encoded function;
    private final TaskOptions options;
    private final ChunkSizing sizing;
    private final Consumer<BatchItem<A, R>> onReady;
    private final SubmissionSite site;
    private final Set<BatchChunk<A, R>> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger openCount = new AtomicInteger();
    private final AtomicLong succeeded = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean cancelled;

    /// Touched by who puts in.
    private long next;

    /// @param onReady told of each item that has ended, on a thread that must not wait
    BatchWindow(
            Submitter submitter,
            Encoded function,
            TaskOptions options,
            ChunkSizing sizing,
            Consumer<BatchItem<A, R>> onReady) {
        this.submitter = submitter;
        this.function = function;
        this.options = options;
        this.site = new SubmissionSite(options);
        this.sizing = sizing;
        this.onReady = onReady;
    }

    /// Submits inputs as one chunk, or as several if they are large. An input that can't be sent has ended at once, and
    /// the others go without it.
    ///
    /// @return the items, in the inputs' order
    /// @throws InterruptedException if the caller is interrupted while the queue is full: the batch is to be cancelled
    @SuppressWarnings("NullAway") // an input may be null if A says so, which is not seen in `new BatchItem<A, R>`
    List<BatchItem<A, R>> put(List<A> inputs) throws InterruptedException {
        var items = new ArrayList<BatchItem<A, R>>(inputs.size());
        var chunk = new BatchChunk<A, R>();
        for (var input : inputs) {
            var item = new BatchItem<A, R>(next++, input, this);
            items.add(item);
            if (cancelled) {
                refuse(item, cancelledBefore(item.index));
                continue;
            }
            try {
                item.sent = submitter.encode(input, "item " + item.index);
                chunk.add(item);
            } catch (CaissonException refused) {
                refuse(item, refused);
            }
            if (!sizing.isFixed() && chunk.bytes() >= CHUNK_BYTES) {
                submit(chunk);
                chunk = new BatchChunk<>();
            }
        }
        submit(chunk);
        return items;
    }

    ItemOutcome<A, R> outcome(BatchItem<A, R> item) {
        return item.outcome(submitter.reader().of(function, item.sent), site);
    }

    /// How many chunks are on their way.
    int openChunks() {
        return openCount.get();
    }

    long succeeded() {
        return succeeded.get();
    }

    long failed() {
        return failed.get();
    }

    boolean isCancelled() {
        return cancelled;
    }

    /// Ends what is on its way; what is put in after this ends at once.
    void cancel() {
        cancelled = true;
        for (var chunk : open) {
            cancel(chunk);
        }
    }

    private void cancel(BatchChunk<A, R> chunk) {
        var submission = chunk.submission;
        if (submission != null) {
            submitter.conductor().cancelAll(submission);
        }
    }

    private void submit(BatchChunk<A, R> chunk) throws InterruptedException {
        if (chunk.isEmpty()) {
            return;
        }
        openCount.incrementAndGet();
        open.add(chunk);
        try {
            chunk.submission = submitter.submitChunk(function, chunk.encoded(), chunk.items(), options, site);
        } catch (RejectedExecutionException | CaissonException refused) {
            chunk.items().forEach(item -> refuse(item, refused));
        } catch (InterruptedException interrupted) {
            chunk.items().forEach(item -> refuse(item, cancelledBefore(item.index)));
            throw interrupted;
        }
        if (cancelled) {
            cancel(chunk);
        }
    }

    private void refuse(BatchItem<A, R> item, Throwable reason) {
        item.settle(Settlement.unsubmitted(reason, submitter.clock().instant()));
    }

    private static CancellationException cancelledBefore(long index) {
        return new CancellationException(
                "Item " + index
                        + " was read but not submitted any more: its batch was cancelled or closed, or its consumer interrupted");
    }

    @Override
    public void count(BatchItem<A, R> item, Settlement settlement) {
        (settlement.isSuccess() ? succeeded : failed).incrementAndGet();
        var ran = settlement.timing().running();
        if (ran.isPresent()) {
            sizing.itemRan(ran.get().toNanos());
        }
    }

    @Override
    public void ready(BatchItem<A, R> item) {
        var chunk = item.chunk;
        if (chunk != null && chunk.itemEnded()) {
            open.remove(chunk);
            openCount.decrementAndGet();
        }
        onReady.accept(item);
    }
}
