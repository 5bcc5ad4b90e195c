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
///
/// | room | who lives there |
/// |---|---|
/// | the counter | [LocalPool], [Submitter], [Submission], [PoolFuture], [OutcomeReader], [WaitingPlace], [SharedPools] |
/// | the middle | [Conductor], [Visits], [Orders], [Workplace], [WorkerReports], [Seat], [Piece], [Finish], [Settlement] |
/// | batches | [BatchPlan], [BatchDrive], [BatchFlow], [BatchInput], [BatchWindow], [ChunkSizing], [PoolGatherer] |
/// | workers that are processes | [ProcessFleet], [ProcessWorker], [PatientStart], [MemoryGuard], [Obituary], [ClassDelivery] |
/// | workers that are threads | [InProcessFleet], [ThreadWorker], [HeldTasks], [ItemCode] |
/// | what is told | [Diagnosis], [TimeOut], [DeathStory], [Departure], [LostAttempts], [Shortage], [Announcements], [Snapshots] |
/// | what the user asked for | [PoolBuilder], its drafts, [Complaints], [PoolSettings], [OverCommit], [Nesting] |
@NullMarked
package dev.caisson.runtime;

import org.jspecify.annotations.NullMarked;
