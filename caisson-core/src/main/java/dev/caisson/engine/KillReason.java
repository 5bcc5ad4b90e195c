package dev.caisson.engine;

/// Why a worker is killed.
public enum KillReason {
    /// Its task ran past its hard limit, or the one over all its attempts.
    HARD_LIMIT,
    /// Its task was cancelled, and went on after the interrupt for the whole grace.
    CANCELLED,
    /// It gave no sign of life for the silence limit.
    SILENT,
    /// It was not ready within the start limit.
    START_LIMIT,
    /// It was asked to leave, and had not left after the grace.
    STOP_LIMIT,
    /// The pool is terminated, or needs a worker no more that is still starting.
    POOL_ENDS,
    /// It had grown beyond its memory while it ran a task.
    MEMORY,
    /// The user asked for it: by name, or by a smaller size while it was still starting.
    ASKED
}
