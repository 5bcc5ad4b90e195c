package dev.caisson.runtime;

import dev.caisson.CaissonException;
import dev.caisson.ItemOutcome;
import dev.caisson.TaskOptions;
import dev.caisson.TaskTiming;
import dev.caisson.protocol.Encoded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The items of a batch that are on their way. Items are put in by one thread; everything else may be called by any.
final class BatchWindow<A extends @Nullable Object, R extends @Nullable Object> {

    private final Submitter submitter;
    private final Encoded function;
    private final TaskOptions options;
    private final Consumer<BatchItem<A, R>> onEnd;
    private final SubmissionSite site = new SubmissionSite();
    private final Set<BatchItem<A, R>> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong succeeded = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile long read;
    private volatile boolean cancelled;

    /// @param onEnd told of each item that has ended, on a thread that must not wait
    BatchWindow(Submitter submitter, Encoded function, TaskOptions options, Consumer<BatchItem<A, R>> onEnd) {
        this.submitter = submitter;
        this.function = function;
        this.options = options;
        this.onEnd = onEnd;
    }

    /// Submits inputs as one chunk. An input that can't be sent has ended at once, and the others go without it.
    ///
    /// @return the items, in the inputs' order
    @SuppressWarnings("NullAway") // an input may be null if A says so, which is not seen in `new BatchItem<A, R>`
    List<BatchItem<A, R>> put(List<A> inputs) {
        var items = new ArrayList<BatchItem<A, R>>(inputs.size());
        var travelling = new ArrayList<BatchItem<A, R>>(inputs.size());
        var bytes = new ArrayList<Encoded>(inputs.size());
        long next = read;
        for (var input : inputs) {
            var item = new BatchItem<A, R>(next++, input, this::ended);
            open.add(item);
            items.add(item);
            try {
                item.sent = submitter.encode(input, "item " + item.index);
                bytes.add(item.sent);
                travelling.add(item);
            } catch (CaissonException refused) {
                refuse(item, refused);
            }
        }
        read = next;
        if (!travelling.isEmpty()) {
            submit(travelling, bytes);
        }
        return items;
    }

    ItemOutcome<A, R> outcome(BatchItem<A, R> item) {
        return item.outcome(submitter.reader().of(function, item.sent), site);
    }

    long read() {
        return read;
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

    /// Ends what is on its way; nothing is to be put in after this.
    void cancel() {
        cancelled = true;
        Set<Submission> submissions = Collections.newSetFromMap(new IdentityHashMap<>());
        for (var item : open) {
            var submission = item.submission;
            if (submission != null && submissions.add(submission)) {
                submitter.conductor().cancelAll(submission);
            }
        }
    }

    private void submit(List<BatchItem<A, R>> items, List<Encoded> bytes) {
        try {
            var submission = submitter.submitChunk(function, bytes, items, options, site);
            items.forEach(item -> item.submission = submission);
            if (cancelled) {
                submitter.conductor().cancelAll(submission);
            }
        } catch (RejectedExecutionException | CaissonException refused) {
            items.forEach(item -> refuse(item, refused));
        }
    }

    private static void refuse(BatchItem<?, ?> item, Throwable reason) {
        item.refuse(reason, TaskTiming.submitted(Instant.now()));
    }

    private void ended(BatchItem<A, R> item) {
        open.remove(item);
        (item.succeeded() ? succeeded : failed).incrementAndGet();
        onEnd.accept(item);
    }
}
