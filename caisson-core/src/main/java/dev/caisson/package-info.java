/// Pools of worker processes: a task that hangs, crashes or eats the heap costs one worker, never the program.
///
/// Start at [dev.caisson.ProcessPool]; what every pool can do, wherever its workers are, is [dev.caisson.TaskPool].
///
/// ```text
///  submit(task, options)      TaskPool      the task is encoded on the caller's thread
///          |
///          v
///     TaskFuture <------- queue, limits, retries ------- PoolListener, PoolSnapshot
///          ^                       |
///          |                       v
///     value or error        worker process: TaskContext.current(), System.out -> WorkerOutput
///
///  map / batch(items)         many tasks: Batch -> BatchRun -> Outcome or ItemOutcome of each item
/// ```
///
/// What a task itself throws is the cause of the [java.util.concurrent.ExecutionException] its future throws; what the
/// pool has to report is a [dev.caisson.CaissonException], one sealed family.
@NullMarked
package dev.caisson;

import org.jspecify.annotations.NullMarked;
