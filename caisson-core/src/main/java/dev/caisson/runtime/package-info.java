/// Carries out what the engine decides, on whatever workers there are and for real callers. Entry points:
/// [dev.caisson.runtime.Conductor] for what is decided, [dev.caisson.runtime.Submitter] for tasks on their way in.
///
/// ```text
///   caller              pool.LocalPool, batch.BatchWindow
///     │ submit                       ▲ PoolFuture, or an item of a batch
///     ▼                              │ Settlement
///   Submitter: encodes, fills in limits; OutcomeReader: decodes
///     │                              │
///     ▼                              │
///   Conductor ─── Visits: lock ─── engine ─── Orders: noted, done after the unlock
///     ▲             ▲                │          │
///     └ PoolTimer   │                ▼          ▼
///            WorkerReports     Workplace: seats, pieces, boards
///                   ▲                           │
///                   └──── fleet.WorkerHandle ◄──┘
/// ```
///
/// The engine is entered on whatever thread has news for it, under the pool's lock. Frames are queued under the
/// lock, so that their order is the engine's; everything that may block or run code of the user comes after the unlock.
///
/// | room | who lives there |
/// |---|---|
/// | the way in and out | [Submitter], [Submission], [Terms], [OutcomeReader], [PoolFuture], [OpenBatches], [WaitingPlace] |
/// | around the engine | [Conductor], [Visits], [Orders], [Workplace], [WorkerReports], [Seat], [Piece], [Finish], [Settlement] |
/// | what is told | [Diagnosis], [TimeOut], [DeathStory], [EarlierAttempts], [Announcements], [Snapshots] |
@NullMarked
package dev.caisson.runtime;

import org.jspecify.annotations.NullMarked;
