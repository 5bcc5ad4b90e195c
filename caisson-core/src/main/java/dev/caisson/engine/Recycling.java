package dev.caisson.engine;

/// Which workers have served long enough: by tasks, by age, or because somebody said so. A worker leaves after the task
/// that makes it so; a chunk is not cut for it.
final class Recycling {

    private final int maxItems;
    private final long maxAgeNanos;
    private final Deadlines deadlines;
    private final Assignments assignments;

    Recycling(EngineSettings settings, Deadlines deadlines, Assignments assignments) {
        maxItems = settings.maxTasksPerWorker();
        maxAgeNanos = settings.maxWorkerAgeNanos();
        this.deadlines = deadlines;
        this.assignments = assignments;
    }

    void ready(long now, Worker worker) {
        if (maxAgeNanos > 0) {
            worker.age = deadlines.in(maxAgeNanos, now, _ -> retire(worker));
        }
    }

    /// The worker leaves after the task it runs.
    void retire(Worker worker) {
        if (worker.isReady()) {
            worker.retiring = true;
            assignments.requeueAll(worker);
        }
    }

    /// The worker may take no more tasks.
    boolean isDue(Worker worker) {
        return worker.retiring || (maxItems > 0 && worker.itemsTaken >= maxItems);
    }
}
