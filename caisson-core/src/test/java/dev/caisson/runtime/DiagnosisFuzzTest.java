package dev.caisson.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.caisson.ByteSize;
import dev.caisson.WorkerDeath;
import dev.caisson.WorkerMemory;
import dev.caisson.engine.KillReason;
import dev.caisson.fleet.Departure;
import dev.caisson.fleet.MemoryExcess;
import dev.caisson.pool.PoolBuilder;
import dev.caisson.process.VitalSigns;
import dev.caisson.protocol.ExitMark;
import dev.caisson.testing.MutatedText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whatever a worker leaves becomes an error with a message: without an exception, in little time, of bounded length.
class DiagnosisFuzzTest {

    private static final long SEED = 20_261_201;
    private static final int ROUNDS = 2_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MOST_CHARACTERS = 250_000;

    private final Random random = new Random(SEED);
    private final Diagnosis diagnosis = new Diagnosis(
            "pool",
            new PoolBuilder().settings().limits(),
            new StartFailureReader(OutcomeReader.ofPool(new PoolBuilder().settings())));

    @Test
    void findsWordsForAnyEnd() {
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                var departure = departure();
                var reason = reason();
                var story = new DeathStory(departure, Duration.ofSeconds(1));

                for (var words : List.of(
                        String.valueOf(diagnosis.diedIdle(departure, reason).getMessage()),
                        String.valueOf(diagnosis.startFailed(departure, reason).getMessage()),
                        story.silence(),
                        story.stillness(),
                        story.memory(),
                        departure.exhausted().orElse("nothing"))) {
                    assertThat(words.length())
                            .as("seed %d, round %d", SEED, round)
                            .isLessThan(MOST_CHARACTERS);
                    assertThat(words.chars().filter(each -> each != '\n').noneMatch(Character::isISOControl))
                            .as("control characters, seed %d, round %d", SEED, round)
                            .isTrue();
                }
            }
        });
    }

    private Departure departure() {
        var death = new WorkerDeath(
                random.nextLong(),
                MutatedText.number(random),
                random.nextInt(4) == 0 ? 3 : MutatedText.number(random),
                Optional.empty(),
                Duration.ofNanos(random.nextLong()),
                random.nextLong(),
                IntStream.range(0, random.nextInt(21))
                        .mapToObj(_ -> cut(MutatedText.next(random), 4_096))
                        .toList(),
                random.nextBoolean() ? Optional.empty() : Optional.of(cut(MutatedText.next(random), 5_000)),
                new WorkerMemory(random.nextLong(), random.nextLong(), random.nextLong(), random.nextInt(2)));
        return new Departure(
                death,
                ExitMark.of(random.nextInt(-1, 12)),
                cut(MutatedText.next(random), 3_000),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new VitalSigns(
                                random.nextBoolean(),
                                1,
                                1,
                                MutatedText.number(random),
                                Duration.ofMillis(random.nextInt(100_000)))),
                random.nextBoolean(),
                Optional.empty(),
                null,
                random.nextBoolean() ? List.of() : List.of("sh", "-c"),
                random.nextInt(4) > 0
                        ? Optional.empty()
                        : Optional.of(new MemoryExcess(ByteSize.parse("2g"), ByteSize.parse("1g"))));
    }

    private @Nullable KillReason reason() {
        int at = random.nextInt(KillReason.values().length + 1);
        return at == 0 ? null : KillReason.values()[at - 1];
    }

    private static String cut(String text, int most) {
        return text.substring(0, Math.min(text.length(), most));
    }
}
