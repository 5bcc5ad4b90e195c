package dev.caisson.chaos;

import dev.caisson.PoolBrokenException;
import dev.caisson.PoolListener;
import dev.caisson.WorkerDeath;
import dev.caisson.WorkerInfo;
import dev.caisson.WorkerStartException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a pool's listener heard.
final class Events implements PoolListener {

    final Set<Long> pids = ConcurrentHashMap.newKeySet();
    final List<WorkerDeath> deaths = new CopyOnWriteArrayList<>();
    final List<WorkerStartException> failedStarts = new CopyOnWriteArrayList<>();
    final List<PoolBrokenException> breaks = new CopyOnWriteArrayList<>();

    @Override
    public void workerReady(WorkerInfo worker) {
        pids.add(worker.pid());
    }

    @Override
    public void workerExited(WorkerInfo worker, WorkerDeath death) {
        deaths.add(death);
    }

    @Override
    public void workerStartFailed(WorkerStartException failure) {
        failedStarts.add(failure);
    }

    @Override
    public void poolBroken(PoolBrokenException failure) {
        breaks.add(failure);
    }
}
