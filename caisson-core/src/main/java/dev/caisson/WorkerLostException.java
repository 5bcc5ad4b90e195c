package dev.caisson;

import org.jspecify.annotations.Nullable;

/// The place where the task ran can't be reached any more, so its end is unknown. For pools on several machines.
public final class WorkerLostException extends CaissonException {

    private static final long serialVersionUID = 1L;

    private final boolean mayHaveRun;

    /// Creates the error of one task.
    ///
    /// @param message what happened, the likely cause, and what to do
    /// @param mayHaveRun whether the task may have begun
    /// @param cause what the connection threw, or null
    public WorkerLostException(String message, boolean mayHaveRun, @Nullable Throwable cause) {
        super(message, cause);
        this.mayHaveRun = mayHaveRun;
    }

    /// Tells whether the task may have had effects, and may even still run.
    ///
    /// @return false only if it certainly has not begun and never will
    public boolean mayHaveRun() {
        return mayHaveRun;
    }
}
