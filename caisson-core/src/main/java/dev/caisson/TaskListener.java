package dev.caisson;

/// A [PoolListener] that is also told of what happens to a task before its end. Each method does nothing unless
/// overridden; they are called as those of [PoolListener] are.
///
/// That has its price: for such a listener each worker tells of each task that it begins, which costs a message more
/// for each task. Where the ends of tasks are enough, a [PoolListener] gets them for nothing.
///
/// A task that goes well is submitted, started and finished. One that is cancelled or waits too long in the queue is
/// never started. One that a worker has begun is told as started before its end is, once for each attempt, also when
/// its worker died in that moment. A task that the pool refuses, because it is closed or full, is not told of at all.
public interface TaskListener extends PoolListener {

    /// A task was taken in. It waits for a worker, or is on its way to one.
    ///
    /// @param task which one
    default void taskSubmitted(TaskStep task) {}

    /// A worker has begun a task: from now on its limits count.
    ///
    /// @param task which one, with its limits
    /// @param worker where
    default void taskStarted(TaskStep task, WorkerInfo worker) {}

    /// An attempt at a task failed, and it is sent to a worker again.
    ///
    /// @param task which one, with the number of the attempt to come
    default void taskRetried(TaskStep task) {}

    /// A limit of a task has passed. At the soft one it is interrupted, at the hard one its worker is killed, at the
    /// one for the queue it ends without having begun, and at the total one it ends wherever it is.
    ///
    /// @param task which one
    /// @param limit which limit
    default void taskOverLimit(TaskStep task, TaskTimeoutException.Limit limit) {}
}
