package dev.caisson.engine;

/// Decides how much longer than its limits the first item of a worker may run.
///
/// A worker that was killed at a limit is replaced by one that has yet to load classes, and that within the limit of
/// its first item: so one time-out may bring about the next, for ever. Therefore, once a first item has run into its
/// hard limit, those of other workers get an allowance if they run into theirs.
///
/// One that needs the allowance and ends shows that workers start cold: the allowance stays. One that uses it up shows
/// an item that hangs: the allowance is withdrawn until so many more first items have timed out, one at first and twice
/// as many each time, so that a stream of items that hang costs little more than their limits.
///
/// ```
///   exact ── first items timed out, as many as needed ──▶ granted
///   granted ── an allowance was used up: twice as many needed ──▶ exact
///   any ── an item ended that had an allowance: one needed ──▶ granted
/// ```
final class FirstItems {

    private static final int MOST_NEEDED = 64;

    /// Beyond it a sum with `now` is no time any more.
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 8;

    private final long allowanceNanos;
    private final long mostTimes;

    /// First items that ran into their exact limit since an allowance was last used up.
    private int timeOuts;

    /// How many of them it takes to grant the allowance.
    private int needed = 1;

    FirstItems(EngineSettings settings) {
        allowanceNanos = Math.min(settings.firstItemAllowanceNanos(), LONGEST_NANOS);
        mostTimes = settings.firstItemAllowanceTimes();
    }

    /// How much longer than its limits the first item of a task may run.
    long allowanceNanos(Task task) {
        long limit = task.terms.hardLimitNanos();
        return mostTimes == 0 || limit > allowanceNanos / mostTimes ? allowanceNanos : mostTimes * limit;
    }

    /// Whether first items that run into their limit may go on for now.
    boolean isGranted() {
        return allowanceNanos > 0 && timeOuts >= needed;
    }

    /// A first item has run into its hard limit.
    ///
    /// @param extended whether it had the allowance
    void timedOut(boolean extended) {
        if (!extended) {
            timeOuts++;
        } else if (isGranted()) {
            timeOuts = 0;
            needed = Math.min(2 * needed, MOST_NEEDED);
        }
    }

    /// A first item has ended that had the allowance.
    void endedLate() {
        needed = 1;
        timeOuts = Math.max(1, timeOuts);
    }
}
