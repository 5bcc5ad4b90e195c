package dev.caisson;

import org.jspecify.annotations.Nullable;

/// The pool gave up, since workers died faster than its restart limit allows, without any task to blame.
///
/// Every open task fails with this, and `submit` throws it from then on. Its cause is the last worker's end: a
/// [WorkerStartException] or [WorkerExitedException] with exit, output and crash report. A broken pool stays broken:
/// mend the cause and build a new one.
public final class PoolBrokenException extends CaissonException {

    private static final long serialVersionUID = 1L;

    /// Creates the error.
    ///
    /// @param message how many workers died in what time, the likely cause, and what to do
    /// @param cause the last worker's end, or null if nothing is known of it
    public PoolBrokenException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
