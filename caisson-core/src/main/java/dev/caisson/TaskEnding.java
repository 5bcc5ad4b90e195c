package dev.caisson;

/// How a task ended.
public enum TaskEnding {
    /// It returned.
    SUCCEEDED,
    /// It threw, or its result could not travel.
    FAILED,
    /// Its worker died while it ran.
    CRASHED,
    /// Its worker died for lack of memory while it ran.
    OUT_OF_MEMORY,
    /// A limit ended it, in the queue or while it ran.
    TIMED_OUT,
    /// Someone cancelled it, or its pool was ended.
    CANCELLED,
    /// It was taken, but never begun, because the pool broke or no worker could take it.
    REJECTED
}
