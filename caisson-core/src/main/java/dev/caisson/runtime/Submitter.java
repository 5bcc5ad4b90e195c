package dev.caisson.runtime;

import dev.caisson.StartMethod;
import dev.caisson.TaskCodec;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import dev.caisson.codec.TaskEncoding;
import dev.caisson.fleet.Nesting;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.Work;
import dev.caisson.settings.PoolSettings;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The way of tasks into the pool: encodes them on the caller's thread and fills in the pool's defaults. Thread-safe.
public final class Submitter {

    private final Conductor conductor;
    private final PoolSettings settings;
    private final Terms terms;
    private final Clock clock;
    private final OutcomeReader reader;
    private final Executor callbacks;
    private final OpenBatches batches;

    Submitter(Conductor conductor, PoolSettings settings, Clock clock, OutcomeReader reader, Executor callbacks) {
        this.conductor = conductor;
        this.settings = settings;
        this.terms = new Terms(settings);
        this.clock = clock;
        this.reader = reader;
        this.callbacks = callbacks;
        this.batches = new OpenBatches(settings.name());
    }

    public Conductor conductor() {
        return conductor;
    }

    public Clock clock() {
        return clock;
    }

    public OutcomeReader reader() {
        return reader;
    }

    /// Takes nothing new from now on, and closes the pool when the last batch has been read.
    ///
    /// @param limitNanos what is then left of the pool is ended after it
    /// @return whether batches are still being read
    public boolean close(long limitNanos) {
        return batches.close(() -> conductor.close(limitNanos));
    }

    public OpenBatches batches() {
        return batches;
    }

    /// Whether anything new may come in.
    ///
    /// @throws java.util.concurrent.RejectedExecutionException if the pool takes nothing any more
    public void checkTaking() {
        requireTaking();
        conductor.checkTaking();
    }

    public Executor callbacks() {
        return callbacks;
    }

    /// For a pool on this conductor.
    public static Submitter of(Conductor conductor, PoolSettings settings, Clock clock) {
        return new Submitter(
                conductor,
                settings,
                clock,
                OutcomeReader.ofPool(settings),
                settings.hooks().callbacks());
    }

    /// Submits one task: a callable or an action.
    public <T extends @Nullable Object> TaskFuture<T> submitTask(Object task, TaskOptions options) {
        var prepared = this.<T>prepare(task, options);
        conductor.submit(prepared.submission());
        return prepared.future();
    }

    /// As [#submitTask], for callers that may be interrupted while the queue is full.
    public <T extends @Nullable Object> TaskFuture<T> submitOrInterrupt(Object task) throws InterruptedException {
        return this.<T>trySubmit(task, TaskOptions.DEFAULT, Long.MAX_VALUE).orElseThrow();
    }

    /// Submits one task if there is room for it in time.
    public <T extends @Nullable Object> Optional<TaskFuture<T>> trySubmit(
            Object task, TaskOptions options, long waitNanos) throws InterruptedException {
        var prepared = this.<T>prepare(task, options);
        return conductor.submit(prepared.submission(), waitNanos) < 0
                ? Optional.empty()
                : Optional.of(prepared.future());
    }

    private record Prepared<T extends @Nullable Object>(Submission submission, PoolFuture<T> future) {}

    private void requireTaking() {
        if (settings.startMethod() != StartMethod.IN_PROCESS) {
            Nesting.here().requireRoom(settings.name());
        }
        batches.requireTaking();
    }

    private <T extends @Nullable Object> Prepared<T> prepare(Object task, TaskOptions options) {
        requireTaking();
        var itsTerms = terms.ofTask(options);
        var bytes = encode(task, "task");
        var site = new SubmissionSite(options);
        var at = clock.instant();
        var future = new PoolFuture<T>(conductor, reader.of(bytes), site, callbacks, at);
        var submission = new Submission(
                new Work.Call(bytes),
                bytes.size(),
                List.of(future),
                options,
                itsTerms,
                site,
                at,
                clock.nanos(),
                new TreeSet<>());
        return new Prepared<>(submission, future);
    }

    /// Submits items of a batch as one chunk.
    ///
    /// @throws InterruptedException if the caller is interrupted while the queue is full: nothing was submitted
    public Submission submitChunk(
            Encoded function,
            List<Encoded> items,
            List<? extends Submission.Item> waiting,
            TaskOptions options,
            SubmissionSite site)
            throws InterruptedException {
        long bytes = function.size();
        for (var item : items) {
            bytes += item.size();
        }
        var submission = new Submission(
                new Work.Chunk(function, items),
                bytes,
                waiting,
                options,
                terms.ofTask(options),
                site,
                clock.instant(),
                clock.nanos(),
                new TreeSet<>());
        conductor.submit(submission, Long.MAX_VALUE);
        return submission;
    }

    /// Whether items of a batch could have these options.
    ///
    /// @throws IllegalArgumentException if the limits contradict each other, or the pool's, or nobody could be told
    /// what was kept
    public void check(TaskOptions options) {
        var ignored = terms.ofTask(options);
        if (options.outputLimit().isPresent()) {
            throw new IllegalArgumentException(
                    "withOutput() keeps the output of a task that is submitted by itself; a batch"
                            + " has no place to hand over that of its items. Submit them one by one, or take all lines by"
                            + " Builder.output(WorkerOutput)");
        }
    }

    public Encoded encode(@Nullable Object value, String role) {
        return TaskEncoding.encode(value, codec(), role);
    }

    public TaskCodec codec() {
        return settings.codec();
    }
}
