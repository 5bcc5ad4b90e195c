package dev.caisson.engine;

/// Where a worker is in its life.
///
/// | from | to | when |
/// |---|---|---|
/// | `LAUNCHING` | `IDLE` | it reports ready |
/// | `IDLE` | `BUSY` | a task is sent to it |
/// | `BUSY` | `IDLE` | the last task it held ended, or was taken back |
/// | `LAUNCHING`, `IDLE`, `BUSY` | `STOPPING` | it is asked to leave, condemned or killed |
/// | any | `GONE` | its process ended, its launch failed, or it outlived its kill and was given up |
public enum WorkerPhase {
    /// Its process is starting.
    LAUNCHING,
    /// It waits for a task.
    IDLE,
    /// It holds tasks.
    BUSY,
    /// It gets nothing any more.
    STOPPING,
    /// Its slot is free.
    GONE;

    /// Moves on, or refuses: a move that the table doesn't have is a bug of the engine.
    WorkerPhase to(WorkerPhase next) {
        boolean allowed = switch (next) {
            case LAUNCHING -> false;
            case IDLE -> this == LAUNCHING || this == BUSY;
            case BUSY -> this == IDLE;
            case STOPPING -> this != STOPPING && this != GONE;
            case GONE -> this != GONE;
        };
        if (!allowed) {
            throw new IllegalStateException("A worker that is " + this + " can't become " + next);
        }
        return next;
    }
}
