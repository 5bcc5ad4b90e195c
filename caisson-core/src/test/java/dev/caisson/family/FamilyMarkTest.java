package dev.caisson.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.testing.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class FamilyMarkTest {

    private static final Duration SEARCH = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /// A shell command that is given itself.
    private static final String RESTLESS = "exec sh -c \"$0\" \"$0\"";

    /// No other run of this test has the same one.
    private final String folder = "caisson-test-" + ProcessHandle.current().pid();

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void leaveNothing() {
        started.forEach(Process::destroyForcibly);
        assertThat(Await.holdsWithin(LIMIT, () -> started.stream().noneMatch(Process::isAlive)))
                .isTrue();
    }

    @Test
    void findsAWorkersFamilyAndNoOther() throws IOException {
        var own = sleep(FamilyMark.of(folder, 1).addTo(Map.of("PATH", System.getenv("PATH"))));
        var neighbour = sleep(FamilyMark.of(folder, 17).addTo(Map.of("PATH", System.getenv("PATH"))));

        FamilyMark.of(folder, 1).killBearers(SEARCH);

        assertThat(Await.holdsWithin(LIMIT, () -> !own.isAlive())).isTrue();
        assertThat(neighbour.isAlive()).isTrue();
    }

    @Test
    void countsTheFamiliesOfAWorkersWorkersAsItsOwn() throws IOException {
        var outer = FamilyMark.of(folder, 1);
        var inner = FamilyMark.of(folder + "-inner", 2);
        var process = sleep(inner.addTo(outer.addTo(System.getenv())));

        outer.killBearers(SEARCH);

        assertThat(Await.holdsWithin(LIMIT, () -> !process.isAlive())).isTrue();
    }

    @Test
    void findsAllFamiliesOfAPool() throws IOException {
        var first = sleep(FamilyMark.of(folder, 1).addTo(System.getenv()));
        var second = sleep(FamilyMark.of(folder, 2).addTo(System.getenv()));
        var other = sleep(FamilyMark.of(folder + "-other", 1).addTo(System.getenv()));

        FamilyMark.killBearersOfPool(folder);

        assertThat(Await.holdsWithin(LIMIT, () -> !first.isAlive() && !second.isAlive()))
                .isTrue();
        assertThat(other.isAlive()).isTrue();
    }

    /// While a process becomes another program, the system shows no environment of it.
    @Test
    void findsThoseThatBecomeAnotherProgramAgainAndAgain() throws IOException {
        for (int round = 0; round < 100; round++) {
            var mark = FamilyMark.of(folder, round);
            var restless = start(mark.addTo(System.getenv()), "sh", "-c", RESTLESS, RESTLESS);

            mark.killBearers(SEARCH);

            assertThat(Await.holdsWithin(LIMIT, () -> !restless.isAlive()))
                    .as("round %s", round)
                    .isTrue();
        }
    }

    private Process sleep(Map<String, String> environment) throws IOException {
        return start(environment, "sleep", "300");
    }

    private Process start(Map<String, String> environment, String... command) throws IOException {
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        started.add(process);
        return process;
    }
}
