package dev.caisson.testkit.simulation;

import java.util.random.RandomGenerator;

/// How likely each fault is, from 0 to 1, each time it could happen.
///
/// @param launchFails a launch ends before the worker is ready
/// @param neverReady a launch hangs
/// @param exitWhileIdle a ready worker dies with nothing to do, some time after it got ready
/// @param exitBeforeResult a worker dies while it runs an item
/// @param exitAfterResult a worker dies right after it published a result, before that was sent
/// @param freeze a worker stops for ever: it computes nothing and answers nothing
/// @param pause a worker stops for a while, shorter than the silence limit
/// @param ignoresInterrupt an item goes on after it was interrupted
/// @param neverEnds an item runs for ever, if it has a hard limit
/// @param slowKill a kill takes up to three seconds
/// @param slowStop a worker that is asked to leave doesn't
/// @param slowMessage a message takes milliseconds
/// @param staleEvent an event of a dead worker is told again, long after its death
/// @param absence the parent is away for a while, each second
public record FaultPlan(
        double launchFails,
        double neverReady,
        double exitWhileIdle,
        double exitBeforeResult,
        double exitAfterResult,
        double freeze,
        double pause,
        double ignoresInterrupt,
        double neverEnds,
        double slowKill,
        double slowStop,
        double slowMessage,
        double staleEvent,
        double absence) {

    /// Nothing ever fails.
    public static final FaultPlan NONE = new FaultPlan(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// Draws one: most faults are rare, some are missing, and now and then one is common.
    static FaultPlan draw(RandomGenerator random) {
        return new FaultPlan(
                rate(random, 0.15),
                rate(random, 0.08),
                rate(random, 0.2),
                rate(random, 0.1),
                rate(random, 0.1),
                rate(random, 0.1),
                rate(random, 0.2),
                rate(random, 0.5),
                rate(random, 0.2),
                rate(random, 0.3),
                rate(random, 0.3),
                rate(random, 0.2),
                rate(random, 0.5),
                rate(random, 0.4));
    }

    private static double rate(RandomGenerator random, double most) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> 0;
            case 4, 5, 6 -> random.nextDouble(most);
            default -> Math.min(0.8, 4 * most);
        };
    }
}
