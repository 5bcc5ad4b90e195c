package dev.caisson.fleet;

import dev.caisson.WorkerInfo;
import dev.caisson.engine.Boards;
import dev.caisson.protocol.Assignment;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The tasks that a worker of this JVM holds, in the order in which they came: its inbox, and what a process would show
/// on its board. Thread-safe; never blocks.
public final class HeldTasks {

    private final Supplier<WorkerInfo> worker;
    private final LongSupplier nanos;
    private final HeldItem.Progress progress;
    private final Map<Long, HeldTask> board = new HashMap<>();
    private final ArrayDeque<HeldTask> inbox = new ArrayDeque<>();

    /// @param worker whose tasks they are
    /// @param nanos the clock
    /// @param progress hears how far running items are
    public HeldTasks(Supplier<WorkerInfo> worker, LongSupplier nanos, HeldItem.Progress progress) {
        this.worker = worker;
        this.nanos = nanos;
        this.progress = progress;
    }

    /// Puts a task in line.
    public synchronized void add(Assignment assignment) {
        var task = new HeldTask(assignment);
        board.put(assignment.task(), task);
        inbox.add(task);
    }

    /// Begins the next item.
    ///
    /// @return null if there is none
    public synchronized @Nullable HeldItem begin() {
        for (var task = inbox.peek(); task != null; task = inbox.peek()) {
            long now = nanos.getAsLong();
            int item = task.begin(now);
            if (item != Boards.NONE) {
                return new HeldItem(task, item, now, worker, nanos, progress);
            }
            inbox.remove();
        }
        return null;
    }

    /// Ends a running item; false if it is condemned.
    public synchronized boolean end(HeldItem run) {
        return run.held().end(run.item());
    }

    /// See [WorkerHandle#takeBack].
    public synchronized int takeBack(long task) {
        var held = board.get(task);
        return held == null ? Integer.MAX_VALUE : held.takeBack();
    }

    /// See [WorkerHandle#runningItem].
    public synchronized int runningItem(long task) {
        var held = board.get(task);
        return held == null ? Boards.NONE : held.runningItem();
    }

    /// See [WorkerHandle#runningSince].
    public synchronized long runningSince(long task) {
        var held = board.get(task);
        return held == null ? 0 : held.runningSince();
    }

    /// See [WorkerHandle#condemn].
    public synchronized boolean condemn(long task, int item) {
        var held = board.get(task);
        return held != null && held.condemn(item);
    }

    /// See [WorkerHandle#forget].
    public synchronized void forget(long task) {
        board.remove(task);
    }
}
