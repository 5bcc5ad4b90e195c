package dev.caisson.runtime;

import dev.caisson.Outcome;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOutput;
import dev.caisson.TaskProgress;
import dev.caisson.TaskTiming;
import dev.caisson.WorkerInfo;
import dev.caisson.process.LightThread;
import dev.caisson.process.OutputCapture;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The caller's end of one task. Thread-safe.
///
/// It is settled with bytes, on a thread of the pool that runs no code of the user; whoever looks first decodes them.
final class PoolFuture<T extends @Nullable Object> extends ForwardingStage<T>
        implements TaskFuture<T>, Submission.Item {

    /// Of a worker that is stopped, or whose output another process holds up.
    private static final long OUTPUT_LIMIT_MILLIS = 500;

    private final Conductor conductor;
    private final OutcomeReader reader;
    private final SubmissionSite site;
    private final Executor callbacks;
    private final Instant submittedAt;
    private final CompletableFuture<Settlement> settled = new CompletableFuture<>();
    private final FutureTask<Outcome<T>> decoding = new FutureTask<>(this::decode);
    private volatile long task;
    private volatile @Nullable TaskProgress progress;

    /// Made when the first dependent stage is. Guarded by this.
    private @Nullable CompletableFuture<T> stage;

    PoolFuture(
            Conductor conductor, OutcomeReader reader, SubmissionSite site, Executor callbacks, Instant submittedAt) {
        this.conductor = conductor;
        this.reader = reader;
        this.site = site;
        this.callbacks = callbacks;
        this.submittedAt = submittedAt;
    }

    @Override
    public void submitted(long task) {
        this.task = task;
    }

    @Override
    public void settle(Settlement settlement) {
        var output = settlement.output();
        if (output == null || settlement.isCancelled() || output.complete().isDone()) {
            settled.complete(settlement);
            return;
        }
        // The result may have come before the last of the output, which is on its way by another pipe.
        var ignored = output.complete()
                .copy()
                .completeOnTimeout(null, OUTPUT_LIMIT_MILLIS, TimeUnit.MILLISECONDS)
                .thenRun(() -> settled.complete(settlement));
    }

    @Override
    public Optional<TaskOutput> output() {
        var settlement = settlement();
        return settlement == null
                ? Optional.empty()
                : Optional.ofNullable(settlement.output()).map(OutputCapture::output);
    }

    @Override
    public void progressed(double fraction, String note) {
        progress = new TaskProgress(fraction, note);
    }

    @Override
    public long id() {
        return task;
    }

    @Override
    public Optional<WorkerInfo> worker() {
        var settlement = settlement();
        return settlement == null ? conductor.whoRuns(task) : settlement.worker();
    }

    @Override
    public int attempts() {
        var settlement = settlement();
        return settlement == null ? conductor.attempt(task) : settlement.attempt();
    }

    @Override
    public TaskTiming timing() {
        var settlement = settlement();
        return settlement == null ? TaskTiming.submitted(submittedAt) : settlement.timing();
    }

    @Override
    public Optional<TaskProgress> progress() {
        return Optional.ofNullable(progress);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return conductor.cancel(task, mayInterruptIfRunning) || isCancelled();
    }

    @Override
    public boolean isDone() {
        return settled.isDone();
    }

    @Override
    public boolean isCancelled() {
        var settlement = settlement();
        return settlement != null && settlement.error() instanceof CancellationException;
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        try {
            var ignored = settled.get();
            return value(outcome(Long.MAX_VALUE));
        } catch (TimeoutException centuries) {
            throw new AssertionError(centuries);
        }
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        long begin = System.nanoTime();
        try {
            var ignored = settled.get(timeout, unit);
        } catch (TimeoutException tooEarly) {
            throw new TimeoutException("Task " + task + " has not ended within " + timeout + " " + unit
                    + ". It goes on: get it later, or cancel it");
        }
        try {
            return value(outcome(unit.toNanos(timeout) - (System.nanoTime() - begin)));
        } catch (TimeoutException tooSlow) {
            throw new TimeoutException("Task " + task + " has ended, but another thread has not decoded its result"
                    + " within " + timeout + " " + unit + ": its readObject takes long, or for ever");
        }
    }

    @Override
    public T join() {
        var ignored = settled.join();
        return switch (outcome()) {
            case Outcome.Success<T>(var value) -> value;
            case Outcome.Failure<T>(CancellationException cancelled) when isCancelled() -> throw copy(cancelled);
            case Outcome.Failure<T>(var error) -> throw new CompletionException(error);
        };
    }

    @Override
    public T resultNow() {
        return switch (outcomeNow()) {
            case Outcome.Success<T>(var value) -> value;
            case Outcome.Failure<T>(var error) ->
                throw new IllegalStateException("Task " + task + " has no result, but failed: " + error, error);
        };
    }

    @Override
    public Throwable exceptionNow() {
        if (outcomeNow() instanceof Outcome.Failure<T>(var error) && !isCancelled()) {
            return error;
        }
        throw new IllegalStateException("Task " + task + " did not fail: " + this);
    }

    @Override
    public State state() {
        if (!settled.isDone()) {
            return State.RUNNING;
        }
        if (isCancelled()) {
            return State.CANCELLED;
        }
        return outcome().isSuccess() ? State.SUCCESS : State.FAILED;
    }

    @Override
    public String toString() {
        var settlement = settlement();
        if (settlement == null) {
            return "Task " + task + ", not ended";
        }
        var error = settlement.error() == null ? "" : ": " + settlement.error();
        return "Task " + task + ", " + settlement.ending() + error;
    }

    @Override
    protected CompletableFuture<T> stage() {
        CompletableFuture<T> made;
        synchronized (this) {
            if (stage != null) {
                return stage;
            }
            made = new CallbackFuture<>(callbacks);
            stage = made;
        }
        var ignored = settled.thenRun(() -> execute(() -> complete(made)));
        return made;
    }

    private void complete(CompletableFuture<T> made) {
        switch (outcome()) {
            case Outcome.Success<T>(var value) -> made.complete(value);
            // Wrapped, what the task itself threw does not pass for a cancel.
            case Outcome.Failure<T>(CancellationException thrown)
            when !isCancelled() -> made.completeExceptionally(new CompletionException(thrown));
            case Outcome.Failure<T>(var error) -> made.completeExceptionally(error);
        }
    }

    /// An executor that refuses, or has no threads, must not leave a stage without its end.
    private void execute(Runnable callback) {
        try {
            callbacks.execute(callback);
        } catch (RuntimeException | LinkageError | OutOfMemoryError refused) {
            LightThread.startOrRun(callback);
        }
    }

    private T value(Outcome<T> outcome) throws ExecutionException {
        return switch (outcome) {
            case Outcome.Success<T>(var value) -> value;
            case Outcome.Failure<T>(CancellationException cancelled) when isCancelled() -> throw copy(cancelled);
            case Outcome.Failure<T>(var error) -> throw new ExecutionException(error);
        };
    }

    /// Each caller gets an exception with its own stack.
    private static CancellationException copy(CancellationException cancelled) {
        return new CancellationException(cancelled.getMessage());
    }

    private Outcome<T> outcomeNow() {
        if (!settled.isDone()) {
            throw new IllegalStateException("Task " + task + " has not ended: wait for it with get() or join()");
        }
        return outcome();
    }

    private Outcome<T> outcome() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return outcome(Long.MAX_VALUE);
                } catch (InterruptedException later) {
                    interrupted = true;
                } catch (TimeoutException centuries) {
                    throw new AssertionError(centuries);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Decodes once: the first thread that looks does it, others wait for it so long.
    private Outcome<T> outcome(long limitNanos) throws InterruptedException, TimeoutException {
        decoding.run();
        try {
            return decoding.get(limitNanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException impossible) {
            return new Outcome.Failure<>(impossible.getCause() == null ? impossible : impossible.getCause());
        }
    }

    private Outcome<T> decode() {
        return reader.read(settled.join(), site);
    }

    private @Nullable Settlement settlement() {
        return settled.getNow(null);
    }
}
