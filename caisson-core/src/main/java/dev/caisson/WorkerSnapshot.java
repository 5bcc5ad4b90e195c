package dev.caisson;

import java.util.Objects;
import java.util.OptionalLong;

/// One worker at one moment.
///
/// @param slot its place in the pool, from 0
/// @param pid its process id; empty before the process was started
/// @param state where it is in its life
/// @param tasksDone tasks and items it has ended, since it was started
/// @param currentTask number of the task it runs; empty if it runs none
public record WorkerSnapshot(int slot, OptionalLong pid, WorkerState state, long tasksDone, OptionalLong currentTask) {

    /// Refuses null.
    public WorkerSnapshot {
        Objects.requireNonNull(pid, "pid");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(currentTask, "currentTask");
    }
}
