package dev.caisson.runtime;

import dev.caisson.PoolBrokenException;
import dev.caisson.PoolListener;
import dev.caisson.TaskEvent;
import dev.caisson.WorkerDeath;
import dev.caisson.WorkerInfo;
import dev.caisson.WorkerStartException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Hands events on to the user's listeners, in order, on the executor for callbacks.
///
/// @param listeners the user's
/// @param executor runs one at a time, in order
record SerialListener(List<PoolListener> listeners, Executor executor) implements PoolListener {

    @Override
    public void workerReady(WorkerInfo worker) {
        each(listener -> listener.workerReady(worker));
    }

    @Override
    public void workerExited(WorkerInfo worker, WorkerDeath death) {
        each(listener -> listener.workerExited(worker, death));
    }

    @Override
    public void workerStartFailed(WorkerStartException failure) {
        each(listener -> listener.workerStartFailed(failure));
    }

    @Override
    public void taskFinished(TaskEvent event) {
        each(listener -> listener.taskFinished(event));
    }

    @Override
    public void poolBroken(PoolBrokenException failure) {
        each(listener -> listener.poolBroken(failure));
    }

    @Override
    public void poolTerminated() {
        each(PoolListener::poolTerminated);
    }

    private void each(Consumer<PoolListener> event) {
        for (var listener : listeners) {
            executor.execute(() -> event.accept(listener));
        }
    }
}
