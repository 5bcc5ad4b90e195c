package dev.caisson.engine;

/// Cancels tasks, as gently as their state allows.
final class Cancellation {

    private final Effects effects;
    private final Boards boards;
    private final Deadlines deadlines;
    private final WaitingTasks waiting;
    private final Tasks tasks;
    private final Assignments assignments;
    private final Departures departures;
    private final long killGraceNanos;

    Cancellation(
            EngineSettings settings,
            Effects effects,
            Boards boards,
            Deadlines deadlines,
            WaitingTasks waiting,
            Tasks tasks,
            Assignments assignments,
            Departures departures) {
        this.effects = effects;
        this.boards = boards;
        this.deadlines = deadlines;
        this.waiting = waiting;
        this.tasks = tasks;
        this.assignments = assignments;
        this.departures = departures;
        killGraceNanos = settings.killGraceNanos();
    }

    /// Ends what has not begun. True: that was all of the task.
    boolean withdraw(Task task) {
        var worker = task.worker;
        if (worker != null) {
            return assignments.cut(task, worker, Ending.CANCELLED);
        }
        waiting.remove(task);
        tasks.finish(task, Ending.CANCELLED, false);
        return true;
    }

    /// Ends all of the task for its caller. What runs is interrupted, and killed if it goes on for the grace.
    void abort(long now, Task task) {
        var worker = task.worker;
        if (withdraw(task) || worker == null) {
            return;
        }
        tasks.finish(task, Ending.CANCELLED, true);
        assignments.disarm(task);
        int item = assignments.runningItem(task, worker);
        if (item == Boards.NONE || worker.phase() == WorkerPhase.STOPPING) {
            return; // its result is on its way, or its worker's end
        }
        effects.interruptTask(worker.slot, worker.generation, task.id, item, task.attempt);
        task.cancelGrace = deadlines.in(killGraceNanos, now, at -> killStubborn(at, task, worker, item));
    }

    private void killStubborn(long now, Task task, Worker worker, int item) {
        if (boards.condemn(worker.slot, worker.generation, task.id, item)) {
            departures.kill(now, worker, KillReason.CANCELLED);
        }
    }
}
