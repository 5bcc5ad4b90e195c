package dev.caisson.pool;

import dev.caisson.StartMethod;
import dev.caisson.process.ResidentMemory;
import dev.caisson.process.UsableProcessors;
import dev.caisson.settings.PoolSettings;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a builder was told about numbers of workers and when they are replaced, unchecked. Not thread-safe.
final class SizesDraft {

    @Nullable Integer workers;

    @Nullable Integer minWorkers;

    @Nullable Integer spares;

    @Nullable StartMethod startMethod;

    @Nullable Integer queueCapacity;

    @Nullable Integer maxTasksPerWorker;

    @Nullable Duration maxWorkerAge;

    @Nullable Duration idleTimeout;

    @Nullable String maxWorkerMemory;

    @Nullable String memoryLimit;

    PoolSettings.Sizes checked(Complaints wrong, Optional<Duration> idleByDefault) {
        int most = wrong.atLeastOne("workers", workers == null ? UsableProcessors.count() : workers);
        wrong.unless(
                most <= PoolSettings.Sizes.MOST_WORKERS,
                "workers is " + most + ", but can be " + PoolSettings.Sizes.MOST_WORKERS
                        + " at most: each is a process");
        var idle = wrong.positive("idleTimeout", idleTimeout).or(() -> idleByDefault);
        int least = minWorkers != null ? minWorkers : idle.isEmpty() ? most : 0;
        wrong.unless(
                least >= 0 && least <= most,
                "minWorkers is " + least + ", but must lie between 0 and workers (" + most + ")");
        int ready = spares == null ? 0 : spares;
        wrong.unless(ready >= 0, "spares is " + ready + ", but can't be negative");
        wrong.unless(
                ready <= 0 || startMethod == null || startMethod == StartMethod.PRESPAWN,
                "spares is " + ready + ", which means the start method PRESPAWN, but startMethod is " + startMethod);
        wrong.unless(
                ResidentMemory.isTold() || (maxWorkerMemory == null && memoryLimit == null),
                "maxWorkerMemory and memoryLimit need Linux, which tells how much memory a process holds (/proc); use"
                        + " maxHeap here");
        return new PoolSettings.Sizes(
                most,
                least,
                startMethod() == StartMethod.PRESPAWN ? Math.max(1, ready) : 0,
                queueCapacity == null ? 0 : wrong.atLeastOne("queueCapacity", queueCapacity),
                maxTasksPerWorker == null ? 0 : wrong.atLeastOne("maxTasksPerWorker", maxTasksPerWorker),
                wrong.positive("maxWorkerAge", maxWorkerAge),
                idle,
                wrong.size("maxWorkerMemory", maxWorkerMemory),
                wrong.size("memoryLimit", memoryLimit));
    }

    StartMethod startMethod() {
        if (startMethod != null) {
            return startMethod;
        }
        return spares != null && spares > 0 ? StartMethod.PRESPAWN : StartMethod.SPAWN;
    }
}
