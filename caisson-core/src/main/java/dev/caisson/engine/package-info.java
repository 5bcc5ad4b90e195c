/// Decides everything a pool decides, and does nothing: a pure, deterministic state machine.
///
/// The entry point is [dev.caisson.engine.Engine]. Whoever runs it tells it what happened and does what it asks for:
///
/// ```
///   what happened (taskSubmitted, workerExited, timeReached, …)
///        │
///        ▼
///     Engine ── looks at ──▶ Boards   what a worker's shared words tell at this instant
///        │
///        ▼
///     Effects  what is to be done (launchWorker, sendTask, killWorker, finishItem, …)
/// ```
///
/// There are no threads, clocks, randomness or payloads here: time is an argument, a task is a number with a range of
/// items, a worker is a slot and a generation. The caller serializes all calls, usually by one lock. The same events in
/// the same order have the same effects, which is what lets a simulation search for the orders that hurt.
@NullMarked
package dev.caisson.engine;

import org.jspecify.annotations.NullMarked;
