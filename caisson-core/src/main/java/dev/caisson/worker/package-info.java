/// The other side: what runs in a worker process.
///
/// Entry point: [dev.caisson.worker.WorkerMain], started with the path of its board.
///
/// ```text
///  task thread (main)                                          control thread
///  MessageInput ──▶ TaskLoop ──▶ AssignmentRun                 ControlLoop
///                                  │ begin: claim word            │ INTERRUPT ──▶ InterruptGate
///                                  │ decode, run, encode          │ DUMP ──▶ StackReport
///                                  │ end: claim word              │ PING, STOP
///                                  ▼                              │ parent gone ──▶ Orphanage: kill the family, halt
///                              ResultWriter ──▶ Outbox ◀── flush ─┘ what a long task would hold up
/// ```
///
/// A task whose class loader is none of the application's is read with [dev.caisson.worker.ShippedLoader], which asks
/// the parent for each class by [dev.caisson.worker.ClassRequests]; the control thread brings the answers.
///
/// It starts fast, because nothing of a pool's logic is here and the path to the first task avoids what loads many
/// classes: lambdas, streams, formatting, concatenation, `ProcessHandle`, reflection. It decides nothing: the parent
/// watches limits and kills.
@NullMarked
package dev.caisson.worker;

import org.jspecify.annotations.NullMarked;
