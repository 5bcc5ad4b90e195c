package dev.caisson.engine;

/// What a pool is told at its construction. Limits are in nanoseconds.
///
/// @param workers how many workers there may be, and are unless idle ones leave
/// @param minWorkers how many stay when they are idle
/// @param spares how many more are kept ready, without tasks, to stand in at once for one that leaves
/// @param queueCapacity how many tasks may wait, 0 for no bound
/// @param startLimitNanos how long a worker may take to get ready
/// @param killGraceNanos how long a cancelled task may take to heed its interrupt, before the kill
/// @param leaveLimitNanos how long a worker may take to leave, before the kill
/// @param silenceLimitNanos how long a ready worker may give no sign of life, 0 for ever
/// @param idleLimitNanos how long a worker above the minimum may be idle before it leaves, 0 for ever
/// @param maxTasksPerWorker how many items a worker takes before it is replaced, 0 for no bound
/// @param maxWorkerAgeNanos how long a worker works before it is replaced, 0 for ever
/// @param ageingNanos how long a task waits to rise by one priority, 0 to never rise
/// @param restartDeaths how many deaths without a task to blame the window may hold
/// @param restartWindowNanos the window of `restartDeaths`
/// @param firstItemAllowanceNanos how much longer than its limits the first item of a worker may run once such items
///     time out, 0 for never
/// @param firstItemAllowanceTimes how many times its hard limit that may be at most, 0 for as many as it takes
/// @param lazyStart whether the first workers are launched at the first submit only
public record EngineSettings(
        int workers,
        int minWorkers,
        int spares,
        int queueCapacity,
        long startLimitNanos,
        long killGraceNanos,
        long leaveLimitNanos,
        long silenceLimitNanos,
        long idleLimitNanos,
        int maxTasksPerWorker,
        long maxWorkerAgeNanos,
        long ageingNanos,
        int restartDeaths,
        long restartWindowNanos,
        long firstItemAllowanceNanos,
        int firstItemAllowanceTimes,
        boolean lazyStart) {

    /// An hour: ranks of any priority are then far from what a long can hold.
    private static final long MOST_AGEING = 3_600_000_000_000L;

    public EngineSettings {
        require(workers >= 1, "workers", workers);
        require(minWorkers >= 0 && minWorkers <= workers, "minWorkers", minWorkers);
        require(spares >= 0, "spares", spares);
        require(queueCapacity >= 0, "queueCapacity", queueCapacity);
        require(startLimitNanos > 0, "startLimitNanos", startLimitNanos);
        require(killGraceNanos >= 0, "killGraceNanos", killGraceNanos);
        require(leaveLimitNanos >= 0, "leaveLimitNanos", leaveLimitNanos);
        require(silenceLimitNanos >= 0, "silenceLimitNanos", silenceLimitNanos);
        require(idleLimitNanos >= 0, "idleLimitNanos", idleLimitNanos);
        require(maxTasksPerWorker >= 0, "maxTasksPerWorker", maxTasksPerWorker);
        require(maxWorkerAgeNanos >= 0, "maxWorkerAgeNanos", maxWorkerAgeNanos);
        require(ageingNanos >= 0 && ageingNanos <= MOST_AGEING, "ageingNanos", ageingNanos);
        require(restartDeaths >= 0, "restartDeaths", restartDeaths);
        require(firstItemAllowanceNanos >= 0, "firstItemAllowanceNanos", firstItemAllowanceNanos);
        require(firstItemAllowanceTimes >= 0, "firstItemAllowanceTimes", firstItemAllowanceTimes);
        require(restartWindowNanos > 0, "restartWindowNanos", restartWindowNanos);
    }

    private static void require(boolean holds, String name, long value) {
        if (!holds) {
            throw new IllegalArgumentException("The engine can't work with " + name + " = " + value);
        }
    }
}
