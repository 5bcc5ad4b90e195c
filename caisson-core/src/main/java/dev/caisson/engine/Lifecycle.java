package dev.caisson.engine;

/// The pool's own life, and what its end means for the tasks.
final class Lifecycle {

    private final Effects effects;
    private final WaitingTasks waiting;
    private final WorkerRoster roster;
    private final Tasks tasks;
    private final Assignments assignments;

    /// Has its table in [PoolPhase].
    private PoolPhase phase = PoolPhase.RUNNING;

    Lifecycle(Effects effects, WaitingTasks waiting, WorkerRoster roster, Tasks tasks, Assignments assignments) {
        this.effects = effects;
        this.waiting = waiting;
        this.roster = roster;
        this.tasks = tasks;
        this.assignments = assignments;
    }

    PoolPhase phase() {
        return phase;
    }

    /// Takes no more tasks.
    void close() {
        if (phase == PoolPhase.RUNNING) {
            phase = phase.to(PoolPhase.CLOSING);
        }
    }

    boolean takesRetries() {
        return phase == PoolPhase.RUNNING || phase == PoolPhase.CLOSING;
    }

    /// Begins nothing any more: workers died too often.
    void giveUp() {
        if (!takesRetries()) {
            return;
        }
        phase = phase.to(PoolPhase.BROKEN);
        effects.poolBroken();
        roster.forEach(assignments::requeueAll);
    }

    /// Ends what waits, if the pool has given up.
    void rejectWaiting() {
        if (phase == PoolPhase.BROKEN) {
            endWaiting(Ending.POOL_BROKEN);
        }
    }

    /// Every open item ends now for its caller, and nothing new begins.
    void cancelAll() {
        close();
        endWaiting(Ending.CANCELLED);
        roster.forEach(this::cancelHeld);
    }

    /// Ends the pool's life once nothing is left of it. True: just now.
    boolean terminateWhenEmpty() {
        boolean ending = phase == PoolPhase.CLOSING || phase == PoolPhase.BROKEN;
        if (!ending || !tasks.isEmpty() || !roster.isEmpty()) {
            return false;
        }
        phase = phase.to(PoolPhase.TERMINATED);
        effects.poolTerminated();
        return true;
    }

    private void endWaiting(Ending ending) {
        for (var task = waiting.any(); task != null; task = waiting.any()) {
            waiting.remove(task);
            tasks.finish(task, ending, false);
        }
    }

    private void cancelHeld(Worker worker) {
        var task = worker.held.first();
        while (task != null) {
            var after = task.after;
            if (task.isOpen() && !assignments.cut(task, worker, Ending.CANCELLED)) {
                tasks.finish(task, Ending.CANCELLED, true);
            }
            task = after;
        }
    }
}
