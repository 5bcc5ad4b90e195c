package dev.caisson.engine;

/// Engine settings for tests: one worker, no limits that matter, and what a test changes.
final class Settings {

    private int workers = 1;
    private int spares;
    private long ageingNanos = 10_000_000_000L;
    private int queueCapacity;
    private long silenceLimitNanos;
    private long idleLimitNanos;
    private int maxTasksPerWorker;
    private long maxWorkerAgeNanos;
    private int restartDeaths = 5;
    private long firstItemAllowanceNanos;
    private int firstItemAllowanceTimes;

    Settings workers(int value) {
        workers = value;
        return this;
    }

    Settings spares(int value) {
        spares = value;
        return this;
    }

    Settings ageingNanos(long value) {
        ageingNanos = value;
        return this;
    }

    Settings queueCapacity(int value) {
        queueCapacity = value;
        return this;
    }

    Settings silenceLimitNanos(long value) {
        silenceLimitNanos = value;
        return this;
    }

    Settings idleLimitNanos(long value) {
        idleLimitNanos = value;
        return this;
    }

    Settings maxTasksPerWorker(int value) {
        maxTasksPerWorker = value;
        return this;
    }

    Settings maxWorkerAgeNanos(long value) {
        maxWorkerAgeNanos = value;
        return this;
    }

    Settings restartDeaths(int value) {
        restartDeaths = value;
        return this;
    }

    Settings firstItemAllowanceNanos(long value) {
        firstItemAllowanceNanos = value;
        return this;
    }

    Settings firstItemAllowanceTimes(int value) {
        firstItemAllowanceTimes = value;
        return this;
    }

    EngineSettings build() {
        return new EngineSettings(
                workers,
                0,
                spares,
                queueCapacity,
                60_000_000_000L,
                1_000_000_000L,
                1_000_000_000L,
                silenceLimitNanos,
                idleLimitNanos,
                maxTasksPerWorker,
                maxWorkerAgeNanos,
                ageingNanos,
                restartDeaths,
                30_000_000_000L,
                firstItemAllowanceNanos,
                firstItemAllowanceTimes,
                false);
    }
}
