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
import dev.caisson.memory.Remark;
import dev.caisson.settings.PoolSettings;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Tells the user's listeners, and the callbacks of single tasks, what happens, on the executor for callbacks.
///
/// Its methods are called inside visits. Events are made and put in line there, under the pool's lock: so listeners
/// hear them in the order in which they happened, and a listener that lags behind holds neither tasks nor results.
final class Announcements {

    private final String pool;
    private final List<PoolListener> listeners;
    private final List<TaskListener> taskListeners;
    private final Executor callbacks;
    private final SerialExecutor line;
    private final Visits visits;

    /// Guarded by the pool's lock.
    private boolean ended;

    Announcements(String pool, PoolSettings.Hooks hooks, Visits visits) {
        this.pool = pool;
        this.listeners = hooks.listeners();
        this.taskListeners = listeners.stream()
                .filter(TaskListener.class::isInstance)
                .map(TaskListener.class::cast)
                .toList();
        this.callbacks = hooks.callbacks();
        this.line = new SerialExecutor(callbacks);
        this.visits = visits;
    }

    /// Whether somebody wants to know when an item of the submission begins.
    boolean tellsBegin(Submission submission) {
        return !taskListeners.isEmpty() || submission.options().onAccepted().isPresent();
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

    void submitted(Piece piece) {
        if (!taskListeners.isEmpty()) {
            for (int item = 0; item < piece.submission.items().size(); item++) {
                tellStep(step(piece, item, 0), TaskListener::taskSubmitted);
            }
        }
    }

    /// The item runs, or has run, on the piece's worker. Told once for each attempt, whoever notices it first: what a
    /// worker tells of it may be lost, or come late, when it is killed.
    void began(Piece piece, int item, int attempt) {
        if (!tellsBegin(piece.submission) || piece.seat == null || !piece.begins(item, attempt)) {
            return;
        }
        var worker = piece.seat.worker.info();
        if (worker.isPresent()) {
            tellStep(step(piece, item, attempt), (listener, step) -> listener.taskStarted(step, worker.get()));
            piece.submission.options().onAccepted().ifPresent(callback -> call(callback, worker.get()));
        }
    }

    void retried(Piece piece, int item) {
        tellStep(step(piece, item, piece.attempt), TaskListener::taskRetried);
    }

    void overLimit(Piece piece, int item, int attempt, Limit limit) {
        tellStep(step(piece, item, attempt), (listener, step) -> listener.taskOverLimit(step, limit));
    }

    void finished(Finish finish) {
        if (!listeners.isEmpty()) {
            var event = finish.event();
            tell(listener -> listener.taskFinished(event));
        }
    }

    void broken(PoolBrokenException failure) {
        tell(listener -> listener.poolBroken(failure));
    }

    /// Calls what a task's options name; these have no line to stand in.
    void call(Consumer<WorkerInfo> callback, WorkerInfo worker) {
        visits.after(() -> SerialExecutor.run(callbacks, SerialExecutor.logged(() -> callback.accept(worker))));
    }

    void terminated() {
        tell(PoolListener::poolTerminated);
        ended = true;
    }

    private static TaskStep step(Piece piece, int item, int attempt) {
        var submission = piece.submission;
        return new TaskStep(
                piece.id,
                item,
                submission.options().label(),
                submission.options().correlationId(),
                attempt,
                limit(submission.terms().softLimitNanos()),
                limit(submission.terms().hardLimitNanos()));
    }

    private static Optional<Duration> limit(long nanos) {
        return nanos == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    private void tellStep(TaskStep step, BiConsumer<TaskListener, TaskStep> call) {
        for (var listener : taskListeners) {
            enqueue(listener, () -> call.accept(listener, step));
        }
    }

    private void tell(Consumer<PoolListener> event) {
        for (var listener : listeners) {
            enqueue(listener, () -> event.accept(listener));
        }
    }

    private void enqueue(PoolListener listener, Runnable call) {
        if (ended) {
            return; // the end was the last to be told, even if a bug of the pool brought it about too early
        }
        line.add(() -> guard(listener, call));
        visits.after(line::start);
    }

    private void guard(PoolListener listener, Runnable call) {
        try {
            call.run();
        } catch (Throwable thrown) { // code of the user: nothing depends on it
            Remark.log(
                    Announcements.class,
                    Level.WARNING,
                    "A listener of pool " + pool + " (" + listener.getClass().getName()
                            + ") threw; it hears of what follows all the same",
                    thrown);
        }
    }
}
