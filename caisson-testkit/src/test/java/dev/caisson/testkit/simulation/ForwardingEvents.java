package dev.caisson.testkit.simulation;

import dev.caisson.engine.Counts;
import dev.caisson.engine.ItemResult;
import dev.caisson.engine.PoolPhase;
import dev.caisson.engine.TaskTerms;
import dev.caisson.engine.WorkerView;
import java.util.List;

/// Passes everything on: the base of a planted defect, which changes one thing.
class ForwardingEvents implements PoolEvents {

    private final PoolEvents events;

    ForwardingEvents(PoolEvents events) {
        this.events = events;
    }

    @Override
    public void opened(long now) {
        events.opened(now);
    }

    @Override
    public long taskSubmitted(long now, int items, int bytes, TaskTerms terms) {
        return events.taskSubmitted(now, items, bytes, terms);
    }

    @Override
    public void workerReady(long now, int slot, int generation) {
        events.workerReady(now, slot, generation);
    }

    @Override
    public void launchImpossible(long now, int slot, int generation) {
        events.launchImpossible(now, slot, generation);
    }

    @Override
    public void launchFailed(long now, int slot, int generation) {
        events.launchFailed(now, slot, generation);
    }

    @Override
    public void itemFinished(
            long now, int slot, int generation, long task, int item, ItemResult result, long runNanos) {
        events.itemFinished(now, slot, generation, task, item, result, runNanos);
    }

    @Override
    public void workerAnswered(long now, int slot, int generation) {
        events.workerAnswered(now, slot, generation);
    }

    @Override
    public void stacksTaken(long now, int slot, int generation) {
        events.stacksTaken(now, slot, generation);
    }

    @Override
    public void workerExited(long now, int slot, int generation) {
        events.workerExited(now, slot, generation);
    }

    @Override
    public void retireRequested(long now, int slot, int generation) {
        events.retireRequested(now, slot, generation);
    }

    @Override
    public void workerOverMemory(long now, int slot, int generation) {
        events.workerOverMemory(now, slot, generation);
    }

    @Override
    public boolean cancelRequested(long now, long task, boolean interrupt) {
        return events.cancelRequested(now, task, interrupt);
    }

    @Override
    public void closeRequested(long now, long limitNanos) {
        events.closeRequested(now, limitNanos);
    }

    @Override
    public void terminateRequested(long now) {
        events.terminateRequested(now);
    }

    @Override
    public void resizeRequested(long now, int workers) {
        events.resizeRequested(now, workers);
    }

    @Override
    public void restartRequested(long now) {
        events.restartRequested(now);
    }

    @Override
    public boolean workerEndRequested(long now, int slot, int generation) {
        return events.workerEndRequested(now, slot, generation);
    }

    @Override
    public void timeReached(long now) {
        events.timeReached(now);
    }

    @Override
    public long nextDeadline() {
        return events.nextDeadline();
    }

    @Override
    public PoolPhase phase() {
        return events.phase();
    }

    @Override
    public Counts counts() {
        return events.counts();
    }

    @Override
    public int queued() {
        return events.queued();
    }

    @Override
    public List<WorkerView> workers() {
        return events.workers();
    }
}
