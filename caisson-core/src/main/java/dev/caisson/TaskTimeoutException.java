package dev.caisson;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A limit ended the task.
///
/// The stack in which the task's threads were found is part of the printed stack trace, also where this is the cause of
/// another exception: it is carried as a suppressed exception, since an overridden `printStackTrace` is only called on
/// the outermost one.
public final class TaskTimeoutException extends CaissonException {

    private static final long serialVersionUID = 1L;

    private final Limit limit;
    private final Duration elapsed;
    private final boolean firstTask;

    @SuppressWarnings("serial") // List.copyOf gives serializable lists
    private final List<String> workerStack;

    /// Creates the error of one task.
    ///
    /// @param message what happened, the likely cause, and what to do
    /// @param limit which limit struck
    /// @param elapsed how long the task had waited ([Limit#QUEUE]), been in the pool ([Limit#TOTAL]), or run
    /// @param workerStack lines of the stacks of the task's threads, as in a thread dump; empty if there are none
    /// @param cause what the task threw after a soft limit, or null
    public TaskTimeoutException(
            String message, Limit limit, Duration elapsed, List<String> workerStack, @Nullable Throwable cause) {
        this(message, limit, elapsed, workerStack, cause, false);
    }

    /// Creates the error of one task.
    ///
    /// @param message what happened, the likely cause, and what to do
    /// @param limit which limit struck
    /// @param elapsed how long the task had waited ([Limit#QUEUE]), been in the pool ([Limit#TOTAL]), or run
    /// @param workerStack lines of the stacks of the task's threads, as in a thread dump; empty if there are none
    /// @param cause what the task threw after a soft limit, or null
    /// @param firstTask whether it was the first task that its worker ran
    public TaskTimeoutException(
            String message,
            Limit limit,
            Duration elapsed,
            List<String> workerStack,
            @Nullable Throwable cause,
            boolean firstTask) {
        super(message, cause);
        this.firstTask = firstTask;
        this.limit = limit;
        this.elapsed = elapsed;
        this.workerStack = List.copyOf(workerStack);
        if (!workerStack.isEmpty()) {
            addSuppressed(new WorkerStack(this.workerStack));
        }
    }

    /// Which limit struck.
    ///
    /// @return the limit
    public Limit limit() {
        return limit;
    }

    /// How long the task had waited, if the queue limit struck, or been in the pool, if the total one did, or else run.
    ///
    /// @return by a monotonic clock
    public Duration elapsed() {
        return elapsed;
    }

    /// The stacks of the task's threads when the limit struck.
    ///
    /// @return lines as in a thread dump; empty if the task had not begun or the worker did not answer; unmodifiable
    public List<String> workerStack() {
        return workerStack;
    }

    /// Whether it was the first task of its worker, which was killed for it. Such a task also loads the classes that it
    /// needs, so the limit may be too short for a cold worker rather than for the task.
    ///
    /// @return false also if that is not known
    public boolean firstTask() {
        return firstTask;
    }

    /// The limits a task can have.
    public enum Limit {
        /// The task waited too long and never began.
        QUEUE,
        /// The task was interrupted for running too long, and threw.
        SOFT,
        /// The task ran too long, and its worker was killed.
        HARD,
        /// The task had not ended in time, with all its attempts and waits. If it ran, its worker was killed.
        TOTAL
    }

    private static final class WorkerStack extends Exception {

        private static final long serialVersionUID = 1L;

        WorkerStack(List<String> lines) {
            super(text(lines), null, false, false);
        }

        private static String text(List<String> lines) {
            return "the task's threads in the worker, when the limit struck:\n\t\t" + String.join("\n\t\t", lines);
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // a section of the print, not an error: its class would mislead
        public String toString() {
            return String.valueOf(getMessage());
        }
    }
}
