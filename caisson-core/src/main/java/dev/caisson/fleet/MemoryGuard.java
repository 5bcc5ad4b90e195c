package dev.caisson.fleet;

import dev.caisson.ByteSize;
import dev.caisson.memory.Remark;
import dev.caisson.process.ResidentMemory;
import dev.caisson.settings.PoolSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Looks at the memory that a pool's workers hold: after each task, and ten times a second while tasks run. Without
/// such limits it does nothing and has no thread. Thread-safe.
final class MemoryGuard {

    private static final System.Logger LOG = System.getLogger(MemoryGuard.class.getName());
    private static final Duration INTERVAL = Duration.ofMillis(100);

    /// So many in a row that grow too large by one task: it is not the tasks.
    private static final int SHORT_LIVES = 3;

    private final String pool;
    private final Optional<ByteSize> afterTask;
    private final Optional<ByteSize> duringTask;
    private final Set<ProcessWorker> workers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger shortLives = new AtomicInteger();
    private final AtomicBoolean warned = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// Looks at the workers until the guard is closed. Guarded by this.
    private @Nullable Thread thread;

    MemoryGuard(PoolSettings settings) {
        pool = settings.name();
        afterTask = settings.sizes().maxWorkerMemory();
        duringTask = settings.sizes().memoryLimit();
    }

    /// From now on the worker is looked at. It is ready, and has run nothing.
    void watch(ProcessWorker worker) {
        excess(worker, afterTask).ifPresent(found -> warnOfFresh(found, "before its first task"));
        if (duringTask.isPresent()) {
            workers.add(worker);
            startOnce();
        }
    }

    void forget(ProcessWorker worker) {
        workers.remove(worker);
    }

    /// The worker has ended a task. Says so if it holds too much to go on.
    ///
    /// @param first whether it was its first
    boolean isTooLargeAfterTask(ProcessWorker worker, boolean first) {
        if (afterTask.isEmpty()) {
            return false;
        }
        var excess = excess(worker, afterTask);
        if (excess.isEmpty() || !first) {
            shortLives.set(0);
        } else if (shortLives.incrementAndGet() >= SHORT_LIVES) {
            warnOfFresh(excess.get(), "after its first task, as did " + (SHORT_LIVES - 1) + " before it");
        }
        excess.ifPresent(found -> LOG.log(
                System.Logger.Level.INFO,
                "Worker {0} (pid {1}) of pool {2} is replaced: it holds {3} after a task, more than maxWorkerMemory ({4})",
                worker.slot(),
                worker.info().map(info -> Long.toString(info.pid())).orElse("unknown"),
                pool,
                found.resident(),
                found.limit()));
        return excess.isPresent();
    }

    /// Once: it would be said of each worker.
    private void warnOfFresh(MemoryExcess found, String when) {
        if (!warned.getAndSet(true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "maxWorkerMemory of pool {0} ({1}) is less than a fresh worker needs: one holds {2} {3}. So each is"
                            + " replaced after one task, and most of the time goes to starting others: raise it to twice"
                            + " that at least, or lower maxHeap",
                    pool,
                    found.limit(),
                    found.resident(),
                    when);
        }
    }

    void close() {
        closed.countDown();
    }

    private synchronized void startOnce() {
        if (thread == null) {
            thread = Thread.ofPlatform()
                    .daemon()
                    .name("caisson-" + pool + "-memory")
                    .start(this::look);
        }
    }

    private void look() {
        try {
            while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                lookOnce();
            }
        } catch (InterruptedException nobodyHasAReason) {
            LOG.log(System.Logger.Level.WARNING, "Pool {0} watches its memoryLimit no more: interrupted", pool);
        }
    }

    private void lookOnce() {
        try {
            for (var worker : workers) {
                if (worker.isRunningTask()) {
                    excess(worker, duringTask).ifPresent(worker::endForMemory);
                }
            }
        } catch (RuntimeException | Error failure) { // the next look may go well
            Remark.log(MemoryGuard.class, System.Logger.Level.WARNING, "A look at workers' memory failed", failure);
        }
    }

    private static Optional<MemoryExcess> excess(ProcessWorker worker, Optional<ByteSize> limit) {
        if (limit.isEmpty() || worker.info().isEmpty()) {
            return Optional.empty();
        }
        long resident = ResidentMemory.of(worker.info().get().pid()).orElse(0);
        return resident > limit.get().bytes() ? Optional.of(MemoryExcess.of(resident, limit.get())) : Optional.empty();
    }
}
