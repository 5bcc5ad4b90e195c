package dev.caisson.testkit.simulation;

import static dev.caisson.testkit.simulation.WorkerOracle.require;

import dev.caisson.engine.EngineSettings;

/// What must hold of the time that the first item of a worker gets: its limit, until such items time out; then an
/// allowance besides, unless that was used up in vain more often than it helped.
final class FirstItemOracle {

    private static final int MOST_NEEDED = 64;

    private final EngineSettings settings;
    private int timeOuts;
    private int needed = 1;

    FirstItemOracle(EngineSettings settings) {
        this.settings = settings;
    }

    /// How much longer than its hard limit the running item may run.
    long allowance(Claim claim) {
        return claim.extended == claim.running ? allowanceNanos(claim) : 0;
    }

    /// How much longer than its soft limit the running item may run, if that is a first one.
    long mostForSoftLimit(WorkerAccount account, Claim claim) {
        return claim.task.submission.terms.hardLimitNanos() > 0 && isFirst(account, claim) ? allowanceNanos(claim) : 0;
    }

    void extended(WorkerAccount account, Claim claim, int item, long nanos) {
        require(claim.running == item && isFirst(account, claim), "first item", () -> "item " + item + " is no first");
        require(isGranted() && nanos == allowanceNanos(claim), "first item", () -> "not granted: " + nanos + " ns");
        require(claim.extended != item, "first item", () -> "item " + item + " is extended twice");
        claim.extended = item;
    }

    /// It ran into its hard limit, and is killed for that.
    void condemned(WorkerAccount account, Claim claim) {
        if (!isFirst(account, claim)) {
            return;
        }
        if (claim.extended != claim.running) {
            require(!isGranted(), "first item", () -> "task " + claim.task.id + " was not given its allowance");
            timeOuts++;
        } else if (isGranted()) {
            timeOuts = 0;
            needed = Math.min(2 * needed, MOST_NEEDED);
        }
    }

    /// The engine is told its result.
    void told(WorkerAccount account, Claim claim) {
        if (account.itemsTold == 0 && claim.extended == claim.delivered) {
            needed = 1;
            timeOuts = Math.max(1, timeOuts);
        }
        account.itemsTold++;
    }

    private long allowanceNanos(Claim claim) {
        int times = settings.firstItemAllowanceTimes();
        long allowance = settings.firstItemAllowanceNanos();
        return times == 0 ? allowance : Math.min(allowance, times * claim.task.submission.terms.hardLimitNanos());
    }

    private boolean isGranted() {
        return settings.firstItemAllowanceNanos() > 0 && timeOuts >= needed;
    }

    private static boolean isFirst(WorkerAccount account, Claim claim) {
        return account.itemsTold == 0 && account.held.getFirst() == claim && claim.running == claim.delivered;
    }
}
