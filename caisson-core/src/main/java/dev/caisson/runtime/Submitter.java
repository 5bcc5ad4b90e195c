package dev.caisson.runtime;

import dev.caisson.RetryCause;
import dev.caisson.StartMethod;
import dev.caisson.TaskCodec;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import dev.caisson.codec.TaskEncoding;
import dev.caisson.engine.RetryTerms;
import dev.caisson.engine.TaskTerms;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The way of tasks into the pool: encodes them on the caller's thread and fills in the pool's defaults. Thread-safe.
final class Submitter {

    private final Conductor conductor;
    private final PoolSettings settings;
    private final Clock clock;
    private final OutcomeReader reader;
    private final Executor callbacks;
    private final OpenBatches batches;

    Submitter(Conductor conductor, PoolSettings settings, Clock clock, OutcomeReader reader, Executor callbacks) {
        this.conductor = conductor;
        this.settings = settings;
        this.clock = clock;
        this.reader = reader;
        this.callbacks = callbacks;
        this.batches = new OpenBatches(settings.name());
    }

    Conductor conductor() {
        return conductor;
    }

    Clock clock() {
        return clock;
    }

    OutcomeReader reader() {
        return reader;
    }

    OpenBatches batches() {
        return batches;
    }

    /// Whether anything new may come in.
    ///
    /// @throws java.util.concurrent.RejectedExecutionException if the pool takes nothing any more
    void checkTaking() {
        requireTaking();
        conductor.checkTaking();
    }

    Executor callbacks() {
        return callbacks;
    }

    /// For a pool on this conductor.
    static Submitter of(Conductor conductor, PoolSettings settings, Clock clock) {
        return new Submitter(
                conductor,
                settings,
                clock,
                OutcomeReader.ofPool(settings),
                settings.hooks().callbacks());
    }

    /// Submits one task: a callable or an action.
    <T extends @Nullable Object> PoolFuture<T> submitTask(Object task, TaskOptions options) {
        var prepared = this.<T>prepare(task, options);
        conductor.submit(prepared.submission());
        return prepared.future();
    }

    /// Submits one task if there is room for it in time.
    <T extends @Nullable Object> Optional<TaskFuture<T>> trySubmit(Object task, TaskOptions options, long waitNanos)
            throws InterruptedException {
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
        var terms = terms(options);
        var bytes = encode(task, "task");
        var site = new SubmissionSite(options);
        var at = clock.instant();
        var future = new PoolFuture<T>(conductor, reader.of(bytes), site, callbacks, at);
        var submission = new Submission(
                new Work.Call(bytes),
                bytes.size(),
                List.of(future),
                options,
                terms,
                site,
                at,
                clock.nanos(),
                new TreeSet<>());
        return new Prepared<>(submission, future);
    }

    /// Submits items of a batch as one chunk.
    Submission submitChunk(
            Encoded function,
            List<Encoded> items,
            List<? extends Submission.Item> waiting,
            TaskOptions options,
            SubmissionSite site) {
        long bytes = function.size();
        for (var item : items) {
            bytes += item.size();
        }
        var submission = new Submission(
                new Work.Chunk(function, items),
                bytes,
                waiting,
                options,
                terms(options),
                site,
                clock.instant(),
                clock.nanos(),
                new TreeSet<>());
        conductor.submit(submission);
        return submission;
    }

    Encoded encode(@Nullable Object value, String role) {
        return TaskEncoding.encode(value, codec(), role);
    }

    TaskCodec codec() {
        return settings.codec();
    }

    /// The limits of a task: its own, else the pool's.
    ///
    /// @throws IllegalArgumentException if the limits contradict each other
    TaskTerms terms(TaskOptions options) {
        long soft = nanos(options.softTimeLimit(), settings.softTimeLimit());
        long hard = nanos(options.timeLimit(), settings.timeLimit());
        if (soft != 0 && hard != 0 && soft >= hard) {
            throw new IllegalArgumentException("The softTimeLimit of " + Diagnosis.seconds(Duration.ofNanos(soft))
                    + " must be shorter than the timeLimit of " + Diagnosis.seconds(Duration.ofNanos(hard))
                    + ": the soft one interrupts the task, the hard one kills its worker");
        }
        long queue = nanos(options.queueTimeLimit(), settings.queueTimeLimit());
        long total = nanos(options.totalTimeLimit(), Optional.empty());
        return new TaskTerms(options.priority(), queue, soft, hard, total, retryTerms(options));
    }

    private static RetryTerms retryTerms(TaskOptions options) {
        long first = PoolSettings.nanos(options.retryBackoff());
        return new RetryTerms(
                options.retries(),
                options.retryCauses().contains(RetryCause.CRASH),
                options.retryCauses().contains(RetryCause.TIMEOUT),
                first,
                Math.max(first, PoolSettings.nanos(TaskOptions.LONGEST_BACKOFF)));
    }

    /// Zero for no limit. A limit of centuries is as good as the longest that a long can hold.
    private static long nanos(Optional<Duration> own, Optional<Duration> pools) {
        return own.or(() -> pools).map(PoolSettings::nanos).orElse(0L);
    }
}
