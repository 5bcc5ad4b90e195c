package dev.caisson.runtime;

import dev.caisson.TaskFuture;
import dev.caisson.TaskProgress;
import dev.caisson.TaskTiming;
import dev.caisson.WorkerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A whole batch as one future. It belongs to no task and no worker: its id is 0.
final class BatchFuture<T extends @Nullable Object> extends ForwardingStage<T> implements TaskFuture<T> {

    private final CallbackFuture<T> result;
    private final Runnable cancel;
    private final Instant submittedAt = Instant.now();
    private volatile @Nullable Instant endedAt;

    private BatchFuture(Runnable cancel, Executor callbacks) {
        this.result = new CallbackFuture<>(callbacks);
        this.cancel = cancel;
    }

    /// Runs the body on the executor.
    static <T extends @Nullable Object> BatchFuture<T> start(Callable<T> body, Runnable cancel, Executor executor) {
        var future = new BatchFuture<T>(cancel, executor);
        executor.execute(() -> {
            try {
                var value = body.call();
                future.endedAt = Instant.now();
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
        endedAt = Instant.now();
        result.completeExceptionally(failure);
    }

    @Override
    CompletableFuture<T> stage() {
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
        var end = endedAt;
        return end == null
                ? TaskTiming.submitted(submittedAt)
                : new TaskTiming(
                        submittedAt,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Duration.between(submittedAt, end)));
    }

    @Override
    public Optional<TaskProgress> progress() {
        return Optional.empty();
    }

    /// Cancels what is on its way, too.
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = result.cancel(mayInterruptIfRunning);
        if (cancelled) {
            cancel.run();
        }
        return cancelled;
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
        return result.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        return result.get(timeout, unit);
    }

    @Override
    public T join() {
        return result.join();
    }
}
