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
    private final Succession succession;
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
            Succession succession,
            RestartPolicy restarts,
            Departures departures,
            Liveness liveness) {
        sizing = new Sizing(settings);
        idleLimitNanos = settings.idleLimitNanos();
        this.deadlines = deadlines;
        this.roster = roster;
        this.waiting = waiting;
        this.tasks = tasks;
        this.succession = succession;
        this.restarts = restarts;
        this.departures = departures;
        this.liveness = liveness;
    }

    /// Launches the first workers, unless that has been done.
    void start(long now) {
        if (sizing.start()) {
            launch(now, sizing.mostPlaces(PoolPhase.RUNNING, true));
        }
    }

    void resize(int workers) {
        sizing.resize(workers);
    }

    /// More workers stay than there may be: the next that get idle leave.
    boolean isOverstaffed(PoolPhase phase) {
        return staying() > mostPlaces(phase);
    }

    /// How many workers may hold tasks.
    int most(PoolPhase phase) {
        return sizing.most(phase, !tasks.isEmpty());
    }

    /// Lets go who is too many, has served long enough, or has been idle for too long. Never one that holds a task.
    void letGo(long now, PoolPhase phase) {
        int most = most(phase);
        succession.review(sizing.needed(phase, roster.holding() + waiting.size()), most);
        int surplus = staying() - mostPlaces(phase);
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
            if (most == 0 || succession.mayGo(worker)) {
                departures.stop(now, worker);
            } else if (surplus > 0 && !worker.isOutgoing()) {
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
        long wait = restarts.waitNanos(now, roster.count(Worker::serves) > 0);
        if (wait == 0) {
            launch(now, missing);
        } else if (!Deadlines.isSet(backOff)) {
            backOff = deadlines.in(wait, now, _ -> {}); // only to come back here
        }
    }

    /// How long launches wait yet for the restart policy.
    long launchWaitNanos(long now) {
        return restarts.waitNanos(now, roster.count(Worker::serves) > 0);
    }

    /// How many workers have died lately without a task to blame.
    int recentDeaths() {
        return restarts.recentDeaths();
    }

    private void launch(long now, int workers) {
        for (int i = 0; i < workers; i++) {
            liveness.launch(now);
        }
    }

    private void idleForTooLong(long now, Worker worker) {
        if (sizing.mayLeave(roster.size() - roster.count(WorkerPhase.STOPPING))) {
            departures.stop(now, worker);
        }
    }

    /// Those who leave slowly don't count, but there are never more of them than workers: together they are all
    /// processes.
    private int missing(PoolPhase phase) {
        int free = roster.count(worker -> worker.phase() == WorkerPhase.LAUNCHING
                || (worker.phase() == WorkerPhase.IDLE && !worker.isOutgoing()));
        int missing = sizing.missing(phase, roster.places(), free, waiting.size());
        return Math.min(missing, 2 * mostPlaces(phase) - roster.size());
    }

    private int mostPlaces(PoolPhase phase) {
        return sizing.mostPlaces(phase, !tasks.isEmpty());
    }

    /// How many stay as long as nothing happens to them.
    private int staying() {
        return roster.count(worker -> worker.phase() != WorkerPhase.STOPPING && !worker.isOutgoing());
    }
}
