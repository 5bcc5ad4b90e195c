package dev.caisson.engine;

/// Which workers have served long enough: by tasks, by age, or because somebody said so.
///
/// By tasks a worker leaves after so many items at most: a chunk is cut for it. Workers that started together and share
/// the load evenly would all have had their tasks at once, so they take turns: the first in each slot takes fewer, each
/// slot a number of its own. And a successor is launched before the last task: once what is left is likely to be done
/// before a worker can start. If it is ready sooner, the worker leaves with up to a quarter of its tasks not taken.
/// Where the number is so small that a turn would be most of it, it is exact.
///
/// Old workers leave up to a tenth earlier, each at a time of its own.
final class Recycling {

    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    /// Fewer items than this for each worker make no turns, and a share of them is no time to start a worker in.
    private static final int TURNS_FROM = 4;

    private static final long UNKNOWN = -1;

    private final int maxItems;
    private final int workers;
    private final long maxAgeNanos;
    private final Deadlines deadlines;
    private final Assignments assignments;
    private final RestartPolicy restarts;
    private final Credits credits;

    /// How long the start of the worker took that got ready last.
    private long startNanos = UNKNOWN;

    Recycling(
            EngineSettings settings,
            Deadlines deadlines,
            Assignments assignments,
            RestartPolicy restarts,
            Credits credits) {
        maxItems = settings.maxTasksPerWorker();
        workers = settings.workers();
        maxAgeNanos = settings.maxWorkerAgeNanos();
        this.deadlines = deadlines;
        this.assignments = assignments;
        this.restarts = restarts;
        this.credits = credits;
    }

    void ready(long now, Worker worker) {
        startNanos = Math.max(0, now - worker.launchedAt);
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
        } else if (isNearlyExhausted(worker)) {
            replace(worker);
        }
    }

    /// How many items the worker may still take.
    int itemsLeft(Worker worker) {
        return maxItems == 0 ? Integer.MAX_VALUE : (int) Math.max(0, maxItemsOf(worker) - worker.itemsTaken);
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
        return maxItems > 0 && worker.itemsTaken >= maxItemsOf(worker);
    }

    /// Whether a successor that is launched now is likely to be ready no sooner than this worker has had its tasks.
    private boolean isNearlyExhausted(Worker worker) {
        long left = maxItemsOf(worker) - worker.itemsTaken;
        return takesTurns()
                && startNanos != UNKNOWN
                && credits.averageNanos() >= 0
                && left <= maxItems / TURNS_FROM
                && credits.averageNanos() <= startNanos / Math.max(1, left);
    }

    private int maxItemsOf(Worker worker) {
        return worker.generation == 1 && worker.slot < workers && takesTurns()
                ? maxItems - (int) ((long) maxItems * worker.slot / workers)
                : maxItems;
    }

    private boolean takesTurns() {
        return maxItems >= 2 * TURNS_FROM && maxItems / TURNS_FROM >= workers;
    }
}
