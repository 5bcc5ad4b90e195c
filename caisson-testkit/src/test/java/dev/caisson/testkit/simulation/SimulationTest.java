package dev.caisson.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.engine.Effects;
import dev.caisson.engine.Ending;
import dev.caisson.engine.KillReason;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The engine in thousands of small worlds. `-Dcaisson.seed=N` runs the one world of a seed that failed.
class SimulationTest {

    private static final long FIRST_SEED = 1_000_000;

    @Test
    @Tag("I24")
    @Tag("J14")
    @Tag("Q21")
    @Tag("Q53")
    @Tag("J12")
    @Tag("J13")
    void holdsWhatMustHoldInEveryWorld() {
        Long only = Long.getLong("caisson.seed");
        var seeds = only == null ? LongStream.range(FIRST_SEED, FIRST_SEED + worlds()) : LongStream.of(only);

        var failed = seeds.parallel()
                .mapToObj(Simulation::run)
                .filter(SimulationReport::failed)
                .limit(3)
                .map(SimulationReport::story)
                .toList();

        assertThat(failed).isEmpty();
    }

    private static long worlds() {
        return switch (System.getProperty("caisson.profile", "normal")) {
            case "soak" -> 10_000_000;
            case "full" -> 1_000_000;
            default -> 40_000;
        };
    }

    @Test
    void leavesTheSameTraceForTheSameSeed() {
        for (long seed = 0; seed < 300; seed++) {
            var first = Simulation.run(seed);
            var second = Simulation.run(seed);

            assertThat(second.traceHash()).as("trace of seed %d", seed).isEqualTo(first.traceHash());
            assertThat(second.steps()).isEqualTo(first.steps());
        }
    }

    @Test
    void leavesAnotherTraceForAnotherSeed() {
        var hashes = LongStream.range(0, 300)
                .map(seed -> Simulation.run(seed).traceHash())
                .distinct();

        assertThat(hashes.count()).isEqualTo(300);
    }

    @Test
    void comesAcrossEveryEndingAndEveryReasonToKill() {
        var seen = new Seen();

        for (long seed = 0; seed < 1_000; seed++) {
            Simulation.run(seed, () -> seen);
        }

        assertThat(seen.endings).containsExactlyInAnyOrder(Ending.values());
        assertThat(seen.reasons).containsExactlyInAnyOrder(KillReason.values());
        assertThat(seen.rare)
                .containsExactlyInAnyOrder(
                        "interrupt",
                        "stacks",
                        "split",
                        "room",
                        "broken",
                        "retry",
                        "retry instead of FAILED",
                        "retry instead of SOFT_TIME_OUT",
                        "retry instead of HARD_TIME_OUT",
                        "retry instead of WORKER_DIED");
    }

    @Test
    void tellsHowToReplayASeedThatFailed() {
        long seed = LongStream.range(0, 100)
                .filter(some ->
                        Simulation.run(some, EffectsDefect::taskSentTwice).failed())
                .findFirst()
                .orElseThrow();

        var story = Simulation.run(seed, EffectsDefect::taskSentTwice).story();

        assertThat(story)
                .contains("Seed " + seed)
                .contains("-Dcaisson.seed=" + seed)
                .contains("sendTask");
    }

    @Test
    void healsWithoutFaultsWhateverTheShape() {
        for (long seed = 0; seed < 500; seed++) {
            var drawn = Scenario.draw(new SplittableRandom(seed));
            var calm = new Scenario(
                    drawn.settings(),
                    FaultPlan.NONE,
                    drawn.submissions(),
                    drawn.runTimes(),
                    drawn.loadNanos(),
                    false,
                    drawn.richTerms(),
                    0);

            assertThat(
                            Simulation.run(seed, calm).failed()
                                    ? Simulation.run(seed, calm).story()
                                    : "")
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    /// Not a defect: notes what the engine asks for.
    private static final class Seen implements Joint {

        private final EnumSet<Ending> endings = EnumSet.noneOf(Ending.class);
        private final EnumSet<KillReason> reasons = EnumSet.noneOf(KillReason.class);
        private final Set<String> rare = new TreeSet<>();

        @Override
        public Effects effects(Effects world) {
            return new ForwardingEffects(world) {
                @Override
                public void finishItem(long task, int item, Ending ending, int attempt) {
                    endings.add(ending);
                    super.finishItem(task, item, ending, attempt);
                }

                @Override
                public void killWorker(int slot, int generation, KillReason reason) {
                    reasons.add(reason);
                    super.killWorker(slot, generation, reason);
                }

                @Override
                public void sendTask(int slot, int generation, long task, int firstItem, int endItem, int attempt) {
                    if (attempt > 1) {
                        rare.add("retry");
                    }
                    super.sendTask(slot, generation, task, firstItem, endItem, attempt);
                }

                @Override
                public void retryItem(long task, int item, Ending instead, int attempt) {
                    rare.add("retry instead of " + instead);
                    super.retryItem(task, item, instead, attempt);
                }

                @Override
                public void interruptTask(int slot, int generation, long task, int item, int attempt) {
                    rare.add("interrupt");
                    super.interruptTask(slot, generation, task, item, attempt);
                }

                @Override
                public void dumpStacks(int slot, int generation, long task, int item, Ending sentence) {
                    rare.add("stacks");
                    super.dumpStacks(slot, generation, task, item, sentence);
                }

                @Override
                public void splitTask(long task, long rest, int firstItem, int endItem) {
                    rare.add("split");
                    super.splitTask(task, rest, firstItem, endItem);
                }

                @Override
                public void roomInQueue() {
                    rare.add("room");
                    super.roomInQueue();
                }

                @Override
                public void poolBroken() {
                    rare.add("broken");
                    super.poolBroken();
                }
            };
        }
    }
}
