package dev.caisson;

/// Why a worker is gone.
public enum WorkerExitReason {
    /// It ended by itself, or something outside the pool ended it: a crash, an exit, a signal, a full heap.
    DIED,
    /// It was killed because its task ran past the hard limit.
    TIME_LIMIT,
    /// It was killed because its task was cancelled, and went on after the interrupt.
    CANCELLED,
    /// It was killed because it gave no sign of life.
    SILENT,
    /// It was killed because it held more memory than a worker may, while it ran a task.
    MEMORY,
    /// It was ended by name: [ProcessPool#terminateWorker(long)].
    REQUESTED,
    /// It left by plan, and perhaps another took its place: recycled, restarted, idle for too long, or one too many.
    RETIRED,
    /// The pool closes or is terminated.
    CLOSED
}
