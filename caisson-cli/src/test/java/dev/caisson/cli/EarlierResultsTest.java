package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierResultsTest {

    private static final String TARGET = "A::b(String)";

    @TempDir
    private Path folder;

    @Test
    void runsWhatHasNoFinalLine() throws IOException {
        var file = write(line("a", "ok"), line("b", "failed"), line("c", "cancelled"), line("d", "rejected"));

        assertThat(resume(file, "", "a", "b", "c", "d", "e")).containsExactly("c", "d", "e");
        assertThat(Files.readAllLines(file))
                .containsExactly(line("a", "ok"), line("b", "failed"), anew("c"), anew("d"), anew("e"));
    }

    @Test
    void runsWhatIsPickedAgain() throws IOException {
        var file = write(line("a", "ok"), line("b", "failed"), line("c", "timeout"));

        assertThat(resume(file, "timeout", "a", "b", "c")).containsExactly("c");
        assertThat(Files.readAllLines(file)).containsExactly(line("a", "ok"), line("b", "failed"), anew("c"));

        assertThat(resume(file, "all-but-ok", "a", "b", "c")).containsExactly("b");
        assertThat(Files.readAllLines(file)).containsExactly(line("a", "ok"), anew("c"), anew("b"));
    }

    @Test
    void keepsTheLinesOfInputsThatDoNotComeUp() throws IOException {
        var file = write(line("a", "failed"), line("b", "cancelled"), line("c", "failed"));

        assertThat(resume(file, "failed", "c")).containsExactly("c");
        assertThat(Files.readAllLines(file)).containsExactly(line("a", "failed"), line("b", "cancelled"), anew("c"));
    }

    @Test
    void atEachMomentEachInputHasOneLine() throws IOException {
        var file = write(line("a", "failed"), line("b", "failed"), line("c", "ok"));

        try (var earlier = EarlierResults.read(file, Again.parse("failed"), TARGET);
                var lines = ResultLines.to(file, TARGET, earlier)) {
            lines.write(account("b"));

            // As it is found by whoever looks now, or after a kill.
            assertThat(Files.readAllLines(file).stream().filter(line -> !line.isBlank()))
                    .containsExactly(line("a", "failed"), line("c", "ok"), anew("b"));
        }
        assertThat(Files.readAllLines(file)).containsExactly(line("a", "failed"), line("c", "ok"), anew("b"));
    }

    @Test
    void goesOnAfterAKillThatLeftALineHalfBlank() throws IOException {
        var half = line("b", "failed").replaceFirst(".{20}", " ".repeat(20));
        var file = write(line("a", "ok"), half, "", anew("b"));

        assertThat(resume(file, "", "a", "b")).isEmpty();
        assertThat(Files.readAllLines(file)).containsExactly(line("a", "ok"), anew("b"));
    }

    @Test
    void aLineThatWasCutOffCountsAsNone() throws IOException {
        for (var rest :
                List.of("{", "{\"inp", "{\"input\":\"b\",\"sta", line("b", "ok").substring(0, 30))) {
            var file = folder.resolve("cut.jsonl");
            Files.writeString(file, line("a", "ok") + "\n" + rest);

            assertThat(resume(file, "", "a")).isEmpty();
            assertThat(Files.readString(file)).isEqualTo(line("a", "ok") + "\n");
        }
    }

    @Test
    void aLastLineThatOnlyLacksItsEndIsKept() throws IOException {
        var file = folder.resolve("whole.jsonl");
        Files.writeString(file, line("a", "ok"));

        assertThat(resume(file, "", "a")).isEmpty();
        assertThat(Files.readString(file)).isEqualTo(line("a", "ok") + "\n");
    }

    @Test
    void anInputGivenTwiceHasTwoLines() throws IOException {
        var file = write(line("a", "ok"), line("a", "cancelled"), line("b", "ok"));

        assertThat(resume(file, "", "a", "a", "b", "a")).containsExactly("a", "a");
        assertThat(Files.readAllLines(file)).containsExactly(line("a", "ok"), line("b", "ok"), anew("a"), anew("a"));
    }

    @Test
    void leavesAFileAloneThatNeedsNoChange() throws IOException {
        var file = write(line("a", "ok"), line("not among the inputs", "failed"));
        var before = Files.readAttributes(file, "unix:ino");

        assertThat(resume(file, "", "a")).isEmpty();
        assertThat(Files.readAttributes(file, "unix:ino")).isEqualTo(before);
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void whereNoCopyCanBeMadeTheBlankLinesStay() throws IOException {
        var file = write(line("a", "failed"), line("b", "ok"));
        // In the way of the copy, as a full disk would be.
        Files.createDirectories(folder.resolve(".results.jsonl.resumed/x"));

        assertThat(resume(file, "failed", "a", "b")).containsExactly("a");
        assertThat(Files.readAllLines(file).stream().filter(line -> !line.isBlank()))
                .containsExactly(line("b", "ok"), anew("a"));
    }

    @Test
    void onlyOneRunAtATimeHasTheFile() throws IOException {
        var file = write(line("a", "ok"));

        try (var first = EarlierResults.read(file, Again.parse(""), TARGET)) {
            assertThat(first.file()).isPresent();
            assertThatThrownBy(() -> EarlierResults.read(file, Again.parse(""), TARGET))
                    .isInstanceOf(WrongUsage.class)
                    .hasMessageContaining("another run writes to it. Wait for its end, or name another file");
            assertThatThrownBy(() -> ResultLines.to(file, TARGET, EarlierResults.none()))
                    .isInstanceOf(WrongUsage.class)
                    .hasMessageContaining("another run writes to it");
            assertThat(Files.readAllLines(file)).containsExactly(line("a", "ok"));
        }
        assertThat(resume(file, "", "a", "b")).containsExactly("b");
    }

    @Test
    void refusesWhatHoldsNoResultsAndLeavesItAsItIs() throws IOException {
        for (var text :
                List.of("1\n2\n", "PNG", "{\"name\":\"x\"}\n", line("a", "ok").substring(0, 20) + "\n")) {
            var file = folder.resolve("other");
            Files.writeString(file, text);

            assertThatThrownBy(() -> resume(file, "", "a"))
                    .as(text)
                    .isInstanceOf(WrongUsage.class)
                    .hasMessageContaining("Line 1 of " + file + " is not a result");
            assertThat(Files.readString(file)).isEqualTo(text);
        }
    }

    @Test
    void refusesResultsOfAnotherTarget() throws IOException {
        var file = write(line("a", "ok"));

        assertThatThrownBy(() -> EarlierResults.read(file, Again.parse(""), "A::b(int)"))
                .isInstanceOf(WrongUsage.class)
                .hasMessageContaining("holds results of A::b(String), not of A::b(int)");
    }

    @Test
    void withoutAFileAllIsToBeDone() {
        assertThat(resume(folder.resolve("none"), "", "a")).containsExactly("a");
    }

    private Path write(String... lines) throws IOException {
        return Files.write(folder.resolve("results.jsonl"), List.of(lines));
    }

    private static String line(String input, String status) {
        return "{\"input\":\"" + input + "\",\"status\":\"" + status
                + "\",\"value\":{\"input\":\"nested\"},\"millis\":1,\"target\":\"" + TARGET + "\"}";
    }

    private static String anew(String input) {
        return JsonLine.of(account(input), TARGET);
    }

    private static Account account(String input) {
        return new Account(input, Status.OK, 1, null, 2, 1, Optional.of(3L));
    }

    /// Runs what is to be run.
    private static List<String> resume(Path file, String again, String... inputs) {
        var run = new ArrayList<String>();
        try (var earlier = EarlierResults.read(file, Again.parse(again), TARGET);
                var lines = ResultLines.to(file, TARGET, earlier)) {
            earlier.remaining(List.of(inputs).iterator(), _ -> {}).forEachRemaining(input -> {
                run.add(input);
                lines.write(account(input));
            });
        }
        return run;
    }
}
