package dev.caisson;

/// Is told what happens in a pool. Each method does nothing unless overridden.
///
/// Methods are called on the pool's callback executor, after the fact, never under a lock, in the order of events. A
/// slow listener delays later calls to itself and nothing else. What it throws is logged and does no further harm.
public interface PoolListener {

    /// A worker has started, run the initializer, and takes tasks.
    ///
    /// @param worker which one
    default void workerReady(WorkerInfo worker) {}

    /// The process of a worker that was ready has ended, for whatever reason, recycling and closing included.
    ///
    /// @param worker which one
    /// @param death how it ended
    default void workerExited(WorkerInfo worker, WorkerDeath death) {}

    /// A worker did not become ready.
    ///
    /// @param failure why
    default void workerStartFailed(WorkerStartException failure) {}

    /// A task has ended; for a chunk this is called for each item.
    ///
    /// @param event which one and how
    default void taskFinished(TaskEvent event) {}

    /// The pool gave up; its open tasks have failed with this error.
    ///
    /// @param failure why, with the last worker's death as its cause
    default void poolBroken(PoolBrokenException failure) {}

    /// The pool has ended: no task is open, no worker is left. The last call.
    default void poolTerminated() {}
}
