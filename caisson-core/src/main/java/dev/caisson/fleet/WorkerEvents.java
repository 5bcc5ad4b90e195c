package dev.caisson.fleet;

import dev.caisson.protocol.Encoded;
import java.util.List;

/// What a worker tells its pool. Called on the worker's own threads, one at a time for each group, never under a lock.
public interface WorkerEvents {

    void ready(WorkerHandle worker);

    /// Told only for tasks that asked for it.
    void itemBegan(WorkerHandle worker, long task, int item, long beganNanos);

    /// Items have ended: all that one read brought, in the worker's order, so that the engine is entered once for them.
    void itemsFinished(WorkerHandle worker, List<ItemResultFrame> results);

    /// A sign of life.
    void answered(WorkerHandle worker);

    void stacks(WorkerHandle worker, String text);

    /// The stacks, while the worker looks whether they are those of a deadlock; [#stacks] follows.
    void stacksSoFar(WorkerHandle worker, String text);

    void progress(WorkerHandle worker, long task, int item, double fraction, String note);

    /// It holds more memory after a task than it should: another is to take its place.
    void overMemory(WorkerHandle worker);

    /// It holds more memory while it runs a task than it may.
    void overMemoryLimit(WorkerHandle worker);

    /// The last event: all that the worker had written has been told. Nothing follows.
    void exited(WorkerHandle worker, Departure departure);

    /// What came back for one item.
    ///
    /// @param task the task it belongs to
    /// @param item its place in the task
    /// @param succeeded whether `bytes` are a value, or else a failure
    /// @param bytes as the pool's codec wrote them
    /// @param beganNanos when it began, on the pool's monotonic clock
    /// @param endedNanos when it ended
    record ItemResultFrame(long task, int item, boolean succeeded, Encoded bytes, long beganNanos, long endedNanos) {}
}
