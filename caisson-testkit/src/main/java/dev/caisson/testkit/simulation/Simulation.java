package dev.caisson.testkit.simulation;

import static dev.caisson.testkit.simulation.WorkerOracle.require;

import dev.caisson.engine.PoolPhase;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Runs the real engine in a simulated world.
///
/// A run has three parts: the load, with its faults; the healing, in which no more faults happen, all tasks end and the
/// pool gets back to its size within a bound; and the end, by close or terminate, after which nothing is left. A pool
/// may break or be ended before that.
///
/// Thread-safe: runs share nothing.
public final class Simulation {

    private static final int LINES_KEPT = 60;
    private static final long STEPS_BOUND = 200_000;
    private static final long HEALING_BOUND = 60 * Scenario.SECOND;

    private final Agenda agenda = new Agenda();
    private final Scenario scenario;
    private final Trace trace;
    private final Chance chance;
    private final World world;
    private final Callers callers;

    /// How late the engine hears of the time.
    private final long timerLateness;

    private long boundTime;
    private boolean ending;

    private Simulation(Scenario scenario, SplittableRandom random, int linesKept, Joint joint) {
        this.scenario = scenario;
        trace = new Trace(agenda, linesKept);
        chance = new Chance(random, scenario, agenda);
        timerLateness = random.nextInt(3) * random.nextLong(Scenario.MILLISECOND);
        world = new World(scenario, random.nextLong(), agenda, chance, trace, joint);
        callers = new Callers(world, scenario, agenda, chance);
        boundTime = scenario.loadNanos() + HEALING_BOUND;
    }

    /// Runs what is drawn from the seed.
    public static SimulationReport run(long seed) {
        return run(seed, Scenario::draw, () -> Joint.SOUND);
    }

    /// Runs a scenario of the caller's own; the seed decides the rest.
    public static SimulationReport run(long seed, Scenario scenario) {
        return run(seed, _ -> scenario, () -> Joint.SOUND);
    }

    /// Runs an engine with a defect, made anew for each run.
    static SimulationReport run(long seed, Supplier<Joint> defect) {
        return run(seed, Scenario::draw, defect);
    }

    /// Writes the trace only of a seed that fails: it is run once more for that.
    private static SimulationReport run(
            long seed, Function<RandomGenerator, Scenario> scenario, Supplier<Joint> joint) {
        var report = run(seed, scenario, 0, joint.get());
        return report.failed() ? run(seed, scenario, LINES_KEPT, joint.get()) : report;
    }

    private static SimulationReport run(
            long seed, Function<RandomGenerator, Scenario> scenario, int linesKept, Joint joint) {
        var random = new SplittableRandom(seed);
        var simulation = new Simulation(scenario.apply(random), random, linesKept, joint);
        var violation = simulation.findViolation();
        var trace = simulation.trace;
        return new SimulationReport(seed, violation, trace.steps(), trace.hash(), trace.lines());
    }

    private Optional<OracleViolation> findViolation() {
        try {
            run();
            return Optional.empty();
        } catch (OracleViolation violation) {
            return Optional.of(violation);
        } catch (IllegalStateException refused) {
            return Optional.of(new OracleViolation("state machine", String.valueOf(refused.getMessage()), refused));
        }
    }

    private void run() {
        callers.plan();
        planAbsences();
        agenda.in(scenario.loadNanos(), () -> {}); // to look whether all is well by then
        if (scenario.endsEarly()) {
            agenda.in(chance.between(0, scenario.loadNanos()), () -> world.whenPresent(this::end));
        }
        world.open();
        while (step()) {
            callers.comeBack();
            judgeProgress();
            require(trace.steps() < STEPS_BOUND, "spinning", () -> trace.steps() + " steps");
        }
        require(world.isTerminated(), "end", () -> "nothing happens any more, and the pool is " + world.phase());
    }

    private boolean step() {
        long timer = world.isTerminated() ? Long.MAX_VALUE : world.timer();
        if (timer != Long.MAX_VALUE) {
            timer += timerLateness;
        }
        if (agenda.next() > timer) {
            agenda.moveTo(timer);
            world.reachTime();
            return true;
        }
        var action = agenda.poll();
        if (action == null) {
            return false;
        }
        action.run();
        return true;
    }

    private void planAbsences() {
        for (long time = 0; time < scenario.loadNanos(); time += Scenario.SECOND) {
            agenda.in(chance.between(time, time + Scenario.SECOND), () -> {
                if (chance.goesAway()) {
                    world.goAway(chance.absenceNanos());
                }
            });
        }
    }

    private void judgeProgress() {
        if (!ending && world.phase() != PoolPhase.RUNNING) {
            ending = true;
            boundTime = Math.max(agenda.now(), scenario.loadNanos()) + HEALING_BOUND;
        }
        if (!ending && agenda.now() >= scenario.loadNanos() && callers.areDone() && world.isHealed()) {
            end();
        }
        require(
                world.isTerminated() || agenda.now() < boundTime,
                ending ? "end" : "healing",
                () -> "too long since the faults ended, and the pool is " + world.phase());
    }

    private void end() {
        switch (chance.random().nextInt(4)) {
            case 0 -> world.terminate();
            case 1 -> {
                world.close(chance.between(0, Scenario.SECOND));
                long again = chance.between(0, Scenario.SECOND);
                agenda.in(chance.between(0, Scenario.SECOND / 4), () -> world.whenPresent(() -> world.close(again)));
            }
            default -> world.close(Long.MAX_VALUE);
        }
    }
}
