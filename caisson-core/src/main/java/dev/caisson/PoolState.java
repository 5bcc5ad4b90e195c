package dev.caisson;

/// Where a pool is in its life. It only moves forward: running, then closing or broken, then terminated.
public enum PoolState {
    /// Takes tasks.
    RUNNING,
    /// Takes no more tasks and finishes those it has.
    CLOSING,
    /// Gave up, because workers died too fast without a task to blame. Final: its open tasks have failed.
    BROKEN,
    /// Has ended: no task is open, no worker is left.
    TERMINATED
}
