package dev.caisson.testkit.simulation;

import dev.caisson.engine.Counts;
import dev.caisson.engine.Engine;
import dev.caisson.engine.ItemResult;
import dev.caisson.engine.PoolPhase;
import dev.caisson.engine.TaskTerms;
import dev.caisson.engine.WorkerView;
import java.util.List;

/// The joint with nothing planted: everything reaches the engine as it is.
final class EngineEvents implements PoolEvents {

    private final Engine engine;

    EngineEvents(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void opened(long now) {
        engine.opened(now);
    }

    @Override
    public long taskSubmitted(long now, int items, int bytes, TaskTerms terms) {
        return engine.taskSubmitted(now, items, bytes, terms);
    }

    @Override
    public void workerReady(long now, int slot, int generation) {
        engine.workerReady(now, slot, generation);
    }

    @Override
    public void launchImpossible(long now, int slot, int generation) {
        engine.launchImpossible(now, slot, generation);
    }

    @Override
    public void launchFailed(long now, int slot, int generation) {
        engine.launchFailed(now, slot, generation);
    }

    @Override
    public void itemFinished(
            long now, int slot, int generation, long task, int item, ItemResult result, long runNanos) {
        engine.itemFinished(now, slot, generation, task, item, result, runNanos);
    }

    @Override
    public void workerAnswered(long now, int slot, int generation) {
        engine.workerAnswered(now, slot, generation);
    }

    @Override
    public void stacksTaken(long now, int slot, int generation) {
        engine.stacksTaken(now, slot, generation);
    }

    @Override
    public void workerExited(long now, int slot, int generation) {
        engine.workerExited(now, slot, generation);
    }

    @Override
    public void retireRequested(long now, int slot, int generation) {
        engine.retireRequested(now, slot, generation);
    }

    @Override
    public void workerOverMemory(long now, int slot, int generation) {
        engine.workerOverMemory(now, slot, generation);
    }

    @Override
    public boolean cancelRequested(long now, long task, boolean interrupt) {
        return engine.cancelRequested(now, task, interrupt);
    }

    @Override
    public void closeRequested(long now, long limitNanos) {
        engine.closeRequested(now, limitNanos);
    }

    @Override
    public void terminateRequested(long now) {
        engine.terminateRequested(now);
    }

    @Override
    public void resizeRequested(long now, int workers) {
        engine.resizeRequested(now, workers);
    }

    @Override
    public void restartRequested(long now) {
        engine.restartRequested(now);
    }

    @Override
    public boolean workerEndRequested(long now, int slot, int generation) {
        return engine.workerEndRequested(now, slot, generation);
    }

    @Override
    public void timeReached(long now) {
        engine.timeReached(now);
    }

    @Override
    public long nextDeadline() {
        return engine.nextDeadline();
    }

    @Override
    public PoolPhase phase() {
        return engine.phase();
    }

    @Override
    public Counts counts() {
        return engine.counts();
    }

    @Override
    public int queued() {
        return engine.queued();
    }

    @Override
    public List<WorkerView> workers() {
        return engine.workers();
    }
}
