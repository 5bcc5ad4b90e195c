package dev.caisson.engine;

import org.jspecify.annotations.Nullable;

/// Hires workers and lets them go, as the sizing, the recycling and the restart policy say.
final class Staffing {

    private final Sizing sizing;
    private final long idleLimitNanos;
    private final Deadlines deadlines;
    private final WorkerRoster roster;
    private final WaitingTasks waiting;
    private final Tasks tasks;
    private final Recycling recycling;
    private final RestartPolicy restarts;
    private final Departures departures;
    private final Liveness liveness;

    /// Set while launches wait for the restart policy.
    private @Nullable Deadline backOff;

    Staffing(
            EngineSettings settings,
            Deadlines deadlines,
            WorkerRoster roster,
            WaitingTasks waiting,
            Tasks tasks,
            Recycling recycling,
            RestartPolicy restarts,
            Departures departures,
            Liveness liveness) {
        sizing = new Sizing(settings);
        idleLimitNanos = settings.idleLimitNanos();
        this.deadlines = deadlines;
        this.roster = roster;
        this.waiting = waiting;
        this.tasks = tasks;
        this.recycling = recycling;
        this.restarts = restarts;
        this.departures = departures;
        this.liveness = liveness;
    }

    /// Launches the first workers, unless that has been done.
    void start(long now) {
        if (sizing.start()) {
            launch(now, sizing.most(PoolPhase.RUNNING, true));
        }
    }

    void resize(int workers) {
        sizing.resize(workers);
    }

    /// More workers stay than there may be: the next that get idle leave.
    boolean isOverstaffed(PoolPhase phase) {
        return staying() > most(phase);
    }

    /// Lets go who is too many, has served long enough, or has been idle for too long. Never one that holds a task.
    void letGo(long now, PoolPhase phase) {
        int surplus = staying() - most(phase);
        for (int slot = roster.slots() - 1; slot >= 0 && surplus > 0; slot--) {
            var worker = roster.at(slot);
            if (worker != null && worker.phase() == WorkerPhase.LAUNCHING) {
                departures.kill(now, worker, phase == PoolPhase.RUNNING ? KillReason.ASKED : KillReason.POOL_ENDS);
                surplus--;
            }
        }
        for (int slot = roster.slots() - 1; slot >= 0; slot--) {
            var worker = roster.at(slot);
            if (worker == null || worker.phase() != WorkerPhase.IDLE) {
                continue;
            }
            if (surplus > 0 || recycling.isDue(worker)) {
                departures.stop(now, worker);
                surplus--;
            } else if (idleLimitNanos > 0 && !Deadlines.isSet(worker.step)) {
                worker.step = deadlines.in(idleLimitNanos, now, at -> idleForTooLong(at, worker));
            }
        }
    }

    /// Launches who is missing, as soon as the restart policy allows.
    void hire(long now, PoolPhase phase) {
        int missing = missing(phase);
        if (missing <= 0) {
            deadlines.cancel(backOff);
            return;
        }
        long wait = restarts.waitNanos(now, roster.hasReady());
        if (wait == 0) {
            launch(now, missing);
        } else if (!Deadlines.isSet(backOff)) {
            backOff = deadlines.in(wait, now, _ -> {}); // only to come back here
        }
    }

    private void launch(long now, int workers) {
        for (int i = 0; i < workers; i++) {
            liveness.launch(now);
        }
    }

    private void idleForTooLong(long now, Worker worker) {
        if (sizing.hasSpare(staying())) {
            departures.stop(now, worker);
        }
    }

    /// Those who leave slowly don't count, but there are never more of them than workers: together they are all
    /// processes.
    private int missing(PoolPhase phase) {
        int free = roster.count(WorkerPhase.IDLE) + roster.count(WorkerPhase.LAUNCHING);
        int missing = sizing.missing(phase, roster.places(), free, waiting.size());
        return Math.min(missing, 2 * most(phase) - roster.size());
    }

    private int most(PoolPhase phase) {
        return sizing.most(phase, !tasks.isEmpty());
    }

    private int staying() {
        return roster.size() - roster.count(WorkerPhase.STOPPING);
    }
}
