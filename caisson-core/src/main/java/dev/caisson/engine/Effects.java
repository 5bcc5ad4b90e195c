package dev.caisson.engine;

/// What the engine asks for.
///
/// Called from within the engine's event methods, so an implementation only notes the request and never calls the
/// engine back. Nothing here fails: a failure is told to the engine later, as an event.
public interface Effects {

    /// Start a process for this slot. Answered by `workerReady`, `launchFailed` or `workerExited`.
    void launchWorker(int slot, int generation);

    /// Send the items `[firstItem, endItem)` of a task. `attempt` starts at 1. A task that was taken back untouched may
    /// be sent again under the same number, to the same worker too.
    void sendTask(int slot, int generation, long task, int firstItem, int endItem, int attempt);

    /// Interrupt the item if it still runs in that attempt: its soft limit struck, or its caller cancelled it.
    void interruptTask(int slot, int generation, long task, int item, int attempt);

    /// The first item of a worker has run into its hard limit, and may run so much longer: nothing is to be done.
    void extendLimit(int slot, int generation, long task, int item, int attempt, long allowanceNanos);

    /// Record the stacks of a task that is about to be killed. Answered by `stacksTaken`; the engine does not wait
    /// long.
    ///
    /// @param sentence how the item will end
    void dumpStacks(int slot, int generation, long task, int item, Ending sentence);

    /// Ask a worker for a sign of life. Answered by `workerAnswered`.
    void pingWorker(int slot, int generation);

    /// Ask an idle worker to leave by itself. Answered by `workerExited`.
    void stopWorker(int slot, int generation);

    /// End a worker's process by force, and that of a launch which is still under way. Answered by `workerExited`.
    void killWorker(int slot, int generation, KillReason reason);

    /// The items `[firstItem, endItem)` of `task` are from now on the task `rest`, of the same submission: its rear, or
    /// its front item, which is to be run again.
    void splitTask(long task, long rest, int firstItem, int endItem);

    /// An item is to be run again instead of ending so. It is the only one left of its task, and no worker holds it.
    ///
    /// @param attempt the number of the attempt that is over
    void retryItem(long task, int item, Ending instead, int attempt);

    /// An item has its ending. Called exactly once for each item.
    ///
    /// @param attempt how often the item may have begun: 0 says that it certainly never did
    void finishItem(long task, int item, Ending ending, int attempt);

    /// A submission was refused because the queue was full, and now there is room or the pool takes nothing more: all
    /// who wait may try again.
    void roomInQueue();

    /// Workers die faster than the restart policy allows: nothing is started any more. Called at most once.
    void poolBroken();

    /// All is finished and all workers are gone. Called exactly once, after everything else.
    void poolTerminated();
}
