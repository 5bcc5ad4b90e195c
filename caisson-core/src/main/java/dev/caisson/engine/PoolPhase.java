package dev.caisson.engine;

/// Where a pool is in its life.
///
/// | from | to | when |
/// |---|---|---|
/// | `RUNNING` | `CLOSING` | close or terminate is asked for |
/// | `RUNNING`, `CLOSING` | `BROKEN` | workers died too often without a task to blame |
/// | `CLOSING`, `BROKEN` | `TERMINATED` | nothing is open and all workers are gone |
public enum PoolPhase {
    /// Takes tasks.
    RUNNING,
    /// Finishes what it has, takes no more.
    CLOSING,
    /// Has given up: what runs may finish, nothing else begins.
    BROKEN,
    /// Nothing is left.
    TERMINATED;

    /// Moves on, or refuses: a move that the table doesn't have is a bug of the engine.
    PoolPhase to(PoolPhase next) {
        boolean allowed = switch (next) {
            case RUNNING -> false;
            case CLOSING -> this == RUNNING;
            case BROKEN -> this == RUNNING || this == CLOSING;
            case TERMINATED -> this == CLOSING || this == BROKEN;
        };
        if (!allowed) {
            throw new IllegalStateException("A pool that is " + this + " can't become " + next);
        }
        return next;
    }
}
