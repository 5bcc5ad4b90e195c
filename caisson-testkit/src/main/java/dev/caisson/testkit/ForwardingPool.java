package dev.caisson.testkit;

import dev.caisson.Action;
import dev.caisson.Batch;
import dev.caisson.BiBatch;
import dev.caisson.PoolSnapshot;
import dev.caisson.ProcessPool;
import dev.caisson.Task;
import dev.caisson.TaskFunction;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Gatherer;
import org.jspecify.annotations.Nullable;

/// Hands all calls, but those to close it, on to another pool.
abstract sealed class ForwardingPool implements ProcessPool permits SimulatedPool {

    /// Asked at each call, on the caller's thread.
    abstract ProcessPool pool();

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task) {
        return pool().submit(task);
    }

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
        return pool().submit(task, options);
    }

    @Override
    public TaskFuture<@Nullable Void> submit(Action action) {
        return pool().submit(action);
    }

    @Override
    public TaskFuture<@Nullable Void> submit(Action action, TaskOptions options) {
        return pool().submit(action, options);
    }

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Callable<T> task) {
        return pool().submit(task);
    }

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Callable<T> task, TaskOptions options) {
        return pool().submit(task, options);
    }

    @Override
    public TaskFuture<?> submit(Runnable task) {
        return pool().submit(task);
    }

    @Override
    public TaskFuture<?> submit(Runnable task, TaskOptions options) {
        return pool().submit(task, options);
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
        return pool().submit(task, result);
    }

    @Override
    public <T extends @Nullable Object> Optional<TaskFuture<T>> trySubmit(Task<T> task, TaskOptions options) {
        return pool().trySubmit(task, options);
    }

    @Override
    public <T extends @Nullable Object> Optional<TaskFuture<T>> trySubmit(
            Task<T> task, TaskOptions options, Duration wait) throws InterruptedException {
        return pool().trySubmit(task, options, wait);
    }

    @Override
    public void execute(Action action) {
        pool().execute(action);
    }

    @Override
    public void execute(Runnable task) {
        pool().execute(task);
    }

    @Override
    public <T extends @Nullable Object> T call(Task<T> task) throws ExecutionException, InterruptedException {
        return pool().call(task);
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
            TaskFunction<? super A, ? extends R> function, Iterable<? extends A> items)
            throws ExecutionException, InterruptedException {
        return pool().map(function, items);
    }

    @Override
    public <A extends @Nullable Object> Batch<A> batch(Iterable<A> items) {
        return pool().batch(items);
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object> BiBatch<A, B> batch(
            Iterable<A> first, Iterable<B> second) {
        return pool().batch(first, second);
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> Gatherer<A, ?, R> mapping(
            TaskFunction<? super A, ? extends R> function) {
        return pool().mapping(function);
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
            throws InterruptedException {
        return pool().invokeAll(tasks);
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        return pool().invokeAll(tasks, timeout, unit);
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        return pool().invokeAny(tasks);
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return pool().invokeAny(tasks, timeout, unit);
    }

    @Override
    public void resize(int workers) {
        pool().resize(workers);
    }

    @Override
    public void grow(int by) {
        pool().grow(by);
    }

    @Override
    public void shrink(int by) {
        pool().shrink(by);
    }

    @Override
    public void restartWorkers() {
        pool().restartWorkers();
    }

    @Override
    public boolean terminateWorker(long pid) {
        return pool().terminateWorker(pid);
    }

    @Override
    public PoolSnapshot snapshot() {
        return pool().snapshot();
    }

    @Override
    public void shutdown() {
        pool().shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return pool().shutdownNow();
    }

    @Override
    public void terminate() {
        pool().terminate();
    }

    @Override
    public boolean isShutdown() {
        return pool().isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return pool().isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return pool().awaitTermination(timeout, unit);
    }
}
