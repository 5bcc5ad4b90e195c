package dev.caisson.engine;

/// Which worker holds which task, and how a task gets out of its hands.
///
/// A worker begins what it holds whenever it likes, so only its board tells what may still be taken back: see
/// [Boards#takeBack]. Whatever of a task has not begun then is free to wait again or to end; what has begun stays with
/// the worker.
final class Assignments {

    private final Effects effects;
    private final Boards boards;
    private final Deadlines deadlines;
    private final WaitingTasks waiting;
    private final Tasks tasks;

    Assignments(Effects effects, Boards boards, Deadlines deadlines, WaitingTasks waiting, Tasks tasks) {
        this.effects = effects;
        this.boards = boards;
        this.deadlines = deadlines;
        this.waiting = waiting;
        this.tasks = tasks;
    }

    void assign(long now, Task task, Worker worker) {
        waiting.remove(task);
        deadlines.cancel(worker.step);
        task.to(TaskPhase.SENT);
        task.sentAt = now;
        worker.take(task);
        effects.sendTask(worker.slot, worker.generation, task.id, task.next, task.end, task.attempt);
    }

    /// Leaves a waiting task so many of its items. The rest of it waits by itself.
    Task cut(Task task, int items) {
        var rest = tasks.split(task, task.next + items);
        waiting.add(rest);
        return rest;
    }

    /// The worker has nothing to do with the task any more.
    void release(Task task, Worker worker) {
        worker.release(task);
        disarm(task);
        deadlines.cancel(task.cancelGrace);
        task.condemned = Boards.NONE;
        task.interrupted = Boards.NONE;
    }

    /// The limits of the run don't matter any more.
    void disarm(Task task) {
        if (task.softLimit != null) {
            deadlines.cancel(task.softLimit.deadline);
        }
        if (task.hardLimit != null) {
            deadlines.cancel(task.hardLimit.deadline);
        }
    }

    /// Takes back what has not begun: the first item of it, or the task's end.
    int takeBack(Task task, Worker worker) {
        int first = boards.takeBack(worker.slot, worker.generation, task.id);
        return Math.clamp(first, task.next, task.end);
    }

    /// The item that runs now, or [Boards#NONE].
    int runningItem(Task task, Worker worker) {
        int item = boards.runningItem(worker.slot, worker.generation, task.id);
        if (item < task.next || item >= task.end) {
            return Boards.NONE;
        }
        task.accepted();
        return item;
    }

    /// What has not begun of anything the worker holds waits again.
    void requeueAll(Worker worker) {
        var task = worker.held.first();
        while (task != null) {
            var after = task.after;
            requeue(task, worker);
            task = after;
        }
    }

    /// What has not begun of the task waits again. False: all of it has begun.
    boolean requeue(Task task, Worker worker) {
        if (!task.isOpen()) {
            return false;
        }
        int first = takeBack(task, worker);
        if (first == task.end) {
            return false;
        }
        if (first == task.next) {
            release(task, worker);
            putBack(task);
        } else {
            putBack(split(task, first, worker));
        }
        return true;
    }

    /// What has not begun of the task ends so. True: nothing else is left of it.
    boolean cut(Task task, Worker worker, Ending ending) {
        int first = takeBack(task, worker);
        if (first == task.next) {
            release(task, worker);
        } else {
            worker.itemsTaken -= task.end - first;
        }
        tasks.cut(task, first, ending);
        return !task.isOpen();
    }

    /// All that is left of the task ends so, unless something of it has begun: then the rest waits again.
    void endUnlessBegun(Task task, Worker worker, Ending ending) {
        int first = takeBack(task, worker);
        if (first == task.next) {
            release(task, worker);
            tasks.finish(task, ending, false);
        } else if (first < task.end) {
            putBack(split(task, first, worker));
        }
    }

    /// A task that no worker holds waits again, in its old turn.
    void putBack(Task task) {
        queued(task);
        waiting.add(task);
    }

    /// A task that no worker holds is not to be sent yet.
    void putToRest(Task task) {
        queued(task);
        waiting.rest(task);
    }

    private static void queued(Task task) {
        if (task.phase() != TaskPhase.QUEUED) {
            task.to(TaskPhase.QUEUED);
        }
    }

    private Task split(Task task, int first, Worker worker) {
        worker.itemsTaken -= task.end - first;
        return tasks.split(task, first);
    }
}
