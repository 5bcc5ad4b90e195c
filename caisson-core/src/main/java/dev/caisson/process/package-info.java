/// Starts, watches and kills worker processes, from the parent's side. Entry point:
/// [dev.caisson.process.WorkerProcess].
///
/// ```text
///  JvmCommand --LaunchCommand--> WorkerLauncher --Process--> WorkerProcess
///  (WorkerPath, JvmDefaults)                                       |
///                    +--------------------+------------------------+-------------------+
///                    v                    v                                            v
///               OutputPump (2)       exit thread -> exited(): ExitCode           kill(): the whole tree
///                    |                    |
///       OutputTail <-+-> OutputQueue      +-> FamilyMark: what the worker left behind is killed
///   PrintingTasks <--+       |            +-> CrashReport: what the JVM wrote about its crash
///         |                  v
///         v             WorkerOutput, on the callback executor
///   OutputCapture of each task that asks for its output
/// ```
///
/// [dev.caisson.process.PoolFolder] is where a pool and its workers meet: private, swept when its owner is dead. All
/// assumptions on `/proc`, permissions and signals are in this package and in the transport.
@NullMarked
package dev.caisson.process;

import org.jspecify.annotations.NullMarked;
