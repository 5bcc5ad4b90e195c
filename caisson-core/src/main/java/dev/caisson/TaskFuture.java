package dev.caisson;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// A task given to a pool, and what will come of it. Thread-safe.
///
/// It always completes, exactly once, within a second of its task's end, whatever that end is: with the result; with
/// what the task threw, as the cause of an [java.util.concurrent.ExecutionException]; with a [CaissonException] as that
/// cause when the pool or a limit ended it; or cancelled. Nobody can complete it from outside: [#toCompletableFuture()]
/// gives a copy, of which more below. Stages that depend on it run on the pool's callback executor. The result is
/// decoded by the thread that first looks at it.
///
/// Cancelling: `cancel(false)` returns true only if the task will certainly not begin. `cancel(true)` also ends a
/// running task: the future is done at once, the worker's thread is interrupted, and the worker is killed if the task
/// doesn't end within the pool's `killGrace`. Being interrupted in `get` does not cancel the task.
///
/// The copy that [#toCompletableFuture()] gives hands on that its owner wants no result any more: cancelling it cancels
/// the task, as the same call here would; so does a time-out set on it by `orTimeout` or `completeOnTimeout`, as
/// `cancel(true)`. This bounds how long a caller waits, and frees the worker:
///
/// ```java
/// pool.submit(() -> Parser.parse(file)).toCompletableFuture().orTimeout(5, TimeUnit.SECONDS)
/// ```
///
/// A [TaskOptions#withTotalTimeLimit(Duration)] does so too, and its error shows where the task hung. Stages that
/// depend on the copy, and its own `copy()`, leave the task alone, as `thenApply` and the like here do.
///
/// @param <T> type of the result
public interface TaskFuture<T extends @Nullable Object> extends Future<T>, CompletionStage<T> {

    /// The number of this task, as events and messages name it.
    ///
    /// @return a number unique within the pool
    long id();

    /// The worker that runs or ran the task; after a retry, the last one.
    ///
    /// @return the worker, or empty if the task has not begun
    Optional<WorkerInfo> worker();

    /// How often the task was begun.
    ///
    /// @return 0 before it first begins; more than 1 only with [TaskOptions#withRetries(int)]
    int attempts();

    /// When the task was submitted, and how long the parts that are over took.
    ///
    /// @return a value of this moment
    TaskTiming timing();

    /// What the task last said of its progress.
    ///
    /// @return the progress, or empty if the task said nothing
    Optional<TaskProgress> progress();

    /// What the task printed, if it was submitted with [TaskOptions#withOutput()]: all of it when this future is done,
    /// whether the task returned, threw or was killed; of a cancelled task that still runs, what it printed so far;
    /// after a retry, what the last attempt printed.
    ///
    /// @return empty before this future is done; if the task was submitted without that option or never began; and if
    ///     workers are threads of this JVM ([StartMethod#IN_PROCESS]), which print to its own streams
    Optional<TaskOutput> output();

    /// Waits for the result, without checked exceptions; interrupts don't end the wait.
    ///
    /// @return the result
    /// @throws java.util.concurrent.CompletionException with what the task threw, or what ended it, as its cause
    /// @throws java.util.concurrent.CancellationException if the task was cancelled
    T join();
}
