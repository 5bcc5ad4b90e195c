package dev.caisson.testkit.simulation;

import static dev.caisson.testkit.simulation.Scenario.MICROSECOND;
import static dev.caisson.testkit.simulation.Scenario.MILLISECOND;
import static dev.caisson.testkit.simulation.Scenario.SECOND;

import dev.caisson.engine.ItemResult;
import java.util.random.RandomGenerator;

/// Every choice the world makes while it runs. Faults happen until the load ends.
final class Chance {

    private final RandomGenerator random;
    private final Scenario scenario;
    private final FaultPlan faults;
    private final Agenda agenda;

    Chance(RandomGenerator random, Scenario scenario, Agenda agenda) {
        this.random = random;
        this.scenario = scenario;
        this.agenda = agenda;
        faults = scenario.faults();
    }

    RandomGenerator random() {
        return random;
    }

    boolean faulty() {
        return agenda.now() < scenario.loadNanos();
    }

    private boolean fault(double probability) {
        return probability > 0 && faulty() && random.nextDouble() < probability;
    }

    boolean launchFails() {
        return fault(faults.launchFails());
    }

    /// Whether a launch that has failed would fail for ever.
    boolean failsForGood() {
        return random.nextInt(16) == 0;
    }

    boolean neverReady() {
        return fault(faults.neverReady());
    }

    boolean exitsWhileIdle() {
        return fault(faults.exitWhileIdle());
    }

    boolean exitsBeforeResult() {
        return fault(faults.exitBeforeResult());
    }

    boolean exitsAfterResult() {
        return fault(faults.exitAfterResult());
    }

    /// Only a pool with a silence limit can tell a worker that has stopped from one that is busy.
    boolean freezes() {
        return scenario.settings().silenceLimitNanos() > 0 && fault(faults.freeze());
    }

    boolean pauses() {
        return fault(faults.pause());
    }

    boolean ignoresInterrupt() {
        return fault(faults.ignoresInterrupt());
    }

    boolean neverEnds() {
        return fault(faults.neverEnds());
    }

    boolean stopsSlowly() {
        return fault(faults.slowStop());
    }

    boolean tellsStaleEvent() {
        return fault(faults.staleEvent());
    }

    boolean goesAway() {
        return fault(faults.absence());
    }

    ItemResult result() {
        return random.nextInt(10) == 0 ? failure() : ItemResult.SUCCEEDED;
    }

    ItemResult resultWhenInterrupted() {
        return random.nextInt(4) != 0 ? failure() : ItemResult.SUCCEEDED;
    }

    private ItemResult failure() {
        return random.nextBoolean() ? ItemResult.FAILED : ItemResult.FAILED_RETRYABLY;
    }

    boolean takesStacks() {
        return random.nextInt(3) != 0;
    }

    long runNanos() {
        return scenario.runNanos(random);
    }

    long startNanos() {
        return between(20 * MILLISECOND, 200 * MILLISECOND);
    }

    long lifeNanos() {
        return between(MILLISECOND, SECOND);
    }

    /// Short enough that nobody may be judged for it.
    long pauseNanos() {
        long limit = scenario.settings().silenceLimitNanos();
        return between(MILLISECOND, limit == 0 ? SECOND : limit / 4);
    }

    long messageNanos() {
        return fault(faults.slowMessage())
                ? between(MILLISECOND, 20 * MILLISECOND)
                : between(5 * MICROSECOND, 100 * MICROSECOND);
    }

    long killNanos() {
        return fault(faults.slowKill())
                ? between(100 * MILLISECOND, 3 * SECOND)
                : between(MILLISECOND, 5 * MILLISECOND);
    }

    long exitNoticeNanos() {
        return between(100 * MICROSECOND, 100 * MILLISECOND);
    }

    long absenceNanos() {
        return between(10 * MILLISECOND, 3 * SECOND);
    }

    long between(long least, long bound) {
        return random.nextLong(least, bound);
    }
}
