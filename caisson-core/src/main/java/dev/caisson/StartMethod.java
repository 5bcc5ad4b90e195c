package dev.caisson;

/// How a pool comes by its workers. A JVM can't fork itself, so there is no such method.
public enum StartMethod {

    /// Starts a fresh JVM when a worker is needed. The default.
    SPAWN,

    /// Keeps spare JVMs ready, started ahead, so that a worker that left is replaced at once: one, unless
    /// [ProcessPool.Builder#spares(int)] says more.
    PRESPAWN,

    /// Runs tasks on threads of this JVM, for debugging and tests. Nothing protects the program from its tasks then.
    ///
    /// The contract is that of processes: tasks, arguments and results pass through the codec, so that what can't
    /// travel fails here too; limits, cancelling, retries, recycling, batches and events work alike. What differs:
    ///
    /// - A thread can't be killed. Where a process would be killed, by a hard limit, a cancel that goes unheeded or
    ///   [ProcessPool#terminate()], the future ends as it would, another thread takes the worker's place, and the old
    ///   one is interrupted and left behind: a daemon thread that ends when its code returns. A warning tells of one
    ///   that doesn't.
    /// - `System.exit`, `Runtime.halt`, crashes and a full heap hit the program itself. An [OutOfMemoryError] of a task
    ///   is the task's own failure.
    /// - Static fields, system properties and default locale are the program's: tasks and initializers share them.
    /// - The process id of every worker is that of this process. [ProcessPool#terminateWorker(long)] with it ends one
    ///   of them.
    /// - Output goes where this program's output goes, not to [ProcessPool.Builder#output(WorkerOutput)]. Settings of
    ///   the worker's JVM and limits of its memory have no effect; a warning names them.
    IN_PROCESS
}
