package dev.caisson.engine;

/// When an item is run again. Waits are in nanoseconds.
///
/// @param times how often an item may begin again
/// @param afterDeath whether it may after its worker died
/// @param afterTimeOut whether it may after its soft or hard limit struck
/// @param firstWaitNanos how long it waits before the first retry; twice as long before each further one
/// @param longestWaitNanos how long it waits at most
public record RetryTerms(
        int times, boolean afterDeath, boolean afterTimeOut, long firstWaitNanos, long longestWaitNanos) {

    public RetryTerms {
        require(times >= 0, "times", times);
        require(firstWaitNanos >= 0, "firstWaitNanos", firstWaitNanos);
        require(longestWaitNanos >= firstWaitNanos, "longestWaitNanos", longestWaitNanos);
    }

    /// After deaths only, and at once.
    public static RetryTerms afterDeaths(int times) {
        return new RetryTerms(times, true, false, 0, 0);
    }

    /// How long to wait after so many attempts.
    long waitNanos(int attempts) {
        long wait = firstWaitNanos;
        for (int i = 1; i < attempts && wait < longestWaitNanos; i++) {
            wait = wait > longestWaitNanos / 2 ? longestWaitNanos : 2 * wait;
        }
        return wait;
    }

    private static void require(boolean holds, String name, long value) {
        if (!holds) {
            throw new IllegalArgumentException("A task can't be retried with " + name + " = " + value);
        }
    }
}
