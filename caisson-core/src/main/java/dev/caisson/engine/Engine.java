package dev.caisson.engine;

import java.util.List;

/// Decides for one pool.
public final class Engine {

    /// Answer to a submit: the pool takes nothing any more.
    public static final long REFUSED_CLOSED = -1;

    /// Answer to a submit: the queue is full.
    public static final long REFUSED_FULL = -2;

    public Engine(EngineSettings settings, Effects effects, Boards boards) {}

    public void opened(long now) {}

    public long taskSubmitted(long now, int items, int bytes, TaskTerms terms) {
        return REFUSED_CLOSED;
    }

    public void workerReady(long now, int slot, int generation) {}

    public void launchFailed(long now, int slot, int generation) {}

    public void itemBegan(long now, int slot, int generation, long task, int item) {}

    public void itemFinished(
            long now, int slot, int generation, long task, int item, ItemResult result, long runNanos) {}

    public void workerAnswered(long now, int slot, int generation) {}

    public void stacksTaken(long now, int slot, int generation) {}

    public void workerExited(long now, int slot, int generation) {}

    /// The worker leaves after what it runs, and is replaced: its memory has grown, say.
    public void retireRequested(long now, int slot, int generation) {}

    public boolean cancelRequested(long now, long task, boolean interrupt) {
        return false;
    }

    public void closeRequested(long now, long limitNanos) {}

    public void terminateRequested(long now) {}

    public void resizeRequested(long now, int workers) {}

    public void restartRequested(long now) {}

    public boolean workerEndRequested(long now, int slot, int generation) {
        return false;
    }

    public void timeReached(long now) {}

    public long nextDeadline() {
        return Long.MAX_VALUE;
    }

    public PoolPhase phase() {
        return PoolPhase.RUNNING;
    }

    public Counts counts() {
        return new Counts(0, 0, 0, 0, 0, 0, 0);
    }

    /// How many tasks wait.
    public int queued() {
        return 0;
    }

    /// The workers that are there, by slot.
    public List<WorkerView> workers() {
        return List.of();
    }
}
