package dev.caisson.engine;

/// Which workers have served long enough: by tasks, by age, or because somebody said so.
///
/// By tasks a worker leaves after exactly so many items: a chunk is cut for it. Old workers leave up to a tenth
/// earlier, each at a time of its own, so that workers which started together don't all leave together.
final class Recycling {

    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final int maxItems;
    private final long maxAgeNanos;
    private final Deadlines deadlines;
    private final Assignments assignments;
    private final RestartPolicy restarts;

    Recycling(EngineSettings settings, Deadlines deadlines, Assignments assignments, RestartPolicy restarts) {
        maxItems = settings.maxTasksPerWorker();
        maxAgeNanos = settings.maxWorkerAgeNanos();
        this.deadlines = deadlines;
        this.assignments = assignments;
        this.restarts = restarts;
    }

    void ready(long now, Worker worker) {
        if (maxAgeNanos > 0) {
            long early = (((worker.slot * 31L + worker.generation) * MIX) >>> 1) % (maxAgeNanos / 10 + 1);
            worker.age = deadlines.in(maxAgeNanos - early, now, _ -> replace(worker));
        }
    }

    /// The worker is to leave once its successor is ready; until then it works on.
    void replace(Worker worker) {
        if (worker.isReady() && worker.tenure == Tenure.SERVING) {
            worker.tenure = Tenure.DUE;
        }
    }

    /// The worker takes no more tasks, and leaves after the one it runs.
    void retire(long now, Worker worker) {
        if (worker.isReady()) {
            noteService(now, worker);
            worker.tenure = Tenure.DONE;
            assignments.requeueAll(worker);
        }
    }

    /// The worker was given a task.
    void assigned(long now, Worker worker) {
        if (isExhausted(worker) && worker.tenure != Tenure.DONE) {
            noteService(now, worker);
            worker.tenure = Tenure.FINISHING;
        }
    }

    /// How many items the worker may still take.
    int itemsLeft(Worker worker) {
        return maxItems == 0 ? Integer.MAX_VALUE : (int) Math.max(0, maxItems - worker.itemsTaken);
    }

    /// The worker may take no more tasks, whatever the others do.
    boolean isSpent(Worker worker) {
        return worker.tenure == Tenure.DONE || isExhausted(worker);
    }

    private void noteService(long now, Worker worker) {
        if (worker.serves()) {
            restarts.served(now);
        }
    }

    private boolean isExhausted(Worker worker) {
        return maxItems > 0 && worker.itemsTaken >= maxItems;
    }
}
