package dev.caisson.engine;

import java.util.ArrayDeque;

/// When to replace workers that died without a task to blame, and when to give up: after more deaths than the window
/// may hold. The idea is that of the supervisors of Erlang/OTP: intensity per period.
///
/// The first replacement is immediate. Then each death within the window doubles the wait. The window moves on only
/// while some worker is ready: or a pool whose workers take longer to fail than the window is long would try for ever.
final class RestartPolicy {

    private static final long FIRST_WAIT_NANOS = 100_000_000;
    private static final long LONGEST_WAIT_NANOS = 5_000_000_000L;

    private final int deathsAllowed;
    private final long windowNanos;
    private final ArrayDeque<Long> deaths = new ArrayDeque<>();

    /// When some worker was last ready, if one ever was.
    private long servedUntil;

    private boolean served;

    RestartPolicy(int deathsAllowed, long windowNanos) {
        this.deathsAllowed = deathsAllowed;
        this.windowNanos = windowNanos;
    }

    /// A worker died, and no task is to blame. False: that was one too many.
    boolean workerDied(long now, boolean othersAreReady) {
        forget(now, othersAreReady);
        deaths.addLast(now);
        return deaths.size() <= deathsAllowed;
    }

    /// How long to wait yet before a worker may be launched.
    long waitNanos(long now, boolean workersAreReady) {
        forget(now, workersAreReady);
        if (deaths.size() < 2) {
            return 0;
        }
        int doublings = Math.min(deaths.size() - 2, 10);
        long wait = Math.min(FIRST_WAIT_NANOS << doublings, LONGEST_WAIT_NANOS);
        return Math.max(0, deaths.getLast() + wait - now);
    }

    /// How many deaths the window holds.
    int recentDeaths() {
        return deaths.size();
    }

    /// Until now at least one worker was ready.
    void served(long now) {
        served = true;
        servedUntil = now;
    }

    private void forget(long now, boolean workersAreReady) {
        if (workersAreReady) {
            served(now);
        }
        while (served && !deaths.isEmpty() && servedUntil - deaths.getFirst() >= windowNanos) {
            deaths.removeFirst();
        }
    }
}
