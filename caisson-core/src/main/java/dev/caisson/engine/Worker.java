package dev.caisson.engine;

import org.jspecify.annotations.Nullable;

/// One worker: the process of a slot, for one generation. Fields belong to whoever runs the engine.
final class Worker {

    final int slot;
    final int generation;
    final long launchedAt;

    /// Has its table in [WorkerPhase].
    private WorkerPhase phase = WorkerPhase.LAUNCHING;

    /// The tasks it holds, in the order sent: it runs the first, the others are ahead.
    final TaskList held = new TaskList();

    private long bytesHeld;

    /// Items it was given and not relieved of: what counts for recycling.
    long itemsTaken;

    long itemsDone;
    long lastSign;

    /// Its first item may run longer than its limit: see [FirstItems].
    boolean firstItemExtended;

    /// Has its table in [Tenure].
    Tenure tenure = Tenure.SERVING;

    /// It counts for the size of the pool: from its launch until it is asked to leave, or gone. A killed one counts as
    /// long as it may run.
    boolean holdsPlace = true;

    /// It has got more time for its stacks.
    boolean stacksDelayed;

    @Nullable KillReason killed;

    /// What comes next in its life: the start limit, the idle limit, the grace before a kill, the end of the wait for
    /// its exit.
    @Nullable Deadline step;

    @Nullable Deadline pulse;

    @Nullable Deadline age;

    Worker(int slot, int generation, long launchedAt) {
        this.slot = slot;
        this.generation = generation;
        this.launchedAt = launchedAt;
    }

    WorkerPhase phase() {
        return phase;
    }

    void to(WorkerPhase next) {
        phase = phase.to(next);
    }

    /// It is to leave, so it does not count for the size of the pool: its successor does.
    boolean isOutgoing() {
        return tenure != Tenure.SERVING && tenure != Tenure.DUE;
    }

    boolean isReady() {
        return phase == WorkerPhase.IDLE || phase == WorkerPhase.BUSY;
    }

    /// Whether it can be expected to take more tasks, so that the pool is well as long as it is there.
    boolean serves() {
        return isReady() && tenure != Tenure.FINISHING && tenure != Tenure.DONE;
    }

    /// Whether the item is the first one that it runs.
    boolean isFirst(Task task, int item) {
        return itemsDone == 0 && held.first() == task && item == task.next;
    }

    @Nullable Task find(long id) {
        var task = held.first();
        while (task != null && task.id != id) {
            task = task.after;
        }
        return task;
    }

    void take(Task task) {
        if (phase == WorkerPhase.IDLE) {
            to(WorkerPhase.BUSY);
        }
        held.addLast(task);
        bytesHeld += task.bytes;
        itemsTaken += task.items();
        task.worker = this;
    }

    /// The items that are left of the task were not run here.
    void release(Task task) {
        held.remove(task);
        bytesHeld -= task.bytes;
        itemsTaken -= task.items();
        task.worker = null;
        if (held.isEmpty() && phase == WorkerPhase.BUSY) {
            to(WorkerPhase.IDLE);
        }
    }

    /// Payload of the tasks behind the one it runs.
    long bytesAhead() {
        var head = held.first();
        return head == null ? 0 : bytesHeld - head.bytes;
    }
}
