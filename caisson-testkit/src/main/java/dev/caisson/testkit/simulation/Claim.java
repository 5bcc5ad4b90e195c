package dev.caisson.testkit.simulation;

import dev.caisson.engine.Boards;

/// The word on a worker's board for one send of a task: worker and engine race for it.
final class Claim {

    final SimulatedTask task;
    final SimulatedWorker worker;
    final int first;
    final int attempt;
    final long sentAt;

    /// Where the items end that the worker may begin; taking back moves it down.
    int limit;

    /// The next item to begin.
    int next;

    int running = Boards.NONE;
    long since;

    /// The item that may not publish its result any more.
    int condemned = Boards.NONE;

    /// The item that got more time than its hard limit.
    int extended = Boards.NONE;

    /// Whether the item had run into its hard limit when it was condemned.
    boolean overHardLimit;

    /// The item that the engine asked to interrupt last, other than by a cancel.
    int interrupted = Boards.NONE;

    /// The next item whose result the engine is to be told.
    int delivered;

    Claim(SimulatedTask task, SimulatedWorker worker, int first, int limit, int attempt, long sentAt) {
        this.task = task;
        this.worker = worker;
        this.first = first;
        this.limit = limit;
        this.attempt = attempt;
        this.sentAt = sentAt;
        next = first;
        delivered = first;
    }

    /// The worker's move: begins the next item, or finds that there is none.
    boolean begin(long now) {
        if (next >= limit) {
            return false;
        }
        running = next++;
        since = now;
        return true;
    }

    /// The worker's move: publishes the result of the running item, unless the item is condemned.
    boolean publish() {
        if (condemned == running) {
            return false;
        }
        running = Boards.NONE;
        return true;
    }

    /// The engine's move: takes back what has not begun.
    int takeBack() {
        limit = Math.min(limit, next);
        return limit;
    }

    /// The engine's move: condemns the running item.
    boolean condemn(int item) {
        if (running != item) {
            return false;
        }
        condemned = item;
        return true;
    }

    /// Nothing of it is left for the engine to hear of.
    boolean isDone() {
        return delivered >= limit;
    }

    /// Nothing of it has begun, and something still may.
    boolean isUntouched() {
        return next == first && first < limit;
    }
}
