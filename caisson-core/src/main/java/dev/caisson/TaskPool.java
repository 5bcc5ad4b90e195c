package dev.caisson;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Gatherer;
import org.jspecify.annotations.Nullable;

/// An executor whose tasks run in other processes, be they on this machine or on others. Thread-safe.
///
/// Tasks travel, so they must be serializable. A lambda given to a method that takes a [Task], an [Action] or a
/// [TaskFunction] is; the methods inherited from [ExecutorService] take serializable arguments and refuse others. All
/// submitting methods encode the task on the calling thread, block while the queue is full (unbounded by default), and
/// throw
///
/// - [TaskSerializationException] if the task can't travel,
/// - [IllegalArgumentException] if its limits contradict each other,
/// - [PoolBrokenException] if the pool is broken,
/// - [RejectedExecutionException] if the pool is closed, or the caller is interrupted while the queue is full.
///
/// Closing, from gentle to hard: [#shutdown()] takes no more tasks; [#close()] then waits for all there are;
/// [#close(Duration)] waits with a limit; [#terminate()] and [#shutdownNow()] don't wait. None leaves a future open.
public interface TaskPool extends ExecutorService {

    /// Submits a task with the pool's limits.
    ///
    /// @param task what to run
    /// @param <T> type of the result
    /// @return its future
    <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task);

    /// Submits a task.
    ///
    /// @param task what to run
    /// @param options what it asks for
    /// @param <T> type of the result
    /// @return its future
    <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options);

    /// Submits an action with the pool's limits.
    ///
    /// @param action what to run
    /// @return its future, whose result is null
    TaskFuture<@Nullable Void> submit(Action action);

    /// Submits an action.
    ///
    /// @param action what to run
    /// @param options what it asks for
    /// @return its future, whose result is null
    TaskFuture<@Nullable Void> submit(Action action, TaskOptions options);

    /// Submits a callable that is serializable.
    ///
    /// @param task what to run
    /// @param <T> type of the result
    /// @return its future
    @Override
    <T extends @Nullable Object> TaskFuture<T> submit(Callable<T> task);

    /// Submits a callable that is serializable.
    ///
    /// @param task what to run
    /// @param options what it asks for
    /// @param <T> type of the result
    /// @return its future
    <T extends @Nullable Object> TaskFuture<T> submit(Callable<T> task, TaskOptions options);

    /// Submits a runnable that is serializable.
    ///
    /// @param task what to run
    /// @return its future, whose result is null
    @Override
    TaskFuture<?> submit(Runnable task);

    /// Submits a runnable that is serializable. Without this method the options would be taken for a result.
    ///
    /// @param task what to run
    /// @param options what it asks for
    /// @return its future, whose result is null
    TaskFuture<?> submit(Runnable task, TaskOptions options);

    /// Submits a task if there is room for it now. Doesn't block.
    ///
    /// @param task what to run
    /// @param options what it asks for
    /// @param <T> type of the result
    /// @return its future; empty if the queue is full
    <T extends @Nullable Object> Optional<TaskFuture<T>> trySubmit(Task<T> task, TaskOptions options);

    /// Submits a task if there is room for it within a limit. Blocks while the queue is full, up to the limit.
    ///
    /// @param task what to run
    /// @param options what it asks for
    /// @param wait how long to wait for room; zero or less doesn't wait
    /// @param <T> type of the result
    /// @return its future; empty if the queue was full all the time
    /// @throws InterruptedException if the caller is interrupted while it waits; the task is then not submitted
    <T extends @Nullable Object> Optional<TaskFuture<T>> trySubmit(Task<T> task, TaskOptions options, Duration wait)
            throws InterruptedException;

    /// Runs an action that nobody waits for; if it fails, that is logged.
    ///
    /// @param action what to run
    void execute(Action action);

    /// Runs a task and waits for it.
    ///
    /// @param task what to run
    /// @param <T> type of the result
    /// @return what it returned
    /// @throws ExecutionException with what the task threw, or what ended it, as its cause
    /// @throws InterruptedException if the caller is interrupted; the task is then cancelled
    <T extends @Nullable Object> T call(Task<T> task) throws ExecutionException, InterruptedException;

    /// Applies a function to each item and waits for all.
    ///
    /// @param function what to apply
    /// @param items inputs, read lazily
    /// @param <A> type of an item
    /// @param <R> type of a result
    /// @return the results, in the order of the items
    /// @throws ExecutionException with the error of the first failed item as its cause, after all have ended
    /// @throws InterruptedException if the caller is interrupted; what still runs is then cancelled
    <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
            TaskFunction<? super A, ? extends R> function, Iterable<? extends A> items)
            throws ExecutionException, InterruptedException;

    /// Prepares many inputs for a function; nothing is read before [Batch#map(TaskFunction)].
    ///
    /// @param items inputs, read lazily by one thread at a time
    /// @param <A> type of an item
    /// @return a batch with the defaults
    <A extends @Nullable Object> Batch<A> batch(Iterable<A> items);

    /// Prepares pairs of inputs for a function of two arguments; the shorter input ends the batch.
    ///
    /// @param first first arguments, read lazily
    /// @param second second arguments, read lazily
    /// @param <A> type of a first argument
    /// @param <B> type of a second argument
    /// @return a batch with the defaults
    <A extends @Nullable Object, B extends @Nullable Object> BiBatch<A, B> batch(Iterable<A> first, Iterable<B> second);

    /// A step of a stream that runs in the pool: `stream.gather(pool.mapping(function))`.
    ///
    /// Keeps the order, reads ahead by a bounded number of elements, and cancels what still runs when the stream ends
    /// early. At a failed element the stream throws [java.util.concurrent.CompletionException] with its error as cause.
    ///
    /// @param function what to apply
    /// @param <A> type of an element
    /// @param <R> type of a result
    /// @return the gatherer
    <A extends @Nullable Object, R extends @Nullable Object> Gatherer<A, ?, R> mapping(
            TaskFunction<? super A, ? extends R> function);

    /// Takes no more tasks, waits for those there are, and at the limit ends what is left as [#terminate()] does.
    ///
    /// Blocks for the limit and the killing of workers. An interrupt ends the wait as the limit does, and stays noted
    /// in the thread's flag.
    ///
    /// @param limit how long to wait, zero or more; tasks get no grace after it
    /// @throws IllegalArgumentException if the limit is negative
    void close(Duration limit);

    /// Ends the pool now: workers are killed; futures of queued and running tasks end cancelled. Doesn't block.
    void terminate();

    /// The workers, the queue and the counters at this moment. Doesn't block.
    ///
    /// @return a value whose parts agree with each other
    PoolSnapshot snapshot();
}
