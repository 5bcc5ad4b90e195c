package dev.caisson.engine;

/// How an item of a task ended.
public enum Ending {
    /// The task returned a value.
    SUCCEEDED,
    /// The task threw.
    FAILED,
    /// The worker died while it ran the item.
    WORKER_DIED,
    /// It had not begun within its queue limit.
    QUEUE_TIME_OUT,
    /// It was interrupted at its soft limit, and then threw.
    SOFT_TIME_OUT,
    /// It still ran at its hard limit, so its worker was killed.
    HARD_TIME_OUT,
    /// It had not ended within the limit over all its attempts.
    TOTAL_TIME_OUT,
    /// Its caller cancelled it, or the pool was ended.
    CANCELLED,
    /// The pool broke before it began.
    POOL_BROKEN
}
