package dev.caisson.testkit.simulation;

import dev.caisson.engine.Counts;
import dev.caisson.engine.Engine;
import dev.caisson.engine.ItemResult;
import dev.caisson.engine.PoolPhase;
import dev.caisson.engine.TaskTerms;
import dev.caisson.engine.WorkerView;
import java.util.List;

/// What an engine is told and asked, one method for each of [Engine]: a joint at which a defect can be planted.
interface PoolEvents {

    void opened(long now);

    long taskSubmitted(long now, int items, int bytes, TaskTerms terms);

    void workerReady(long now, int slot, int generation);

    void launchFailed(long now, int slot, int generation);

    void launchImpossible(long now, int slot, int generation);

    void itemFinished(long now, int slot, int generation, long task, int item, ItemResult result, long runNanos);

    void workerAnswered(long now, int slot, int generation);

    void stacksTaken(long now, int slot, int generation);

    void workerExited(long now, int slot, int generation);

    void retireRequested(long now, int slot, int generation);

    void workerOverMemory(long now, int slot, int generation);

    boolean cancelRequested(long now, long task, boolean interrupt);

    void closeRequested(long now, long limitNanos);

    void terminateRequested(long now);

    void resizeRequested(long now, int workers);

    void restartRequested(long now);

    boolean workerEndRequested(long now, int slot, int generation);

    void timeReached(long now);

    long nextDeadline();

    PoolPhase phase();

    Counts counts();

    int queued();

    List<WorkerView> workers();
}
