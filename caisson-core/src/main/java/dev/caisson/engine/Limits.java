package dev.caisson.engine;

import org.jspecify.annotations.Nullable;

/// The limits of tasks: how long they may wait, how long an item may run until it is interrupted, and until its worker
/// is killed, and how long all of that may take.
///
/// The engine isn't told when an item begins. So a timer is set for when the item would be overdue if it had begun at
/// once, and when it strikes, the board tells since when it really runs; then either the limit has been reached, or the
/// timer is set again. A worker can write a false time on its board, but gains one limit by it at most: an item that
/// still runs when its corrected timer strikes is overdue, whatever the board says.
///
/// The first item of a worker may get more time than that: see [FirstItems].
final class Limits {

    private final Effects effects;
    private final Boards boards;
    private final Deadlines deadlines;
    private final WaitingTasks waiting;
    private final Tasks tasks;
    private final Assignments assignments;
    private final Departures departures;
    private final FirstItems firstItems;

    Limits(
            Effects effects,
            Boards boards,
            Deadlines deadlines,
            WaitingTasks waiting,
            Tasks tasks,
            Assignments assignments,
            Departures departures,
            FirstItems firstItems) {
        this.effects = effects;
        this.boards = boards;
        this.deadlines = deadlines;
        this.waiting = waiting;
        this.tasks = tasks;
        this.assignments = assignments;
        this.departures = departures;
        this.firstItems = firstItems;
    }

    void submitted(long now, Task task) {
        long nanos = task.terms.queueLimitNanos();
        if (nanos > 0) {
            task.queueLimit = deadlines.in(nanos, now, _ -> queueLimitStruck(task));
        }
        long total = task.terms.totalLimitNanos();
        if (total > 0) {
            task.totalLimit = TotalLimit.in(total, now, deadlines, task, this::totalLimitStruck);
        }
    }

    /// The rest of a task that has not begun waits by itself, for as long as the task might have.
    void cut(Task task, Task rest) {
        if (task.queueLimit != null) {
            rest.queueLimit = deadlines.at(task.queueLimit.at, _ -> queueLimitStruck(rest));
        }
    }

    void sent(long now, Task task) {
        task.softLimit = start(now, task, task.terms.softLimitNanos(), this::interrupt);
        task.hardLimit = start(now, task, task.terms.hardLimitNanos(), this::condemn);
    }

    private void queueLimitStruck(Task task) {
        var worker = task.worker;
        if (worker == null) {
            waiting.remove(task);
            tasks.finish(task, Ending.QUEUE_TIME_OUT, false);
        } else if (assignments.runningItem(task, worker) == Boards.NONE) {
            // Without the look above, the rest of a chunk that has begun in time would be cut off.
            assignments.endUnlessBegun(task, worker, Ending.QUEUE_TIME_OUT);
        }
    }

    private void totalLimitStruck(long now, Task task) {
        var worker = task.worker;
        if (worker == null) {
            waiting.remove(task);
            tasks.finish(task, Ending.TOTAL_TIME_OUT, false);
        } else if (!assignments.cut(task, worker, Ending.TOTAL_TIME_OUT) && worker.phase() != WorkerPhase.STOPPING) {
            int item = assignments.runningItem(task, worker);
            if (item != Boards.NONE) {
                condemn(now, task, worker, item, Ending.TOTAL_TIME_OUT);
            }
        }
    }

    private @Nullable ItemLimit start(long now, Task task, long nanos, ItemLimit.Strike strike) {
        if (nanos == 0) {
            return null;
        }
        var limit = new ItemLimit(nanos, strike);
        set(now, task, limit, nanos);
        return limit;
    }

    private void set(long now, Task task, ItemLimit limit, long delayNanos) {
        limit.deadline = deadlines.in(delayNanos, now, at -> struck(at, task, limit));
    }

    private void struck(long now, Task task, ItemLimit limit) {
        var worker = task.worker;
        if (worker == null || worker.phase() == WorkerPhase.STOPPING) {
            return; // its end is decided already
        }
        int item = assignments.runningItem(task, worker);
        if (item == Boards.NONE) {
            // Nothing runs that should: an answer gives reason to look whether the board tells the truth.
            effects.pingWorker(worker.slot, worker.generation);
            set(now, task, limit, limit.nanos);
            return;
        }
        long left = leftNanos(now, task, worker, item, limit);
        // Never longer than the limit: the next item may begin in the meantime, and has no more than that.
        set(now, task, limit, left > 0 ? Math.min(left, limit.nanos) : limit.nanos);
        if (left <= 0) {
            limit.strike.overdue(now, task, worker, item);
        }
    }

    /// How long the running item may go on.
    private long leftNanos(long now, Task task, Worker worker, int item, ItemLimit limit) {
        if (item != limit.watched) {
            limit.watched = item;
            limit.overdueAt = now + limit.nanos - ranNanos(now, task, worker);
            limit.extended = false;
        }
        if (limit.overdueAt - now <= 0 && !limit.extended && mayGoOn(task, worker, item)) {
            limit.extended = true;
            limit.overdueAt += firstItems.allowanceNanos(task);
            if (limit == task.hardLimit) {
                worker.firstItemExtended = true;
                effects.extendLimit(
                        worker.slot, worker.generation, task.id, item, task.attempt, firstItems.allowanceNanos(task));
            }
        }
        return limit.overdueAt - now;
    }

    /// Without a hard limit nobody is killed, so there is no cold successor either.
    private boolean mayGoOn(Task task, Worker worker, int item) {
        return firstItems.isGranted() && task.hardLimit != null && worker.isFirst(task, item);
    }

    private long ranNanos(long now, Task task, Worker worker) {
        long ran = now - boards.runningSince(worker.slot, worker.generation, task.id);
        return Math.clamp(ran, 0, Math.max(0, now - task.sentAt));
    }

    private void interrupt(long now, Task task, Worker worker, int item) {
        if (task.interrupted != item) {
            task.interrupted = item;
            effects.interruptTask(worker.slot, worker.generation, task.id, item, task.attempt);
        }
    }

    private void condemn(long now, Task task, Worker worker, int item) {
        boolean first = worker.isFirst(task, item);
        if (condemn(now, task, worker, item, Ending.HARD_TIME_OUT) && first) {
            firstItems.timedOut(worker.firstItemExtended);
        }
    }

    private boolean condemn(long now, Task task, Worker worker, int item, Ending sentence) {
        boolean condemned = boards.condemn(worker.slot, worker.generation, task.id, item);
        if (condemned) {
            task.condemned = item;
            task.sentence = sentence;
            departures.killWithStacks(now, worker, task, item);
        }
        return condemned;
    }
}
