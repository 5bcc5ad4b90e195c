package dev.caisson.engine;

/// Workers that leave by plan, and those who follow them: nobody leaves, or stops working, before enough others are
/// ready. So such a change costs no capacity, and only a few happen at a time.
final class Succession {

    private final WorkerRoster roster;
    private final Recycling recycling;
    private final Assignments assignments;

    /// How many have to be ready.
    private int needed;

    Succession(WorkerRoster roster, Recycling recycling, Assignments assignments) {
        this.roster = roster;
        this.recycling = recycling;
        this.assignments = assignments;
    }

    /// Looks who may begin to leave.
    ///
    /// @param needed how many have to be ready
    /// @param most how many workers there may be
    void review(int needed, int most) {
        this.needed = needed;
        int handing = roster.count(worker -> worker.tenure == Tenure.HANDING_OVER);
        int atOnce = Math.max(1, most / 4);
        for (int slot = 0; slot < roster.slots(); slot++) {
            var worker = roster.at(slot);
            if (worker == null || !worker.isReady()) {
                continue;
            }
            if (worker.tenure == Tenure.DUE && handing < atOnce) {
                worker.tenure = Tenure.HANDING_OVER;
                handing++;
            }
            if (worker.tenure == Tenure.HANDING_OVER && isRelieved(worker)) {
                assignments.requeueAll(worker);
            }
        }
    }

    /// Whether the worker may be given tasks.
    boolean mayTake(Worker worker) {
        return worker.isReady()
                && !recycling.isSpent(worker)
                && (worker.tenure != Tenure.HANDING_OVER || !isRelieved(worker));
    }

    /// Whether the worker, which is idle, leaves now.
    boolean mayGo(Worker worker) {
        return recycling.isSpent(worker)
                ? roster.count(Worker::isReady) > needed
                : worker.tenure == Tenure.HANDING_OVER && isRelieved(worker);
    }

    private boolean isRelieved(Worker worker) {
        int others = roster.count(other -> other != worker
                && (other.phase() == WorkerPhase.BUSY
                        || (other.phase() == WorkerPhase.IDLE && !recycling.isSpent(other))));
        return others >= needed;
    }
}
