package dev.caisson.runtime;

import dev.caisson.PoolBrokenException;
import dev.caisson.PoolListener;
import dev.caisson.TaskListener;
import dev.caisson.TaskStep;
import dev.caisson.TaskTimeoutException.Limit;
import dev.caisson.WorkerDeath;
import dev.caisson.WorkerExitReason;
import dev.caisson.WorkerInfo;
import dev.caisson.WorkerStartException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Tells the user's listeners, and the callbacks of single tasks, what happens, on the executor for callbacks.
///
/// Its methods are called inside visits. Events are put in line there, under the pool's lock, so that listeners hear
/// them in the order in which they happened; what they are made of is put together when they are told.
final class Announcements {

    private final List<PoolListener> listeners;
    private final List<TaskListener> taskListeners;
    private final Executor callbacks;
    private final SerialExecutor line;
    private final Visits visits;

    Announcements(List<PoolListener> listeners, Executor callbacks, Visits visits) {
        this.listeners = listeners;
        this.taskListeners = listeners.stream()
                .filter(TaskListener.class::isInstance)
                .map(TaskListener.class::cast)
                .toList();
        this.callbacks = callbacks;
        this.line = new SerialExecutor(callbacks);
        this.visits = visits;
    }

    /// Whether somebody wants to know when items begin.
    boolean tellsSteps() {
        return !taskListeners.isEmpty();
    }

    void started(WorkerInfo worker) {
        tell(listener -> listener.workerStarted(worker));
    }

    void ready(WorkerInfo worker) {
        tell(listener -> listener.workerReady(worker));
    }

    void startFailed(WorkerStartException failure) {
        tell(listener -> listener.workerStartFailed(failure));
    }

    void exited(WorkerInfo worker, WorkerDeath death, WorkerExitReason reason) {
        tell(listener -> listener.workerExited(worker, death, reason));
    }

    void submitted(Submission submission, long task) {
        if (tellsSteps()) {
            for (int item = 0; item < submission.items().size(); item++) {
                tellStep(step(submission, task, item, 0), TaskListener::taskSubmitted);
            }
        }
    }

    void began(Piece piece, long task, int item, WorkerInfo worker) {
        tellStep(
                step(piece.submission, task, item, piece.attempt),
                (listener, step) -> listener.taskStarted(step, worker));
    }

    void retried(Piece piece, long task, int item) {
        tellStep(step(piece.submission, task, item, piece.attempt), TaskListener::taskRetried);
    }

    void overLimit(Piece piece, long task, int item, int attempt, Limit limit) {
        tellStep(step(piece.submission, task, item, attempt), (listener, step) -> listener.taskOverLimit(step, limit));
    }

    void finished(Finish finish) {
        if (!listeners.isEmpty()) {
            var event = once(finish::event);
            tell(listener -> listener.taskFinished(event.get()));
        }
    }

    void broken(PoolBrokenException failure) {
        tell(listener -> listener.poolBroken(failure));
    }

    /// Calls what a task's options name; these have no line to stand in.
    void call(Consumer<WorkerInfo> callback, WorkerInfo worker) {
        visits.after(() -> callbacks.execute(SerialExecutor.logged(() -> callback.accept(worker))));
    }

    void terminated() {
        tell(PoolListener::poolTerminated);
    }

    private static Supplier<TaskStep> step(Submission submission, long task, int item, int attempt) {
        return once(() -> new TaskStep(
                task,
                item,
                submission.options().label(),
                submission.options().correlationId(),
                attempt,
                limit(submission.terms().softLimitNanos()),
                limit(submission.terms().hardLimitNanos())));
    }

    private static Optional<Duration> limit(long nanos) {
        return nanos == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    private void tellStep(Supplier<TaskStep> step, StepCall call) {
        for (var listener : taskListeners) {
            enqueue(() -> call.on(listener, step.get()));
        }
    }

    private void tell(Consumer<PoolListener> event) {
        for (var listener : listeners) {
            enqueue(() -> event.accept(listener));
        }
    }

    private void enqueue(Runnable call) {
        line.add(call);
        visits.after(line::start);
    }

    /// Makes a value when it is first asked for. Used on one thread at a time.
    private static <T> Supplier<T> once(Supplier<T> maker) {
        return new Supplier<>() {
            private Optional<T> made = Optional.empty();

            @Override
            public T get() {
                if (made.isEmpty()) {
                    made = Optional.of(maker.get());
                }
                return made.get();
            }
        };
    }

    private interface StepCall {
        void on(TaskListener listener, TaskStep step);
    }
}
