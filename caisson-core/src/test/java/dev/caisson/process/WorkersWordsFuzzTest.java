package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.caisson.testing.MutatedText;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a worker leaves is read without an exception, in little time, to a text of bounded length.
class WorkersWordsFuzzTest {

    private static final long SEED = 20_261_201;
    private static final int ROUNDS = 2_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int REPORT_LINES = 16;

    @Test
    void readsAnyCrashReport() {
        var random = new Random(SEED);
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                var report = CrashReport.parse(MutatedText.next(random));

                assertThat(report.text().length())
                        .as("seed %d, round %d", SEED, round)
                        .isLessThan(REPORT_LINES * (CrashReport.LINE_CHARACTERS + 30));
                assertThat(report.signal().orElse("SIG")).startsWith("SIG").hasSizeLessThan(20);
            }
        });
    }

    @Test
    void keepsTheTailOfAnyOutput() {
        var random = new Random(SEED);
        assertTimeoutPreemptively(LIMIT, () -> {
            var tail = new OutputTail();
            for (int round = 0; round < ROUNDS; round++) {
                MutatedText.next(random).lines().limit(100).forEach(tail::add);

                assertThat(tail.lines())
                        .as("seed %d, round %d", SEED, round)
                        .hasSizeLessThanOrEqualTo(OutputTail.LINES)
                        .allMatch(line -> line.length() <= OutputTail.LINE_CHARACTERS + 2);
            }
        });
    }

    @Test
    void explainsAnyExitCode() {
        var random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            var code = new ExitCode(MutatedText.number(random));

            assertThat(code.meaning()).startsWith(code.value() + " means ").hasSizeLessThan(300);
        }
    }
}
