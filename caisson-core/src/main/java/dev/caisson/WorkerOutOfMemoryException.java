package dev.caisson;

/// The worker ran out of memory while it ran the task, and was ended for it.
///
/// After an [OutOfMemoryError] a JVM can't be trusted, so its worker is replaced. Remedies: more `maxHeap`, smaller
/// tasks.
public final class WorkerOutOfMemoryException extends WorkerExitedException {

    private static final long serialVersionUID = 1L;

    /// Creates the error of one task.
    ///
    /// @param message what happened, the likely cause, and what to do
    /// @param death how the worker ended
    public WorkerOutOfMemoryException(String message, WorkerDeath death) {
        super(message, death);
    }
}
