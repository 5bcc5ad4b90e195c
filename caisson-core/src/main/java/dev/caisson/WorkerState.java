package dev.caisson;

/// Where a worker is in its life.
public enum WorkerState {
    /// Its process is being started, or runs the initializer.
    LAUNCHING,
    /// Ready, without a task.
    IDLE,
    /// Has a task.
    BUSY,
    /// Has been told to end, or is being killed.
    STOPPING,
    /// Its process has ended.
    GONE
}
