package dev.caisson.testkit.simulation;

import dev.caisson.engine.EngineSettings;
import dev.caisson.engine.RetryTerms;
import dev.caisson.engine.TaskTerms;
import java.util.random.RandomGenerator;

/// A pool's shape, its load and its faults.
///
/// @param settings the shape of the pool
/// @param faults what goes wrong, until the load ends
/// @param submissions how many tasks are submitted
/// @param runTimes how long their items run
/// @param loadNanos how long the load lasts; then faults end, and the pool has to heal
/// @param endsEarly whether the pool is ended amid the load
/// @param richTerms whether tasks have limits, priorities and retries
/// @param meddling how many cancels, resizes, restarts and the like there are, for each submission
public record Scenario(
        EngineSettings settings,
        FaultPlan faults,
        int submissions,
        RunTimes runTimes,
        long loadNanos,
        boolean endsEarly,
        boolean richTerms,
        double meddling) {

    static final long MICROSECOND = 1_000;
    static final long MILLISECOND = 1_000_000;
    static final long SECOND = 1_000_000_000;

    /// How long items run.
    public enum RunTimes {
        /// Microseconds, so that tasks are sent ahead.
        TINY,
        /// Milliseconds.
        LONG,
        /// Both, and tenths of seconds.
        MIXED
    }

    static Scenario draw(RandomGenerator random) {
        var faults = random.nextInt(6) == 0 ? FaultPlan.NONE : FaultPlan.draw(random);
        return new Scenario(
                settings(random),
                faults,
                random.nextInt(2, 60),
                RunTimes.values()[random.nextInt(3)],
                random.nextLong(50 * MILLISECOND, 3 * SECOND),
                random.nextInt(3) == 0,
                random.nextInt(3) != 0,
                random.nextBoolean() ? 0 : random.nextDouble(0.5));
    }

    private static EngineSettings settings(RandomGenerator random) {
        int workers = random.nextInt(1, 5);
        return new EngineSettings(
                workers,
                random.nextInt(workers + 1),
                pick(random, 0, 0, 0, 1, 2),
                pick(random, 0, 0, 1, 3, 10),
                pick(random, SECOND, 2 * SECOND),
                pick(random, 0, 100 * MILLISECOND, SECOND),
                pick(random, 0, 100 * MILLISECOND, SECOND),
                pick(random, 0, SECOND, 2 * SECOND),
                pick(random, 0, 0, 20 * MILLISECOND, 500 * MILLISECOND),
                pick(random, 0, 0, 1, 3, 10),
                pick(random, 0, 0, 300 * MILLISECOND),
                pick(random, 0, 100 * MICROSECOND, 5 * MILLISECOND, 10 * SECOND),
                pick(random, 0, 2, 5, 20),
                pick(random, SECOND, 10 * SECOND, 30 * SECOND),
                pick(random, 0, 5 * MILLISECOND, 200 * MILLISECOND),
                pick(random, 0, 2),
                random.nextInt(4) == 0);
    }

    TaskTerms terms(RandomGenerator random) {
        if (!richTerms || random.nextInt(3) == 0) {
            return TaskTerms.DEFAULT;
        }
        return new TaskTerms(
                pick(random, 0, 0, -1, 1, 5, Integer.MIN_VALUE, Integer.MAX_VALUE),
                pick(random, 0, 0, MILLISECOND, 50 * MILLISECOND, 500 * MILLISECOND),
                pick(random, 0, 0, MILLISECOND, 20 * MILLISECOND),
                pick(random, 0, 0, 2 * MILLISECOND, 50 * MILLISECOND, 300 * MILLISECOND),
                pick(random, 0, 0, 0, 5 * MILLISECOND, 100 * MILLISECOND, SECOND),
                retry(random));
    }

    private static RetryTerms retry(RandomGenerator random) {
        long firstWait = pick(random, 0, 0, MILLISECOND, 30 * MILLISECOND);
        return new RetryTerms(
                pick(random, 0, 0, 1, 3),
                random.nextInt(4) != 0,
                random.nextBoolean(),
                firstWait,
                pick(random, 1, 3) * firstWait);
    }

    long runNanos(RandomGenerator random) {
        return switch (runTimes) {
            case TINY -> random.nextLong(MICROSECOND, 100 * MICROSECOND);
            case LONG -> random.nextLong(MILLISECOND, 50 * MILLISECOND);
            case MIXED ->
                switch (random.nextInt(8)) {
                    case 0 -> random.nextLong(MILLISECOND, 300 * MILLISECOND);
                    case 1, 2 -> random.nextLong(100 * MICROSECOND, 2 * MILLISECOND);
                    default -> random.nextLong(MICROSECOND, 100 * MICROSECOND);
                };
        };
    }

    private static long pick(RandomGenerator random, long... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static int pick(RandomGenerator random, int... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
