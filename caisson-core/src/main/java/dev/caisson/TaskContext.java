package dev.caisson;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// What a task can ask and tell about itself while it runs: `TaskContext.current()`. In the initializer and the
/// finalizer of a worker it answers as well, for a task of the number 0 that has neither limits nor a label.
///
/// It is bound to the thread that runs the task. Other threads of the task don't find it by themselves, but may use it
/// if they are given it: it is thread-safe. After the task has ended its answers mean nothing.
public final class TaskContext {

    // A plain ThreadLocal: a ScopedValue costs class loading that a young worker feels.
    private static final ThreadLocal<@Nullable TaskContext> BOUND = new ThreadLocal<>();

    /// What surrounds the tasks of this worker.
    private static volatile @Nullable AroundTask around;

    private final Host host;

    private TaskContext(Host host) {
        this.host = host;
    }

    /// The context of the task that the calling thread runs.
    ///
    /// @return the context
    /// @throws IllegalStateException if the calling thread runs no task
    public static TaskContext current() {
        var context = BOUND.get();
        if (context == null) {
            throw new IllegalStateException("Thread '" + Thread.currentThread().getName()
                    + "' runs no task of a pool. TaskContext.current() works on the thread a worker runs the task on;"
                    + " hand the context to other threads yourself, or ask TaskContext.find() where there may be none");
        }
        return context;
    }

    /// The context of the task that the calling thread runs, for code that also runs outside tasks.
    ///
    /// @return the context, or empty if the calling thread runs no task
    public static Optional<TaskContext> find() {
        return Optional.ofNullable(BOUND.get());
    }

    /// Has something surround each task that this JVM runs from now on, as a worker: see
    /// [ProcessPool.Builder#aroundTask(AroundTask)], which does this in each worker of a pool.
    ///
    /// @param surroundings replaces what was there
    public static void surround(AroundTask surroundings) {
        around = Objects.requireNonNull(surroundings, "surroundings");
    }

    /// Runs code as a task of a host: [#current()] answers for it until it returns.
    ///
    /// Workers, in-process and simulated pools use this; so can a test that runs a task without a pool. Calls may nest;
    /// the outer context is back afterwards.
    ///
    /// @param host who answers
    /// @param body what to run, on the calling thread
    /// @param <T> type of the result
    /// @return what the body returned
    /// @throws Exception what the body threw
    public static <T extends @Nullable Object> T call(Host host, Callable<T> body) throws Exception {
        return call(host, around, body);
    }

    /// Runs what a worker does besides tasks, such as its initializer: [#current()] answers for a task of the number
    /// 0 that has neither limits nor a label.
    ///
    /// @param worker the worker
    /// @param body what to run, on the calling thread
    /// @throws Exception what the body threw
    public static void callBetweenTasks(WorkerInfo worker, Action body) throws Exception {
        call(new WorkerHost(worker), null, () -> {
            body.perform();
            return null;
        });
    }

    /// Runs code as a task of a host, with this around it.
    ///
    /// @param host who answers
    /// @param surroundings what is entered before and closed afterwards, or null
    /// @param body what to run, on the calling thread
    /// @param <T> type of the result
    /// @return what the body returned
    /// @throws Exception what the body or the surroundings threw
    public static <T extends @Nullable Object> T call(Host host, @Nullable AroundTask surroundings, Callable<T> body)
            throws Exception {
        Objects.requireNonNull(host, "host");
        var outer = BOUND.get();
        var context = new TaskContext(host);
        BOUND.set(context);
        try {
            if (surroundings == null) {
                return body.call();
            }
            try (var _ = surroundings.enter(context)) {
                return body.call();
            }
        } finally {
            if (outer == null) {
                BOUND.remove();
            } else {
                BOUND.set(outer);
            }
        }
    }

    /// Tells whether the task should stop: it was cancelled, or its soft limit has passed. Cheap enough for loops.
    ///
    /// @return true once it should stop
    public boolean cancelled() {
        return host.cancelled();
    }

    /// The time left until the nearest limit of this task, soft, hard or total; zero once it has passed. What a task
    /// had to wait in its worker is not taken off its total one.
    ///
    /// @return the time, or `Duration.ofSeconds(Long.MAX_VALUE)` without a limit
    public Duration remaining() {
        return host.remaining();
    }

    /// The number of this attempt.
    ///
    /// @return 1 at first, more in a retry
    public int attempt() {
        return host.attempt();
    }

    /// The number of this task, as its [TaskFuture#id()] tells it.
    ///
    /// @return a number unique within the pool
    public long taskId() {
        return host.taskId();
    }

    /// The label it was submitted with.
    ///
    /// @return the label, if there is one
    public Optional<String> label() {
        return host.label();
    }

    /// The correlation id it was submitted with.
    ///
    /// @return the id, if there is one
    public Optional<String> correlationId() {
        return host.correlationId();
    }

    /// The worker that runs the task. Its slot is what to choose a device or a port by. The initializer and the
    /// finalizer of a worker ask `TaskContext.current()` for it, too.
    ///
    /// @return the worker; of a process in a namespace of its own, the process id is the one that it has there
    public WorkerInfo worker() {
        return host.worker();
    }

    /// Tells how far the task is; [TaskFuture#progress()] shows the last word. Doesn't block; words may be skipped.
    ///
    /// @param fraction how much is done, from 0 to 1; more or less is taken as 1 or 0, since a rounding error must not
    ///     fail a task
    /// @param note what the task is at; may be empty
    /// @throws IllegalArgumentException if the fraction is not a number
    public void progress(double fraction, String note) {
        Objects.requireNonNull(note, "note");
        if (Double.isNaN(fraction)) {
            throw new IllegalArgumentException("The fraction of progress is NaN, often 0.0/0: tell 0 to 1");
        }
        host.progress(Math.clamp(fraction, 0.0, 1.0), note);
    }

    /// Who runs the task, and so knows the answers. Implemented by workers, pools and tests; must be thread-safe.
    public interface Host {

        /// Answers [TaskContext#cancelled()].
        ///
        /// @return true once the task should stop
        boolean cancelled();

        /// Answers [TaskContext#remaining()].
        ///
        /// @return the time, or `Duration.ofSeconds(Long.MAX_VALUE)` without a limit
        Duration remaining();

        /// Answers [TaskContext#attempt()].
        ///
        /// @return from 1
        int attempt();

        /// Answers [TaskContext#taskId()].
        ///
        /// @return the number of the task
        long taskId();

        /// Answers [TaskContext#label()].
        ///
        /// @return the label, if there is one
        Optional<String> label();

        /// Answers [TaskContext#correlationId()].
        ///
        /// @return the id, if there is one
        Optional<String> correlationId();

        /// Answers [TaskContext#worker()]. Unless overridden, this process in slot 0.
        ///
        /// @return the worker
        default WorkerInfo worker() {
            var process = ProcessHandle.current();
            var startedAt = process.info().startInstant().orElse(Instant.EPOCH);
            return new WorkerInfo(process.pid(), WorkerInfo.THIS_HOST, 0, startedAt);
        }

        /// Takes what [TaskContext#progress(double, String)] was told. Must not block.
        ///
        /// @param fraction from 0 to 1
        /// @param note what the task is at
        void progress(double fraction, String note);
    }
}
