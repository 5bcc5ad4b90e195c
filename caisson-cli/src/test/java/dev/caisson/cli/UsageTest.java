package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said to those who ask, and to those who mistake themselves.
class UsageTest {

    @TempDir
    private Path folder;

    private final Screen screen = new Screen();

    @Test
    void aMistakeOfTheUserIsToldInWordsWithAWayOut() throws IOException {
        var broken = folder.resolve("Broken.java");
        Files.writeString(broken, "class Broken { static int of(String text) { return text; } }");
        var commands = List.of(
                List.of("map"),
                List.of("map", "java.lang.Integer.parseInt", "1"),
                List.of("map", "java.lang.Integer::parseInt", "1", "--time-limit", "30"),
                List.of("map", "java.lang.Integer::parseInt", "1", "--max-heap", "plenty"),
                List.of("map", "java.lang.Integer::parseInt", "1", "-j", "0"),
                List.of("map", "java.lang.Integer::parseInt", "1", "--lines", "-"),
                List.of(
                        "map",
                        "java.lang.Integer::parseInt",
                        "--lines",
                        folder.resolve("none").toString()),
                List.of("map", "java.lang.Integer::parseInt", "1", "--output", folder + "/none/results"),
                List.of(
                        "map",
                        "java.lang.Integer::parseInt",
                        "1",
                        "-cp",
                        folder.resolve("none.jar").toString()),
                List.of("map", "java.lang.Integer::parseInt", "1", "-j", "many"),
                List.of("map", "java.lang.Integer::parseInt", "1", "-cp", broken.toString()),
                List.of("map", "java.lang.Integer::parseInt", "1", "--max-heap", "5x"),
                List.of("map", "java.lang.Integer::parseInt", "1", "--max-tasks", "0"),
                List.of("map", "java.lang.Integer::parseInt", "1", "--retries", "-1"),
                List.of("map", "java.lang.Integer::parseInt", "1", "--compilation", "fast"),
                List.of("map", "java.lang.Integer::parseInt", "1", "--retry-on", "timeout"),
                List.of("map", "java.lang.Integer::parseInt", "1", "--retry-on", "crash,slow", "--retries", "1"),
                List.of("map", "java.lang.Integer::parseInt", "1", "--time-limit", "1s", "--soft-time-limit", "1s"),
                List.of("map", "java.lang.Integer::parseInt", "1", "--prefix", "no-such-program -x"),
                List.of("map", "java.lang.Integer::parseInt", "1", "--prefix", "'nice"),
                List.of("map", "java.lang.Integer::parseInt", "1", "--output", folder.toString()),
                List.of("map", "java.lang.Integer::parseInt", broken.toString(), "--output", broken.toString()),
                List.of("map", "java.lang.Integer::parseInt", "--lines", broken.toString(), "--output", "" + broken),
                List.of("map", broken.toString(), "1", "--output", broken.toString()),
                List.of("map", "java.lang.Integer::parseInt", "1", "-cp", broken.toString(), "--output", "" + broken),
                List.of("map", "java.lang.Integer::parseInt", "--lines", folder.toString()),
                List.of("map", "java.lang.Integer::parseInt", "--files", folder.toString()),
                List.of("map", "java.lang.Integer::parseInt", "--files", folder + "/*.none"),
                List.of("map", "java.lang.Integer::parseInt", "1", "--worker-output", folder.toString()),
                List.of("map", broken.toString(), "1", "--worker-output", broken.toString()),
                List.of("map", "java.lang.Integer::parseInt", "1", "--resume"),
                List.of("map", "java.lang.Integer::parseInt", "1", "--resume=slow", "--output", folder + "/r"),
                List.of("map", "java.lang.Integer::parseInt", "1", "--resume", "--output", broken.toString()),
                List.of("map", "java.lang.Integer::parseInt"),
                List.of("map", "java.lang.Integer::intValue", "1"),
                List.of("map", "java.lang.Integer::compare", "1"),
                List.of("map", "java.lang.Integer::toString(Thread)", "1"),
                List.of("map", "com.acme.None::of", "1"),
                List.of("map", broken.toString(), "1"),
                List.of("map", folder.resolve("None.java").toString(), "1"),
                List.of("mop"),
                List.of());
        for (var command : commands) {
            var own = new Screen();

            var exit = own.run(command.toArray(String[]::new));

            assertThat(exit).as("%s: %s", command, own.err()).isEqualTo(Main.WRONG_USAGE);
            assertThat(own.lines()).as("%s", command).isEmpty();
            assertThat(own.err())
                    .as("%s", command)
                    .startsWith("caisson: ")
                    .contains("--help'")
                    .doesNotContain("\tat ");
        }
        assertThat(Files.readString(broken)).startsWith("class Broken");
    }

    @Test
    void guessesWhatAnUnknownOptionWasToBe() {
        screen.run("map", "java.lang.Integer::parseInt", "--timelimit", "3s", "1");
        assertThat(screen.err()).contains("Unknown option: '--timelimit'. Did you mean --time-limit?");

        screen.run("map", "java.lang.Integer::parseInt", "1", "-x");
        assertThat(screen.err()).contains("write -- before the inputs, since it begins with a dash: -- -x");
    }

    @Test
    void refusesEmptyValues() {
        for (var option : List.of("--files", "--lines", "--output", "--class-path", "--prefix", "--max-heap")) {
            var own = new Screen();

            assertThat(own.run("map", "java.lang.Integer::parseInt", option, ""))
                    .isEqualTo(Main.WRONG_USAGE);

            assertThat(own.err()).contains(option + " is given an empty value");
        }
    }

    @Test
    void workersThatCanNotStartAreToldOnceAndTouchNothing() throws IOException {
        var results = folder.resolve("results.jsonl");
        Files.writeString(results, "what there was");

        var exit = screen.run(
                "map",
                "java.lang.Integer::parseInt",
                "-j",
                "1",
                "--jvm-option=-Xnone",
                "--output",
                results.toString(),
                "1",
                "2");

        assertThat(exit).as(screen.err()).isEqualTo(Main.WRONG_USAGE);
        assertThat(screen.err())
                .containsOnlyOnce("Unrecognized option: -Xnone")
                .contains("they exit with code 1 before they are ready")
                .contains("Look at --jvm-option, --max-heap and --prefix");
        assertThat(Files.readString(results)).isEqualTo("what there was");
    }

    @Test
    void showsWhatTheCompilerSays() throws IOException {
        var broken = folder.resolve("Broken.java");
        Files.writeString(broken, "class Broken { static int of(String text) { return text; } }");

        screen.run("map", broken.toString(), "1");

        assertThat(screen.err())
                .contains("Broken.java:1: error: incompatible types: String cannot be converted to int");
    }

    @Test
    void everyCommandHasHelpAndVersion() {
        for (var command : List.of(List.<String>of(), List.of("map"), List.of("demo"))) {
            var help = new Screen();
            var version = new Screen();

            assertThat(help.run(with(command, "--help"))).isEqualTo(Main.OK);
            assertThat(version.run(with(command, "--version"))).isEqualTo(Main.OK);

            assertThat(help.lines())
                    .anyMatch(line -> line.startsWith("Usage: caisson"))
                    .contains("Examples:")
                    .allMatch(line -> line.length() <= 80);
            assertThat(version.lines().getFirst()).matches("caisson \\d+\\.\\d+.*");
        }
    }

    @Test
    void helpKeepsNamesInOneLine() {
        var help =
                "      --files=GLOB Files that match, such as 'in/**/*.pdf', in quotes.\n  caisson map File.java::of\n";

        assertThat(HelpText.wrapped(help, 55)).isEqualTo("""
                      --files=GLOB Files that match, such as
                                   'in/**/*.pdf', in quotes.
                  caisson map File.java::of
                """);
        assertThat(HelpText.wrapped(help, 20)).contains("'in/**/*.pdf',\n").contains("\n      File.java::of\n");
    }

    @Test
    void rowsOfASummaryBreakBetweenWords() {
        var row = "  failed            9 ms       99  a.txt  Error: the header names a version that nobody knows";

        assertThat(HelpText.wrappedRows("1 input: 1 failed\n" + row + "\n", 50)).isEqualTo("""
                1 input: 1 failed
                  failed            9 ms       99  a.txt  Error:
                      the header names a version that nobody knows
                """);
    }

    private static String[] with(List<String> command, String option) {
        return Stream.concat(command.stream(), Stream.of(option)).toArray(String[]::new);
    }
}
