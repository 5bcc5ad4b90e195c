package dev.caisson.testkit.simulation;

import dev.caisson.engine.Boards;
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

    boolean retireAsked;
    boolean stopAsked;
    long stopAskedAt;

    @Nullable KillReason killed;

    long killedAt;
    boolean endAsked;
    boolean gone;
    long lastHeard;
    long itemsTaken;

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

    boolean holdsPlace() {
        return !gone && !stopAsked;
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
