package dev.caisson.engine;

/// What a task's options say to the engine. Limits are in nanoseconds, 0 for none.
///
/// @param priority higher goes first
/// @param queueLimitNanos from the submit until it begins
/// @param softLimitNanos from an item's begin until it is interrupted
/// @param hardLimitNanos from an item's begin until its worker is killed
/// @param totalLimitNanos from the submit until it ends, over all attempts
/// @param retry whether and when an item may begin again
public record TaskTerms(
        int priority,
        long queueLimitNanos,
        long softLimitNanos,
        long hardLimitNanos,
        long totalLimitNanos,
        RetryTerms retry) {

    /// No priority, no limits, no retries.
    public static final TaskTerms DEFAULT = new TaskTerms(0, 0, 0, 0, 0);

    public TaskTerms {
        require(queueLimitNanos >= 0, "queueLimitNanos", queueLimitNanos);
        require(softLimitNanos >= 0, "softLimitNanos", softLimitNanos);
        require(hardLimitNanos >= 0, "hardLimitNanos", hardLimitNanos);
        require(totalLimitNanos >= 0, "totalLimitNanos", totalLimitNanos);
    }

    /// With no limit over all attempts, and retries after deaths only, at once.
    public TaskTerms(int priority, long queueLimitNanos, long softLimitNanos, long hardLimitNanos, int retries) {
        this(priority, queueLimitNanos, softLimitNanos, hardLimitNanos, 0, RetryTerms.afterDeaths(retries));
    }

    private static void require(boolean holds, String name, long value) {
        if (!holds) {
            throw new IllegalArgumentException("A task can't have " + name + " = " + value);
        }
    }
}
