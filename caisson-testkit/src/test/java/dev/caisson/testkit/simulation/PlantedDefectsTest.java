package dev.caisson.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The simulator is tested too: an engine with a defect must not pass.
class PlantedDefectsTest {

    private static final int SEEDS = 2_000;

    static Stream<Arguments> defects() {
        return Stream.of(
                defect("launch failure forgotten", EventsDefect::launchFailureForgotten),
                defect("cancel forgotten", EventsDefect::cancelForgotten),
                defect("credits exceeded", EventsDefect::creditsExceeded),
                defect("credits unused", EventsDefect::creditsUnused),
                defect("payload counted twice", EventsDefect::payloadCountedTwice),
                defect("second close ignored", EventsDefect::secondCloseIgnored),
                defect("failure taken for success", EventsDefect::failureTakenForSuccess),
                defect("deadline in the past", EventsDefect::deadlineInThePast),
                defect("cancel counted twice", EventsDefect::cancelCountedTwice),
                defect("absence not forgiven", EventsDefect::absenceNotForgiven),
                defect("buried alive", EventsDefect::buriedAlive),
                defect("dead generation heard", EventsDefect::deadGenerationHeard),
                defect("late result ends again", EventsDefect::lateResultEndsAgain),
                defect("task sent twice", EffectsDefect::taskSentTwice),
                defect("close forgets a task", EffectsDefect::closeForgetsATask),
                defect("rest of chunk lost", EffectsDefect::restOfChunkLost),
                defect("blames the wrong item", EffectsDefect::blamesTheWrongItem),
                defect("room never told", EffectsDefect::roomNeverTold),
                defect("pool never ends", EffectsDefect::poolNeverEnds),
                defect("interrupts twice", EffectsDefect::interruptsTwice),
                defect("takes back what began", BoardsDefect::takesBackWhatBegan),
                defect("blames the rest of a chunk", BoardsDefect::blamesTheRestOfAChunk),
                defect("takes back nothing", BoardsDefect::takesBackNothing),
                defect("condemns nobody", BoardsDefect::condemnsNobody),
                defect("limit from the send", BoardsDefect::limitFromTheSend),
                defect("steals the head", BoardsDefect::stealsTheHead),
                defect("priority ignored", TermsDefect::priorityIgnored),
                defect("priority cut short", TermsDefect::priorityCutShort),
                defect("queue limit forgotten", TermsDefect::queueLimitForgotten),
                defect("soft limit forgotten", TermsDefect::softLimitForgotten),
                defect("hard limit forgotten", TermsDefect::hardLimitForgotten),
                defect("total limit forgotten", TermsDefect::totalLimitForgotten),
                defect("retries what is cancelled", EffectsDefect::retriesWhatIsCancelled),
                defect("retries without consent", TermsDefect::retriesWithoutConsent),
                defect("retry forgotten", TermsDefect::retryForgotten),
                defect("retries anything", TermsDefect::retriesAnything),
                defect("retries at once", TermsDefect::retriesAtOnce),
                defect("never doubles the wait", TermsDefect::neverDoublesTheWait),
                defect("rests for too long", TermsDefect::restsForTooLong),
                defect("failure never retried", EventsDefect::failureNeverRetried),
                defect("one worker too many", SettingsDefect::oneWorkerTooMany),
                defect("silence never judged", SettingsDefect::silenceNeverJudged),
                defect("start never judged", SettingsDefect::startNeverJudged),
                defect("recycles too late", SettingsDefect::recyclesTooLate),
                defect("never ages", SettingsDefect::neverAges),
                defect("keeps no spares", SettingsDefect::keepsNoSpares),
                defect("leaves before its successor", SettingsDefect::leavesBeforeItsSuccessor),
                defect("memory not judged", EventsDefect::memoryNotJudged),
                defect("never allows for a cold start", SettingsDefect::neverAllowsForAColdStart),
                defect("never backs off", SettingsDefect::neverBacksOff));
    }

    private static Arguments defect(String name, Supplier<Joint> joint) {
        return Arguments.of(name, joint);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void catchesTheDefect(String defect, Supplier<Joint> joint) {
        var caughtBy = new TreeMap<String, Integer>();
        long seed = 0;
        while (seed < SEEDS && caughtBy.values().stream().mapToInt(i -> i).sum() < 10) {
            Simulation.run(seed++, joint)
                    .violation()
                    .ifPresent(violation -> caughtBy.merge(violation.oracle(), 1, Integer::sum));
        }

        System.out.printf("%-28s caught by %s within %d seeds%n", defect, caughtBy, seed);
        assertThat(caughtBy)
                .as("oracles that caught %s within %d seeds", defect, SEEDS)
                .isNotEmpty();
    }

    @Test
    void findsNothingInTheSoundEngineWithTheSameSeeds() {
        var failed = LongStream.range(0, SEEDS)
                .parallel()
                .mapToObj(Simulation::run)
                .filter(SimulationReport::failed)
                .map(SimulationReport::story)
                .toList();

        assertThat(failed).isEmpty();
    }
}
