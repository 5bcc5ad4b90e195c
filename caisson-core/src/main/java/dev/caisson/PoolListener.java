package dev.caisson;

/// Is told what happens in a pool. Each method does nothing unless overridden. A [TaskListener] is told more about
/// tasks.
///
/// Methods are called on the pool's callback executor, after the fact, never under a lock, one at a time and in the
/// order of events. A slow listener delays the calls that follow, to the pool's other listeners too, and nothing else.
/// What it throws is logged and does no further harm.
public interface PoolListener {

    /// The process of a worker was started. It is not ready yet.
    ///
    /// @param worker which one
    default void workerStarted(WorkerInfo worker) {}

    /// A worker has run the initializer, and takes tasks.
    ///
    /// @param worker which one
    default void workerReady(WorkerInfo worker) {}

    /// The process of a worker has ended: one that was ready, for whatever reason, recycling and closing included, or
    /// one that the pool needed no more while it was starting.
    ///
    /// @param worker which one
    /// @param death how it ended
    default void workerExited(WorkerInfo worker, WorkerDeath death) {}

    /// The same, with the reason. Calls [#workerExited(WorkerInfo, WorkerDeath)] unless overridden.
    ///
    /// @param worker which one
    /// @param death how it ended
    /// @param reason why
    default void workerExited(WorkerInfo worker, WorkerDeath death, WorkerExitReason reason) {
        workerExited(worker, death);
    }

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
