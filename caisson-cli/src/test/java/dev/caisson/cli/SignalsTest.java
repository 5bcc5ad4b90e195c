package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The command as a process of its own, with a hand on Ctrl-C, on its pipes and on kill.
@Timeout(120)
class SignalsTest {

    private static final String ACT = Sample.class.getName() + "::act";
    private static final String TESTS = ClassPathOfTests.folder().toString();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void keepsTheResultsSoFarAndTheNextRunDoesTheRest(String signal, int code)
            throws IOException, InterruptedException {
        var results = folder.resolve("results.jsonl");
        var inputs = Files.write(
                folder.resolve("inputs"),
                Stream.concat(
                                Stream.of("first", "print", "hang"),
                                IntStream.range(0, 1000).mapToObj(Integer::toString))
                        .toList());
        try (var command = CommandProcess.start(
                folder,
                "map",
                ACT,
                "-cp",
                TESTS,
                "-j",
                "1",
                "--lines",
                inputs.toString(),
                "--output",
                results.toString())) {
            command.awaitLines(results, 2);
            assertThat(resume(inputs, results).told()).contains("another run writes to it");

            command.signal(signal);

            assertThat(command.exit()).as(command.told()).isEqualTo(code);
            assertThat(command.told())
                    .contains("2 ok")
                    .contains("--resume runs the rest")
                    .doesNotContain("\tat ");
        }
        var lines = ResultsRead.of(Files.readAllLines(results));
        assertThat(lines.get("first").status()).isEqualTo("ok");
        // What was only read ahead has no line.
        assertThat(lines.byInput()).hasSizeLessThanOrEqualTo(3);
        Files.write(
                inputs,
                Files.readAllLines(inputs).stream()
                        .filter(line -> !line.equals("hang"))
                        .toList());

        var next = resume(inputs, results);

        assertThat(next.exit()).as(next.told()).isEqualTo(Main.OK);
        assertThat(next.told()).contains("1000 inputs in").contains("2 were done before: 2 ok");
        var all = ResultsRead.of(Files.readAllLines(results));
        assertThat(all.byInput().keySet())
                .containsAll(Files.readAllLines(inputs))
                .hasSize(1003);
        // It was no input of this run, so its line is kept.
        assertThat(all.get("hang").status()).isEqualTo("cancelled");
    }

    @Test
    void resultsComeThoughTheNextInputDoesNot() throws IOException {
        try (var command = CommandProcess.start(folder, "map", ACT, "-cp", TESTS, "-j", "1");
                var in = command.process().getOutputStream();
                var out = command.process().inputReader()) {
            for (var input : List.of("one", "two")) {
                in.write((input + "\n").getBytes(StandardCharsets.UTF_8));
                in.flush();

                assertThat(ResultLine.of(out.readLine()).field("input")).isEqualTo(input);
            }
        }
    }

    @Test
    void endsWithoutAWordWhenNobodyReadsTheResults() throws IOException, InterruptedException {
        var inputs = Files.write(
                folder.resolve("inputs"),
                IntStream.range(0, 20_000).mapToObj(Integer::toString).toList());
        try (var command = CommandProcess.start(folder, "map", ACT, "-cp", TESTS, "--lines", inputs.toString())) {
            try (var out = command.process().inputReader()) {
                out.readLine();
            }

            assertThat(command.exit()).as(command.told()).isEqualTo(Main.NOBODY_READS);
            assertThat(command.told()).isEmpty();
        }
    }

    @Test
    void theNextRunRemovesWhatAKilledOneLeft() throws IOException, InterruptedException {
        var source = folder.resolve("Echo.java");
        Files.writeString(source, "class Echo { static String of(String text) { return text; } }");
        var temporary = Files.createDirectories(folder.resolve("tmp"));
        var results = folder.resolve("results.jsonl");
        var option = "-Djava.io.tmpdir=" + temporary;
        try (var killed = CommandProcess.startWith(
                option, folder, "map", source.toString(), "-j", "1", "--output", results.toString())) {
            var in = killed.process().getOutputStream();
            in.write("a\n".getBytes(StandardCharsets.UTF_8));
            in.flush();
            killed.awaitLines(results, 1);
            killed.signal("KILL");
            killed.exit();
            assertThat(targets(temporary)).hasSize(1);
        }

        try (var next = CommandProcess.startWith(option, folder, "map", source.toString(), "-j", "1", "b")) {
            assertThat(next.exit()).as(next.told()).isZero();
        }

        assertThat(targets(temporary)).isEmpty();
    }

    private record Resumed(int exit, String told) {}

    private static Resumed resume(Path inputs, Path results) {
        var screen = new Screen();
        var exit = screen.run(
                "map", "--resume", ACT, "-cp", TESTS, "--lines", inputs.toString(), "--output", results.toString());
        return new Resumed(exit, screen.err());
    }

    private static List<Path> targets(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("caisson-target-"))
                    .toList();
        }
    }
}
