package dev.caisson.engine;

/// Judges workers that say nothing: while they start, and by pings from then on.
///
/// A timer that strikes much too late tells that this process itself was away, suspended or collecting garbage, and
/// with it everybody who would have read an answer. Then nobody is judged for the time that has passed.
final class Liveness {

    private static final int PINGS_PER_LIMIT = 4;

    private final long startLimitNanos;
    private final long silenceLimitNanos;
    private final Effects effects;
    private final Deadlines deadlines;
    private final WorkerRoster roster;
    private final Departures departures;

    Liveness(
            EngineSettings settings, Effects effects, Deadlines deadlines, WorkerRoster roster, Departures departures) {
        startLimitNanos = settings.startLimitNanos();
        silenceLimitNanos = settings.silenceLimitNanos();
        this.effects = effects;
        this.deadlines = deadlines;
        this.roster = roster;
        this.departures = departures;
    }

    void launch(long now) {
        var worker = roster.add(now);
        effects.launchWorker(worker.slot, worker.generation);
        setStartLimit(now, worker);
    }

    void ready(long now, Worker worker) {
        deadlines.cancel(worker.step);
        heard(now, worker);
        if (silenceLimitNanos > 0) {
            setPulse(now, worker);
        }
    }

    /// The worker gave a sign of life.
    void heard(long now, Worker worker) {
        worker.lastSign = now;
    }

    /// Tells that time stands at `now` while a deadline was due at `due`.
    void timeReached(long now, long due) {
        if (now - due > patienceNanos()) {
            forgive(now);
        }
    }

    private long patienceNanos() {
        long limit = silenceLimitNanos == 0 ? startLimitNanos : Math.min(startLimitNanos, silenceLimitNanos);
        return limit / PINGS_PER_LIMIT;
    }

    private void forgive(long now) {
        roster.forEach(worker -> {
            heard(now, worker);
            if (worker.phase() == WorkerPhase.LAUNCHING) {
                setStartLimit(now, worker);
            }
        });
    }

    private void setStartLimit(long now, Worker worker) {
        deadlines.cancel(worker.step);
        worker.step = deadlines.in(startLimitNanos, now, at -> departures.kill(at, worker, KillReason.START_LIMIT));
    }

    private void setPulse(long now, Worker worker) {
        long period = Math.max(1, silenceLimitNanos / PINGS_PER_LIMIT);
        worker.pulse = deadlines.in(period, now, at -> pulse(at, worker));
    }

    private void pulse(long now, Worker worker) {
        if (now - worker.lastSign >= silenceLimitNanos) {
            departures.kill(now, worker, KillReason.SILENT);
            return;
        }
        effects.pingWorker(worker.slot, worker.generation);
        setPulse(now, worker);
    }
}
