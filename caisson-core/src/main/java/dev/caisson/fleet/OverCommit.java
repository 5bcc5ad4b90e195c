package dev.caisson.fleet;

import dev.caisson.ByteSize;
import dev.caisson.process.MachineMemory;
import dev.caisson.process.UsableProcessors;
import dev.caisson.settings.PoolSettings;

/// Warns of a pool that asks for more than the machine has. It may be meant so: it is no error.
final class OverCommit {

    private static final System.Logger LOG = System.getLogger(OverCommit.class.getName());
    private static final int WORKERS_PER_CPU = 4;

    private OverCommit() {}

    static void warn(PoolSettings settings) {
        int workers = settings.sizes().workers() + settings.sizes().spares();
        settings.jvm().maxHeap().ifPresent(heap -> warnOfHeaps(settings.name(), workers, heap));
        warnOfResults(
                settings.name(), settings.maxResult(), Runtime.getRuntime().maxMemory());
        int cpus = UsableProcessors.count();
        if (workers > WORKERS_PER_CPU * cpus) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Pool {0} has {1} workers for {2} CPUs. If its tasks compute, fewer finish sooner and need less"
                            + " memory; if they mostly wait, never mind.",
                    settings.name(),
                    workers,
                    cpus);
        }
    }

    private static void warnOfResults(String pool, ByteSize maxResult, long heapBytes) {
        if (maxResult.bytes() > heapBytes) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Pool {0} takes results of up to {1}, but the heap of this process holds no more than {2} MiB: tasks"
                            + " with such results will fail here. Raise -Xmx of this process, or lower maxResult.",
                    pool,
                    maxResult,
                    Long.toString(heapBytes >> 20));
        }
    }

    private static void warnOfHeaps(String pool, int workers, ByteSize heap) {
        long memory = MachineMemory.bytes().orElse(Long.MAX_VALUE);
        if (heap.bytes() > memory / workers) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The {1} workers of pool {0} may fill a heap of {2} each, together more than the {3} MiB of this"
                            + " machine or container. Then the kernel kills processes, perhaps this one: lower maxHeap or"
                            + " workers.",
                    pool,
                    workers,
                    heap,
                    Long.toString(memory >> 20));
        }
    }
}
