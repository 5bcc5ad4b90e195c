package dev.caisson;

import java.util.List;
import java.util.Objects;

/// A pool at one moment: its parts agree with each other.
///
/// @param name name of the pool
/// @param state where it is in its life
/// @param workers its workers, by slot; unmodifiable
/// @param queued tasks and items that have not begun
/// @param running tasks and items that have begun and not ended
/// @param ledger what became of the others
public record PoolSnapshot(
        String name, PoolState state, List<WorkerSnapshot> workers, long queued, long running, Ledger ledger) {

    /// Refuses null and copies the list.
    public PoolSnapshot {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(ledger, "ledger");
        workers = List.copyOf(workers);
    }

    /// Counts the tasks that have not ended.
    ///
    /// @return queued and running ones
    public long open() {
        return queued + running;
    }
}
