/// Carries out what the engine decides, on real workers and for real callers. Entry point:
/// [dev.caisson.runtime.LocalPool].
///
/// ```text
///   caller              LocalPool, BatchRun: encode, wait, decode
///     │ submit                       ▲ PoolFuture
///     ▼                              │ Settlement
///   Conductor ─── Visits: lock ─── engine ─── Orders: noted, done after the unlock
///     ▲             ▲                │          │
///     └ PoolTimer   │                ▼          ▼
///            WorkerReports     Workplace: seats, pieces, boards
///                   ▲                           │
///                   └── WorkerHandle (ProcessWorker: channel + process) ◄── Fleet
/// ```
///
/// The engine is entered on whatever thread has news for it, under the pool's lock. Frames are queued under the
/// lock, so that their order is the engine's; everything that may block or run code of the user comes after the unlock.
@NullMarked
package dev.caisson.runtime;

import org.jspecify.annotations.NullMarked;
