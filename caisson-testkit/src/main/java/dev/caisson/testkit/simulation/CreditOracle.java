package dev.caisson.testkit.simulation;

import static dev.caisson.testkit.simulation.WorkerOracle.require;

/// How many tasks a worker may hold: reckoned again from what the contract says, apart from the engine's own reckoning.
final class CreditOracle {

    private static final long UNKNOWN = -1;

    private long average = UNKNOWN;

    void taskEnded(long runNanos) {
        average = average == UNKNOWN ? runNanos : average + (runNanos - average) / 8;
    }

    void checkSend(SimulatedTask task, WorkerAccount account, WorkerOracle workers) {
        int held = account.held.size();
        if (held == 0) {
            return;
        }
        for (var other : workers.present()) {
            require(
                    !workers.isFree(other),
                    "idle",
                    () -> "a task goes ahead while worker " + other.worker.slot + " idles");
        }
        long credits = perWorker();
        require(held < credits, "credits", () -> held + 1 + " tasks in flight, allowed are " + credits);
        require(
                account.bytesAhead() + task.submission.bytes <= 64 * 1024,
                "credits",
                () -> account.bytesAhead() + " bytes are ahead already");
    }

    /// After every event: nothing waits that a worker may be sent ahead.
    void checkUse(SimulatedTask first, WorkerOracle workers) {
        if (workers.isOverstaffed()) {
            return;
        }
        long credits = perWorker();
        for (var account : workers.present()) {
            require(
                    !workers.mayTakeMore(account)
                            || account.held.size() >= credits
                            || account.bytesAhead() + first.submission.bytes > 64 * 1024,
                    "credits",
                    () -> "task %d waits, and worker %d holds %d tasks of %d"
                            .formatted(first.id, account.worker.slot, account.held.size(), credits));
        }
    }

    private long perWorker() {
        return average == UNKNOWN || average >= 500_000 ? 1 : Math.min(32, 1_000_000 / Math.max(1, average));
    }
}
