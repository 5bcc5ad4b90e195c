package dev.caisson.engine;

/// Takes leave of a worker: whatever it held is blamed, retried or waits again.
///
/// Blame is exact. What had begun and has no result is what the worker was running when it died; what had a result was
/// reported before, and what had not begun is taken back from the board it left behind.
final class Deaths {

    private final Deadlines deadlines;
    private final WorkerRoster roster;
    private final Tasks tasks;
    private final Assignments assignments;
    private final RestartPolicy restarts;
    private final Lifecycle lifecycle;
    private final Retries retries;

    Deaths(
            Deadlines deadlines,
            WorkerRoster roster,
            Tasks tasks,
            Assignments assignments,
            RestartPolicy restarts,
            Lifecycle lifecycle,
            Retries retries) {
        this.deadlines = deadlines;
        this.roster = roster;
        this.tasks = tasks;
        this.assignments = assignments;
        this.restarts = restarts;
        this.lifecycle = lifecycle;
        this.retries = retries;
    }

    /// Its process ended, or it never came to be, or it was given up.
    void workerGone(long now, Worker worker) {
        boolean counts = isUnexpected(worker);
        if (worker.serves()) {
            restarts.served(now);
        }
        worker.to(WorkerPhase.GONE);
        deadlines.cancel(worker.step);
        deadlines.cancel(worker.pulse);
        deadlines.cancel(worker.age);
        roster.remove(worker);
        boolean blamed = false;
        for (var task = worker.held.first(); task != null; task = worker.held.first()) {
            blamed |= takeFrom(now, worker, task);
        }
        if (counts && !blamed && !restarts.workerDied(now, roster.count(Worker::serves) > 0)) {
            lifecycle.giveUp();
        }
    }

    /// Whether the worker died by itself, or as good as: it was neither told to leave nor killed for its task.
    private static boolean isUnexpected(Worker worker) {
        var killed = worker.killed;
        return killed == null ? worker.holdsPlace : killed == KillReason.START_LIMIT || killed == KillReason.SILENT;
    }

    /// Takes a task out of dead hands. True: it was running.
    private boolean takeFrom(long now, Worker worker, Task task) {
        int first = assignments.takeBack(task, worker);
        int condemned = task.condemned;
        boolean begun = first > task.next;
        assignments.release(task, worker);
        if (!task.isOpen()) {
            return begun;
        }
        if (!begun) {
            assignments.putBack(task);
            return false;
        }
        tasks.begun(task);
        var ending = condemned == Boards.NONE ? Ending.WORKER_DIED : task.sentence;
        if (retries.isDue(now, task, ending, false)) {
            retry(now, task, first, ending);
        } else {
            blame(task, first, condemned);
        }
        return true;
    }

    private void retry(long now, Task task, int first, Ending instead) {
        if (first < task.end) {
            assignments.putBack(tasks.split(task, first));
        }
        retries.again(now, task, instead);
    }

    private void blame(Task task, int first, int condemned) {
        while (task.next < first) {
            var ending = task.next == condemned ? task.sentence : Ending.WORKER_DIED;
            tasks.finishItem(task, task.next, ending, true);
            task.next++;
        }
        if (task.next < task.end) {
            assignments.putBack(task);
        } else {
            tasks.close(task);
        }
    }
}
