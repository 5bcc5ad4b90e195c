package dev.caisson.batch;

import dev.caisson.BatchProgress;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOutput;
import dev.caisson.TaskProgress;
import dev.caisson.TaskTiming;
import dev.caisson.WorkerInfo;
import dev.caisson.runtime.CallbackFuture;
import dev.caisson.runtime.Clock;
import dev.caisson.runtime.ForwardingStage;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A whole batch as one future. It belongs to no task and no worker: its id is 0.
final class BatchFuture<T extends @Nullable Object> extends ForwardingStage<T> implements TaskFuture<T> {

    private final CallbackFuture<T> result;
    private final Runnable cancel;
    private final Supplier<BatchProgress> progress;
    private final Clock clock;
    private final Instant submittedAt;
    private final long submittedNanos;
    private volatile @Nullable Duration total;

    private BatchFuture(Runnable cancel, Supplier<BatchProgress> progress, Executor callbacks, Clock clock) {
        this.result = new CallbackFuture<>(callbacks);
        this.cancel = cancel;
        this.progress = progress;
        this.clock = clock;
        this.submittedAt = clock.instant();
        this.submittedNanos = clock.nanos();
    }

    /// Runs the body on the executor.
    static <T extends @Nullable Object> BatchFuture<T> start(
            Callable<T> body, Runnable cancel, Supplier<BatchProgress> progress, Executor executor, Clock clock) {
        var future = new BatchFuture<T>(cancel, progress, executor, clock);
        executor.execute(() -> {
            try {
                var value = body.call();
                future.ended();
                future.result.complete(value);
            } catch (ExecutionException failed) {
                future.fail(failed.getCause() == null ? failed : failed.getCause());
            } catch (Throwable failure) { // an input of the user's may throw anything, and the future must end
                future.fail(failure);
            }
        });
        return future;
    }

    private void fail(Throwable failure) {
        ended();
        result.completeExceptionally(failure);
    }

    private void ended() {
        total = Duration.ofNanos(clock.nanos() - submittedNanos);
    }

    @Override
    protected CompletableFuture<T> stage() {
        return result;
    }

    @Override
    public long id() {
        return 0;
    }

    @Override
    public Optional<WorkerInfo> worker() {
        return Optional.empty();
    }

    @Override
    public int attempts() {
        return 1;
    }

    @Override
    public TaskTiming timing() {
        return new TaskTiming(submittedAt, Optional.empty(), Optional.empty(), Optional.ofNullable(total));
    }

    @Override
    public Optional<TaskProgress> progress() {
        return Optional.empty();
    }

    /// A batch has no output of its own.
    @Override
    public Optional<TaskOutput> output() {
        return Optional.empty();
    }

    /// Cancels what is on its way, too.
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        var sofar = progress.get();
        boolean cancelled =
                result.completeExceptionally(new CancellationException("The future of the batch was cancelled: "
                        + sofar.done() + " of " + sofar.read() + " items read had ended"));
        if (cancelled) {
            ended();
            cancel.run();
        }
        return cancelled || isCancelled();
    }

    @Override
    public boolean isCancelled() {
        return result.isCancelled();
    }

    @Override
    public boolean isDone() {
        return result.isDone();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        try {
            return result.get();
        } catch (CancellationException cancelled) {
            throw own(cancelled);
        }
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return result.get(timeout, unit);
        } catch (CancellationException cancelled) {
            throw own(cancelled);
        } catch (TimeoutException tooEarly) {
            var sofar = progress.get();
            throw new TimeoutException("The batch has not ended within " + timeout + " " + unit + ": " + sofar.done()
                    + " of " + sofar.read() + " items read have. It goes on: get it later, or cancel it");
        }
    }

    @Override
    public T join() {
        try {
            return result.join();
        } catch (CancellationException cancelled) {
            throw own(cancelled);
        }
    }

    @Override
    public String toString() {
        return "Batch, " + state().toString().toLowerCase(Locale.ROOT) + ": " + progress.get();
    }

    /// A completable future wraps the reason into one that tells but the method that was called.
    private static CancellationException own(CancellationException thrown) {
        var reason = thrown.getCause() instanceof CancellationException cause ? cause : thrown;
        var own = new CancellationException(reason.getMessage());
        own.initCause(reason);
        return own;
    }
}
