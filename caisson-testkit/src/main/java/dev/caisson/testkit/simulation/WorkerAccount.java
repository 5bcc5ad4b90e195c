package dev.caisson.testkit.simulation;

import dev.caisson.engine.Boards;
import dev.caisson.engine.EngineSettings;
import dev.caisson.engine.KillReason;
import dev.caisson.engine.WorkerPhase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the engine must believe of a worker, after what it was told and what it asked for.
final class WorkerAccount {

    final SimulatedWorker worker;
    final long launchedAt;

    /// What it was sent and has not been relieved of, in that order.
    final List<Claim> held = new ArrayList<>();

    boolean ready;
    long readyAt;

    /// When it held a task last.
    long lastBusy;

    /// It was to be replaced, at a time that suits.
    boolean retireAsked;

    /// It may take nothing more, for its memory.
    boolean overMemory;

    /// It may be killed for its memory.
    boolean memoryKill;

    /// It was given as many items as it may take, at one time at least.
    boolean finishing;

    /// It had been given nearly as many, at one time at least.
    boolean nearlyFinishing;

    boolean stopAsked;
    long stopAskedAt;

    @Nullable KillReason killed;

    long killedAt;
    boolean endAsked;
    boolean gone;
    long lastHeard;
    long itemsTaken;

    /// Of how many items the engine was told the result.
    long itemsTold;

    WorkerAccount(SimulatedWorker worker, long launchedAt) {
        this.worker = worker;
        this.launchedAt = launchedAt;
    }

    /// Its head has been condemned for its hard limit.
    boolean isCondemned() {
        for (var claim : held) {
            if (claim.condemned != Boards.NONE) {
                return true;
            }
        }
        return false;
    }

    boolean isStopping() {
        return stopAsked || killed != null || isCondemned();
    }

    boolean isIdle() {
        return ready && !isStopping() && held.isEmpty();
    }

    /// It could take a task, now and for long.
    boolean isWell() {
        return isIdle() && worker.isWell();
    }

    boolean holdsPlace() {
        return !gone && !stopAsked;
    }

    /// Whether it is on its way out by plan, so that a successor may be launched.
    boolean mayBeOutgoing(EngineSettings settings, long now) {
        return retireAsked || overMemory || finishing || isOld(settings, now) || nearlyFinishing;
    }

    /// How many items it may take, or 0 for any number. The first workers take turns: each slot has a share of its own.
    int mostItems(EngineSettings settings) {
        int most = settings.maxTasksPerWorker();
        boolean first = worker.generation == 1 && worker.slot < settings.workers();
        return first && takesTurns(settings) ? most - most * worker.slot / settings.workers() : most;
    }

    /// Notes that it was given items. Up to a quarter of what it may take may be left when it leaves.
    void took(int items, EngineSettings settings) {
        itemsTaken += items;
        int most = mostItems(settings);
        finishing |= most > 0 && itemsTaken >= most;
        nearlyFinishing |= takesTurns(settings) && itemsTaken >= most - settings.maxTasksPerWorker() / 4;
    }

    private static boolean takesTurns(EngineSettings settings) {
        int most = settings.maxTasksPerWorker();
        return most >= 8 && most / 4 >= settings.workers();
    }

    /// The age has a jitter of a tenth.
    boolean isOld(EngineSettings settings, long now) {
        long age = settings.maxWorkerAgeNanos();
        return ready && age > 0 && now - readyAt >= age - age / 10;
    }

    WorkerPhase phase() {
        if (isStopping()) {
            return WorkerPhase.STOPPING;
        }
        if (!ready) {
            return WorkerPhase.LAUNCHING;
        }
        return held.isEmpty() ? WorkerPhase.IDLE : WorkerPhase.BUSY;
    }

    long bytesAhead() {
        long bytes = 0;
        for (int i = 1; i < held.size(); i++) {
            bytes += held.get(i).task.submission.bytes;
        }
        return bytes;
    }

    @Nullable Claim find(long task) {
        for (var claim : held) {
            if (claim.task.id == task) {
                return claim;
            }
        }
        return null;
    }
}
