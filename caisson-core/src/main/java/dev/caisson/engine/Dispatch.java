package dev.caisson.engine;

import org.jspecify.annotations.Nullable;

/// Brings waiting tasks to workers: to idle ones first, then ahead to busy ones as far as credits go.
///
/// What was sent ahead is not lost to better uses: it is taken back for a task of higher priority, and for a worker
/// that has nothing to do.
final class Dispatch {

    private final WaitingTasks waiting;
    private final WorkerRoster roster;
    private final Assignments assignments;
    private final Limits limits;
    private final Recycling recycling;
    private final Succession succession;
    private final Credits credits;

    /// The one priority of all tasks sent so far: the usual pool has no other, and nothing to recall.
    private int onlyPriority;

    private boolean sentAny;
    private boolean manyPriorities;

    Dispatch(
            WaitingTasks waiting,
            WorkerRoster roster,
            Assignments assignments,
            Limits limits,
            Recycling recycling,
            Succession succession,
            Credits credits) {
        this.waiting = waiting;
        this.roster = roster;
        this.assignments = assignments;
        this.limits = limits;
        this.recycling = recycling;
        this.succession = succession;
        this.credits = credits;
    }

    /// @param most how many workers may hold tasks
    /// @param ahead whether busy workers may get tasks ahead
    void run(long now, int most, boolean ahead) {
        recallLower();
        int mayHold = ahead ? credits.perWorker() : 1;
        do {
            sendWaiting(now, most, mayHold);
        } while (recallLower() || (waiting.isEmpty() && findIdle(most) != null && recallOne()));
    }

    private void sendWaiting(long now, int most, int mayHold) {
        for (var task = waiting.first(); task != null; task = waiting.first()) {
            var idle = findIdle(most);
            var worker = idle != null ? idle : findBusy(mayHold, task.bytes);
            if (worker == null) {
                return;
            }
            int itemsLeft = recycling.itemsLeft(worker);
            if (task.items() > itemsLeft) {
                limits.cut(task, assignments.cut(task, itemsLeft));
            }
            assignments.assign(now, task, worker);
            limits.sent(now, task);
            recycling.assigned(now, worker);
            notePriority(task.terms.priority());
        }
    }

    /// An idle worker, unless as many as may be are at work already. One that has few tasks left gets them first.
    private @Nullable Worker findIdle(int most) {
        Worker best = null;
        for (int slot = 0; slot < roster.slots(); slot++) {
            var worker = roster.at(slot);
            if (worker == null || worker.phase() != WorkerPhase.IDLE || !succession.mayTake(worker)) {
                continue;
            }
            if (best == null || (worker.tenure == Tenure.FINISHING && best.tenure != Tenure.FINISHING)) {
                best = worker;
            }
        }
        return best == null || roster.holding() >= most ? null : best;
    }

    /// The worker with the fewest tasks of those that may take one ahead.
    private @Nullable Worker findBusy(int mayHold, int bytes) {
        Worker best = null;
        for (int slot = 0; slot < roster.slots(); slot++) {
            var worker = roster.at(slot);
            if (worker == null || worker.phase() != WorkerPhase.BUSY || !succession.mayTake(worker)) {
                continue;
            }
            int held = worker.held.size();
            if (held < mayHold
                    && worker.bytesAhead() + bytes <= Credits.BYTES_AHEAD
                    && (best == null || held < best.held.size())) {
                best = worker;
            }
        }
        return best;
    }

    private void notePriority(int priority) {
        manyPriorities |= sentAny && priority != onlyPriority;
        onlyPriority = priority;
        sentAny = true;
    }

    /// Takes back what was sent ahead while something waits that outranks it.
    private boolean recallLower() {
        var first = waiting.first();
        if (first == null || !sentAny || (!manyPriorities && first.terms.priority() == onlyPriority)) {
            return false;
        }
        boolean recalled = false;
        for (int slot = 0; slot < roster.slots(); slot++) {
            var worker = roster.at(slot);
            if (worker != null && worker.phase() == WorkerPhase.BUSY) {
                recalled |= recallLower(worker, first);
            }
        }
        return recalled;
    }

    private boolean recallLower(Worker worker, Task first) {
        boolean recalled = false;
        var head = worker.held.first();
        var task = worker.held.last();
        while (task != null && task != head) {
            var before = task.before;
            if (first.outranks(task)) {
                recalled |= assignments.requeue(task, worker);
            }
            task = before;
        }
        return recalled;
    }

    /// Takes back one task that waits behind another. False: there is none.
    private boolean recallOne() {
        for (int slot = 0; slot < roster.slots(); slot++) {
            var worker = roster.at(slot);
            if (worker == null || worker.phase() != WorkerPhase.BUSY || worker.held.size() < 2) {
                continue;
            }
            var last = worker.held.last();
            if (last != null && assignments.requeue(last, worker)) {
                return true;
            }
        }
        return false;
    }
}
