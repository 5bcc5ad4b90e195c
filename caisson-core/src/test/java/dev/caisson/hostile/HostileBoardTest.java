package dev.caisson.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.TaskOptions;
import dev.caisson.WorkerExitedException;
import dev.caisson.testing.OwnBoard;
import dev.caisson.testing.Pools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Tasks that write on their worker's board what is not so, to escape their limits.
class HostileBoardTest {

    @Test
    void escapeNoLimitByTellingThatTheyHaveEnded(Pools pools) throws Exception {
        var pool = pools.open(1);

        var liar = pool.submit(
                () -> {
                    OwnBoard.tellThatAllHasEnded();
                    return spin();
                },
                TaskOptions.DEFAULT.withTimeLimit(Duration.ofSeconds(1)));
        var after = pool.submit(() -> "runs");

        assertThatThrownBy(() -> liar.get(90, TimeUnit.SECONDS))
                .hasCauseInstanceOf(WorkerExitedException.class)
                .hasMessageContaining("has ended, but no result of it came");
        assertThat(after.get(90, TimeUnit.SECONDS)).isEqualTo("runs");
    }

    @Test
    void neverEndTheProgramByTruncatingIt() throws Exception {
        int programs = System.getProperty("caisson.profile", "normal").equals("normal") ? 2 : 30;
        for (int number = 0; number < programs; number++) {
            var program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            TruncatingProgram.class.getName())
                    .redirectErrorStream(true)
                    .start();
            try (var output = program.inputReader()) {
                assertThat(output.readAllAsString()).contains("alive");
                assertThat(program.waitFor()).isZero();
            } finally {
                program.destroyForcibly();
            }
        }
    }

    private static long spin() {
        long turns = 0;
        while (turns >= 0) {
            turns = (turns + 1) & Long.MAX_VALUE;
        }
        return turns;
    }
}
