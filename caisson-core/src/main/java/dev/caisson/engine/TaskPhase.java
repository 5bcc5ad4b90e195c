package dev.caisson.engine;

/// Where a task is in its life.
///
/// | from | to | when |
/// |---|---|---|
/// | `QUEUED` | `SENT` | a worker has room for it |
/// | `SENT` | `QUEUED` | it was taken back, or its worker died before it began |
/// | `SENT` | `ACCEPTED` | it is seen to have begun |
/// | `ACCEPTED` | `QUEUED` | a retry it asked for, or its worker died: the items which had not begun |
/// | any but `FINISHED` | `FINISHED` | every item has its ending |
///
/// A task may be finished for its caller and still run in its worker: cancelled, its result no longer wanted.
public enum TaskPhase {
    /// It waits for a worker, or for the time of its next attempt.
    QUEUED,
    /// A worker holds it, and may have begun it.
    SENT,
    /// A worker has begun it.
    ACCEPTED,
    /// Every item has its ending.
    FINISHED;

    /// Moves on, or refuses: a move that the table doesn't have is a bug of the engine.
    TaskPhase to(TaskPhase next) {
        boolean allowed = switch (next) {
            case QUEUED -> this == SENT || this == ACCEPTED;
            case SENT -> this == QUEUED;
            case ACCEPTED -> this == SENT;
            case FINISHED -> this != FINISHED;
        };
        if (!allowed) {
            throw new IllegalStateException("A task that is " + this + " can't become " + next);
        }
        return next;
    }
}
