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
    private final Credits credits;

    /// No task of a lower priority than this has been sent: the usual pool has one priority, and nothing to recall.
    private int lowestSent = Integer.MAX_VALUE;

    Dispatch(
            WaitingTasks waiting,
            WorkerRoster roster,
            Assignments assignments,
            Limits limits,
            Recycling recycling,
            Credits credits) {
        this.waiting = waiting;
        this.roster = roster;
        this.assignments = assignments;
        this.limits = limits;
        this.recycling = recycling;
        this.credits = credits;
    }

    /// @param ahead whether busy workers may get tasks ahead
    void run(long now, boolean ahead) {
        recallLower();
        int mayHold = ahead ? credits.perWorker() : 1;
        sendWaiting(now, mayHold);
        while (waiting.isEmpty() && hasIdle() && recallOne()) {
            sendWaiting(now, mayHold);
        }
    }

    private void sendWaiting(long now, int mayHold) {
        for (var task = waiting.first(); task != null; task = waiting.first()) {
            var worker = findWorker(mayHold, task.bytes);
            if (worker == null) {
                return;
            }
            assignments.assign(now, task, worker);
            limits.sent(now, task);
            lowestSent = Math.min(lowestSent, task.terms.priority());
        }
    }

    /// The first idle worker, or else the one with the fewest tasks of those that may take one ahead.
    private @Nullable Worker findWorker(int mayHold, int bytes) {
        Worker best = null;
        for (int slot = 0; slot < roster.slots(); slot++) {
            var worker = roster.at(slot);
            if (worker == null || !worker.isReady() || recycling.isDue(worker)) {
                continue;
            }
            if (worker.phase() == WorkerPhase.IDLE) {
                return worker;
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

    private boolean hasIdle() {
        return roster.count(WorkerPhase.IDLE) > 0;
    }

    /// Takes back what was sent ahead while something of higher priority waits.
    private void recallLower() {
        var first = waiting.first();
        if (first == null || first.terms.priority() <= lowestSent) {
            return;
        }
        for (int slot = 0; slot < roster.slots(); slot++) {
            var worker = roster.at(slot);
            if (worker != null && worker.phase() == WorkerPhase.BUSY) {
                recallLower(worker, first.terms.priority());
            }
        }
    }

    private void recallLower(Worker worker, int priority) {
        var head = worker.held.first();
        var task = worker.held.last();
        while (task != null && task != head) {
            var before = task.before;
            if (task.terms.priority() < priority) {
                assignments.requeue(task, worker);
            }
            task = before;
        }
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
