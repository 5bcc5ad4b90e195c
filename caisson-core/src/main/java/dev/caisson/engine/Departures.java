package dev.caisson.engine;

/// How a worker leaves against its will or by request: asked, killed, and given up when even that doesn't help.
///
/// ```
///   stop ── leaveLimit ──▶ kill ── 1 s ──▶ given up: its slot is free, and what it still says is not heard
///   condemn ── stacks taken, or 50 ms, or 5 s if they are delayed ──▶ kill
/// ```
final class Departures {

    private static final long STACKS_WAIT_NANOS = 50_000_000;
    private static final long DELAYED_STACKS_WAIT_NANOS = 5_000_000_000L;
    private static final long EXIT_WAIT_NANOS = 1_000_000_000;

    private final Effects effects;
    private final Deadlines deadlines;
    private final Assignments assignments;
    private final Deaths deaths;
    private final RestartPolicy restarts;
    private final long leaveLimitNanos;

    Departures(
            EngineSettings settings,
            Effects effects,
            Deadlines deadlines,
            Assignments assignments,
            Deaths deaths,
            RestartPolicy restarts) {
        this.effects = effects;
        this.deadlines = deadlines;
        this.assignments = assignments;
        this.deaths = deaths;
        this.restarts = restarts;
        leaveLimitNanos = settings.leaveLimitNanos();
    }

    /// Asks an idle worker to leave. From now on it doesn't count, so its successor can start while it tidies up.
    void stop(long now, Worker worker) {
        worker.holdsPlace = false;
        leave(now, worker);
        effects.stopWorker(worker.slot, worker.generation);
        worker.step = deadlines.in(leaveLimitNanos, now, at -> kill(at, worker, KillReason.STOP_LIMIT));
    }

    /// Kills a worker, unless that has been done. What it had not begun waits again at once.
    void kill(long now, Worker worker, KillReason reason) {
        if (worker.killed != null) {
            return;
        }
        worker.killed = reason;
        leave(now, worker);
        assignments.requeueAll(worker);
        effects.killWorker(worker.slot, worker.generation, reason);
        worker.step = deadlines.in(EXIT_WAIT_NANOS, now, at -> deaths.workerGone(at, worker));
    }

    /// Kills a worker for its task's hard or total limit, once the stacks of the task are taken.
    void killWithStacks(long now, Worker worker, Task task, int item) {
        leave(now, worker);
        assignments.requeueAll(worker);
        effects.dumpStacks(worker.slot, worker.generation, task.id, item, task.sentence);
        worker.step = deadlines.in(STACKS_WAIT_NANOS, now, at -> kill(at, worker, KillReason.HARD_LIMIT));
    }

    /// The stacks are there: no more reason to wait.
    void stacksTaken(long now, Worker worker) {
        if (worker.phase() == WorkerPhase.STOPPING && worker.holdsPlace) {
            kill(now, worker, KillReason.HARD_LIMIT);
        }
    }

    /// It is about the stacks. Once it gets more time for that.
    void stacksDelayed(long now, Worker worker) {
        if (worker.phase() == WorkerPhase.STOPPING
                && worker.holdsPlace
                && worker.killed == null
                && !worker.stacksDelayed) {
            worker.stacksDelayed = true;
            deadlines.cancel(worker.step);
            worker.step = deadlines.in(DELAYED_STACKS_WAIT_NANOS, now, at -> kill(at, worker, KillReason.HARD_LIMIT));
        }
    }

    private void leave(long now, Worker worker) {
        if (worker.serves()) {
            restarts.served(now);
        }
        if (worker.phase() != WorkerPhase.STOPPING) {
            worker.to(WorkerPhase.STOPPING);
        }
        deadlines.cancel(worker.step);
        deadlines.cancel(worker.pulse);
    }
}
