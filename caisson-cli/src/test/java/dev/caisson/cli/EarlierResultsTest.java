package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierResultsTest {

    private static final String TARGET = "A::b";

    @TempDir
    private Path folder;

    @Test
    void runsWhatHasNoFinalLine() throws IOException {
        var file = write(line("a", "ok"), line("b", "failed"), line("c", "cancelled"), line("d", "rejected"));

        assertThat(remaining(file, "", "a", "b", "c", "d", "e")).containsExactly("c", "d", "e");
        assertThat(Files.readAllLines(file)).containsExactly(line("a", "ok"), line("b", "failed"));
    }

    @Test
    void runsWhatIsPickedAgain() throws IOException {
        var file = write(line("a", "ok"), line("b", "failed"), line("c", "timeout"));

        assertThat(remaining(file, "timeout", "a", "b", "c")).containsExactly("c");
        assertThat(remaining(file, "all-but-ok", "a", "b", "c")).containsExactly("b", "c");
        assertThat(Files.readAllLines(file)).containsExactly(line("a", "ok"));
    }

    @Test
    void aLineThatWasCutOffCountsAsNone() throws IOException {
        for (var rest :
                List.of("{", "{\"inp", "{\"input\":\"b\",\"sta", line("b", "ok").substring(0, 30))) {
            var file = folder.resolve("cut.jsonl");
            Files.writeString(file, line("a", "ok") + "\n" + rest);

            assertThat(remaining(file, "", "a", "b")).containsExactly("b");
            assertThat(Files.readString(file)).isEqualTo(line("a", "ok") + "\n");
        }
    }

    @Test
    void aLastLineThatOnlyLacksItsEndIsKept() throws IOException {
        var file = folder.resolve("whole.jsonl");
        Files.writeString(file, line("a", "ok"));

        assertThat(remaining(file, "", "a")).isEmpty();
        assertThat(Files.readString(file)).isEqualTo(line("a", "ok") + "\n");
    }

    @Test
    void anInputGivenTwiceHasTwoLines() throws IOException {
        var file = write(line("a", "ok"), line("a", "cancelled"), line("b", "ok"));

        assertThat(remaining(file, "", "a", "a", "b", "a")).containsExactly("a", "a");
    }

    @Test
    void leavesAFileAloneThatNeedsNoChange() throws IOException {
        var file = write(line("a", "ok"), line("not among the inputs", "failed"));
        var before = Files.readAttributes(file, "unix:ino");

        assertThat(remaining(file, "", "a", "b")).containsExactly("b");
        assertThat(Files.readAttributes(file, "unix:ino")).isEqualTo(before);
    }

    @Test
    void refusesWhatHoldsNoResultsAndLeavesItAsItIs() throws IOException {
        for (var text :
                List.of("1\n2\n", "PNG", "{\"name\":\"x\"}\n", line("a", "ok").substring(0, 20) + "\n")) {
            var file = folder.resolve("other");
            Files.writeString(file, text);

            assertThatThrownBy(() -> remaining(file, "", "a"))
                    .as(text)
                    .isInstanceOf(WrongUsage.class)
                    .hasMessageContaining("Line 1 of " + file + " is not a result");
            assertThat(Files.readString(file)).isEqualTo(text);
        }
    }

    @Test
    void refusesResultsOfAnotherTarget() throws IOException {
        var file = write(line("a", "ok"));

        assertThatThrownBy(() -> EarlierResults.read(file, Again.parse(""), "C::d"))
                .isInstanceOf(WrongUsage.class)
                .hasMessageContaining("holds results of A::b, not of C::d");
    }

    @Test
    void withoutAFileAllIsToBeDone() {
        assertThat(remaining(folder.resolve("none"), "", "a")).containsExactly("a");
    }

    private Path write(String... lines) throws IOException {
        return Files.write(folder.resolve("results.jsonl"), List.of(lines));
    }

    private static String line(String input, String status) {
        return "{\"input\":\"" + input + "\",\"status\":\"" + status
                + "\",\"value\":{\"input\":\"nested\"},\"millis\":1,\"target\":\"" + TARGET + "\"}";
    }

    private static List<String> remaining(Path file, String again, String... inputs) {
        var results = EarlierResults.read(file, Again.parse(again), TARGET);
        var remaining = new ArrayList<String>();
        results.remaining(List.of(inputs).iterator(), _ -> {}).forEachRemaining(remaining::add);
        results.prune();
        return remaining;
    }
}
