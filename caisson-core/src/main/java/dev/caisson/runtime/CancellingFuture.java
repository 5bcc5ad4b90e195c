package dev.caisson.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A copy of a task's stage that cancels the task when it is cancelled, or when a time that was set on it is over:
/// whoever does that wants no result any more, and the task would hold its worker for nobody. Thread-safe.
///
/// Completing it by hand does nothing to the task. Nor does anything that is done to its dependents or copies.
@SuppressWarnings("NullAway") // CompletableFuture declares nothing about null; what is passed on is what was passed in
final class CancellingFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private final Future<?> task;
    private final Executor callbacks;

    /// Set by [#completeOnTimeout], whose timer completes this as anybody else may.
    private volatile boolean hasFallback;

    private volatile @Nullable Object fallback;

    private CancellingFuture(Future<?> task, Executor callbacks) {
        this.task = task;
        this.callbacks = callbacks;
    }

    /// @param stage what it is a copy of
    /// @param task what is cancelled
    static <T extends @Nullable Object> CompletableFuture<T> of(CompletableFuture<T> stage, Future<?> task) {
        var copy = new CancellingFuture<T>(task, stage.defaultExecutor());
        CompletionStage<T> ignored = stage.whenComplete(copy::end);
        return copy;
    }

    /// As [CompletableFuture#copy()] would.
    private void end(T value, @Nullable Throwable error) {
        if (error == null) {
            super.complete(value);
        } else {
            super.completeExceptionally(error instanceof CompletionException ? error : new CompletionException(error));
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean wasDone = isDone();
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (!wasDone && cancelled) {
            task.cancel(mayInterruptIfRunning);
        }
        return cancelled;
    }

    /// Called by the timer of [#orTimeout], too.
    @Override
    public boolean completeExceptionally(Throwable error) {
        boolean completed = super.completeExceptionally(error);
        if (completed && error instanceof TimeoutException) {
            task.cancel(true);
        }
        return completed;
    }

    @Override
    public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
        fallback = value;
        hasFallback = true;
        return super.completeOnTimeout(value, timeout, unit);
    }

    /// Called by the timer of [#completeOnTimeout], too.
    @Override
    @SuppressWarnings("ReferenceEquality") // the timer has this very object
    public boolean complete(T value) {
        boolean completed = super.complete(value);
        if (completed && hasFallback && value == fallback) {
            task.cancel(true);
        }
        return completed;
    }

    @Override
    public Executor defaultExecutor() {
        return callbacks;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CallbackFuture<>(callbacks);
    }
}
