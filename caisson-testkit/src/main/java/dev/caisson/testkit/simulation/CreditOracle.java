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
        long credits = average == UNKNOWN || average >= 500_000 ? 1 : Math.min(32, 1_000_000 / Math.max(1, average));
        require(held < credits, "credits", () -> held + 1 + " tasks in flight, allowed are " + credits);
        require(
                account.bytesAhead() + task.submission.bytes <= 64 * 1024,
                "credits",
                () -> account.bytesAhead() + " bytes are ahead already");
    }
}
