package dev.caisson.pool;

import dev.caisson.TaskFuture;
import dev.caisson.TaskOutput;
import dev.caisson.TaskProgress;
import dev.caisson.TaskTiming;
import dev.caisson.WorkerInfo;
import dev.caisson.runtime.ForwardingStage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A task's future that gives a value of the caller's instead of the task's: `submit(runnable, result)`.
final class SubstituteFuture<T extends @Nullable Object> extends ForwardingStage<T> implements TaskFuture<T> {

    private final TaskFuture<? extends @Nullable Object> task;
    private final T value;

    SubstituteFuture(TaskFuture<? extends @Nullable Object> task, T value) {
        this.task = task;
        this.value = value;
    }

    @Override
    protected CompletableFuture<T> stage() {
        return task.thenApply(ignored -> value).toCompletableFuture();
    }

    @Override
    public long id() {
        return task.id();
    }

    @Override
    public Optional<WorkerInfo> worker() {
        return task.worker();
    }

    @Override
    public int attempts() {
        return task.attempts();
    }

    @Override
    public TaskTiming timing() {
        return task.timing();
    }

    @Override
    public Optional<TaskProgress> progress() {
        return task.progress();
    }

    @Override
    public Optional<TaskOutput> output() {
        return task.output();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return task.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean isCancelled() {
        return task.isCancelled();
    }

    @Override
    public boolean isDone() {
        return task.isDone();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        var ignored = task.get();
        return value;
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        var ignored = task.get(timeout, unit);
        return value;
    }

    @Override
    public T join() {
        var ignored = task.join();
        return value;
    }
}
