package dev.caisson.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The simulator is tested too: an engine with a defect must not pass.
class PlantedDefectsTest {

    private static final int SEEDS = 2_000;

    enum Defect {
        LAUNCH_FAILURE_FORGOTTEN(EventsDefect::launchFailureForgotten),
        CANCEL_FORGOTTEN(EventsDefect::cancelForgotten),
        CREDITS_EXCEEDED(EventsDefect::creditsExceeded),
        FAILURE_TAKEN_FOR_SUCCESS(EventsDefect::failureTakenForSuccess),
        DEADLINE_IN_THE_PAST(EventsDefect::deadlineInThePast),
        CANCEL_COUNTED_TWICE(EventsDefect::cancelCountedTwice),
        ABSENCE_NOT_FORGIVEN(EventsDefect::absenceNotForgiven),
        BURIED_ALIVE(EventsDefect::buriedAlive),
        DEAD_GENERATION_HEARD(EventsDefect::deadGenerationHeard),
        LATE_RESULT_ENDS_AGAIN(EventsDefect::lateResultEndsAgain),
        TASK_SENT_TWICE(EffectsDefect::taskSentTwice),
        CLOSE_FORGETS_A_TASK(EffectsDefect::closeForgetsATask),
        REST_OF_CHUNK_LOST(EffectsDefect::restOfChunkLost),
        BLAMES_THE_WRONG_ITEM(EffectsDefect::blamesTheWrongItem),
        ROOM_NEVER_TOLD(EffectsDefect::roomNeverTold),
        POOL_NEVER_ENDS(EffectsDefect::poolNeverEnds),
        INTERRUPTS_TWICE(EffectsDefect::interruptsTwice),
        TAKES_BACK_WHAT_BEGAN(BoardsDefect::takesBackWhatBegan),
        BLAMES_THE_REST_OF_A_CHUNK(BoardsDefect::blamesTheRestOfAChunk),
        TAKES_BACK_NOTHING(BoardsDefect::takesBackNothing),
        CONDEMNS_NOBODY(BoardsDefect::condemnsNobody),
        LIMIT_FROM_THE_SEND(BoardsDefect::limitFromTheSend),
        STEALS_THE_HEAD(BoardsDefect::stealsTheHead),
        PRIORITY_IGNORED(TermsDefect::priorityIgnored),
        QUEUE_LIMIT_FORGOTTEN(TermsDefect::queueLimitForgotten),
        SOFT_LIMIT_FORGOTTEN(TermsDefect::softLimitForgotten),
        HARD_LIMIT_FORGOTTEN(TermsDefect::hardLimitForgotten),
        RETRIES_WITHOUT_CONSENT(TermsDefect::retriesWithoutConsent),
        RETRY_FORGOTTEN(TermsDefect::retryForgotten),
        ONE_WORKER_TOO_MANY(SettingsDefect::oneWorkerTooMany),
        SILENCE_NEVER_JUDGED(SettingsDefect::silenceNeverJudged),
        START_NEVER_JUDGED(SettingsDefect::startNeverJudged),
        RECYCLES_TOO_LATE(SettingsDefect::recyclesTooLate),
        NEVER_BACKS_OFF(SettingsDefect::neverBacksOff);

        private final Supplier<Joint> joint;

        Defect(Supplier<Joint> joint) {
            this.joint = joint;
        }
    }

    @ParameterizedTest
    @EnumSource
    void catchesTheDefect(Defect defect) {
        var caughtBy = new TreeMap<String, Integer>();
        long seed = 0;
        while (seed < SEEDS && caughtBy.values().stream().mapToInt(i -> i).sum() < 10) {
            Simulation.run(seed++, defect.joint)
                    .violation()
                    .ifPresent(violation -> caughtBy.merge(violation.oracle(), 1, Integer::sum));
        }

        System.out.printf("%-28s caught by %s within %d seeds%n", defect, caughtBy, seed);
        assertThat(caughtBy).as("oracles that caught %s within %d seeds", defect, SEEDS).isNotEmpty();
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
