package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real pools with real workers.
class MapCommandTest {

    private static final String ACT = Sample.class.getName() + "::act";
    private static final String TESTS = ClassPathOfTests.folder().toString();

    @TempDir
    private Path folder;

    private final Screen screen = new Screen();

    @Test
    void givesEachInputItsAccountWhateverItDoes() {
        var exit = screen.run(
                "map",
                Sample.class.getName() + "::act",
                "-cp",
                TESTS,
                "-j",
                "2",
                "--time-limit",
                "5s",
                "--max-heap",
                "64m",
                "first",
                "throw",
                "exit",
                "hang",
                "eat",
                "print",
                "last");

        assertThat(exit).isEqualTo(Main.SOME_NOT_OK);
        assertThat(screen.lines()).hasSize(7);
        var results = ResultsRead.of(screen.lines());
        assertThat(results.get("first").status()).isEqualTo("ok");
        assertThat(results.get("first").field("value.length")).isEqualTo("5");
        assertThat(results.get("throw").status()).isEqualTo("failed");
        assertThat(results.get("throw").field("error.type")).isEqualTo(Sample.OwnException.class.getName());
        assertThat(results.get("throw").field("error.message")).isEqualTo("page 2 is missing");
        assertThat(results.get("throw").field("error.stack")).contains("Sample.act");
        assertThat(results.get("exit").status()).isEqualTo("crashed");
        assertThat(results.get("exit").field("error.message")).contains("code 7");
        assertThat(results.get("hang").status()).isEqualTo("timeout");
        assertThat(results.get("hang").field("error.stack")).contains("sleepThroughInterrupts");
        assertThat(results.get("eat").status()).isEqualTo("out_of_memory");
        assertThat(results.get("print").field("value")).isEqualTo("printed");
        assertThat(results.get("last").status()).isEqualTo("ok");
        assertThat(results.get("last").field("attempts")).isEqualTo("1");
        assertThat(screen.err())
                .contains("7 inputs in", "3 ok, 1 failed, 1 timeout, 1 crashed, 1 out_of_memory")
                .contains("hung in Sample.sleepThroughInterrupts")
                .contains("{\"not\":\"a result\"}")
                .doesNotContain("\u001B");
    }

    @Test
    void runsInASandboxOrSaysWhatTheMachineLacks() {
        var exit = screen.run("map", "--sandbox", ACT, "-cp", TESTS, "-j", "1", "--max-heap", "64m", "first");

        if (exit == Main.WRONG_USAGE) {
            assertThat(screen.err())
                    .contains("sandbox(Sandbox.STRICT) can't be had on this machine", "Install bubblewrap");
        } else {
            assertThat(exit).isZero();
            assertThat(ResultsRead.of(screen.lines()).get("first").status()).isEqualTo("ok");
        }
    }

    @Test
    void runsTheMethodOfASourceFileAndRemovesItsClasses() throws IOException {
        var source = folder.resolve("Area.java");
        Files.writeString(source, """
                import dev.caisson.TaskContext;

                class Area {
                    record Square(long side, long area, int attempt) {}

                    static Square of(long side) {
                        return new Square(side, side * side, TaskContext.current().attempt());
                    }

                    private static long notThis(long side) {
                        return side;
                    }
                }
                """);
        var results = folder.resolve("results.jsonl");
        var before = compiledFolders();

        var exit = screen.run("map", source.toString(), "-j", "1", "--output", results.toString(), "3", "4");

        assertThat(screen.err()).contains("2 inputs in").contains("2 ok");
        assertThat(exit).isEqualTo(Main.OK);
        assertThat(screen.lines()).isEmpty();
        var lines = ResultsRead.of(Files.readAllLines(results));
        assertThat(lines.get("4").field("value.area")).isEqualTo("16");
        assertThat(lines.get("4").field("value.attempt")).isEqualTo("1");
        assertThat(compiledFolders()).isEqualTo(before);
    }

    @Test
    void takesTheLinesOfStandardInput() {
        var numbers = IntStream.range(0, 500).mapToObj(Integer::toString).toList();

        var exit = screen.typing("\n" + String.join("\n", numbers) + "\n\n")
                .run("map", "java.lang.Integer::parseInt", "-j", "1");

        assertThat(exit).isEqualTo(Main.OK);
        var results = ResultsRead.of(screen.lines());
        assertThat(results.byInput().keySet()).containsExactlyInAnyOrderElementsOf(numbers);
        assertThat(results.byInput().values())
                .allMatch(line -> line.field("input").equals(line.field("value")));
    }

    @Test
    void tellsWhatWasDoneWhenTheResultsCanNotBeWritten() {
        var exit = screen.run("map", "java.lang.Integer::parseInt", "-j", "1", "--output", "/dev/full", "1", "2");

        assertThat(exit).as(screen.err()).isEqualTo(Main.SOME_NOT_OK);
        assertThat(screen.err())
                .contains("0 inputs in", "nothing done")
                .contains("The results can't be written to /dev/full: No space left on device")
                .doesNotContain("--resume");
    }

    @Test
    void writesLinesInTheOrderOfTheInputsIfAsked() {
        var inputs = IntStream.range(0, 300).mapToObj(Integer::toString).toList();

        var exit = screen.typing(String.join("\n", inputs)).run("map", "java.lang.Integer::parseInt", "--ordered");

        assertThat(exit).isEqualTo(Main.OK);
        assertThat(screen.lines().stream().map(line -> ResultLine.of(line).field("input")))
                .containsExactlyElementsOf(inputs);
    }

    @Test
    void resumesWithTheStatusesThatArePicked() throws IOException {
        var results = folder.resolve("results.jsonl").toString();
        var first = screen.run(
                "map", ACT, "-cp", TESTS, "-j", "1", "--output", results, "one", "exit", "throw", "two", "two");
        assertThat(first).isEqualTo(Main.SOME_NOT_OK);
        var again = new Screen();

        var exit = again.run(
                "map",
                "--resume=crashed",
                ACT,
                "-cp",
                TESTS,
                "-j",
                "1",
                "--output",
                results,
                "one",
                "exit",
                "throw",
                "two",
                "two",
                "three");

        assertThat(again.err()).contains("2 inputs in").contains("1 ok, 1 crashed");
        assertThat(again.err()).contains("4 were done before: 3 ok, 1 failed");
        assertThat(exit).isEqualTo(Main.SOME_NOT_OK);
        assertThat(Files.readAllLines(Path.of(results)).stream()
                        .map(line -> ResultLine.of(line).field("input")))
                .containsExactlyInAnyOrder("one", "exit", "throw", "two", "two", "three");
    }

    @Test
    void passesTheOptionsOfThePoolOn() throws IOException {
        // No list of arguments, though its name begins like one.
        var atFile = "@" + Files.writeString(folder.resolve("arguments"), "exit");

        var exit = screen.run(
                "map",
                ACT,
                "-cp",
                TESTS,
                "-j",
                "1",
                "--max-tasks",
                "1",
                "--retries",
                "1",
                "--retry-on",
                "crash,timeout",
                "--prefix",
                "env 'CAISSON_TEST=a b'",
                "--compilation",
                "quick",
                "--jvm-option=-Dcaisson.test=c",
                "--ordered",
                "settings",
                "exit",
                "interrupt",
                "interrupt and throw",
                "--soft-time-limit",
                "500ms",
                "--time-limit",
                "20s",
                "--",
                atFile);

        assertThat(exit).isEqualTo(Main.SOME_NOT_OK);
        var results = ResultsRead.of(screen.lines());
        assertThat(results.get("settings").field("value")).isEqualTo("a b c");
        assertThat(results.get("exit").field("attempts")).isEqualTo("2");
        assertThat(results.get("interrupt").field("value")).isEqualTo("interrupted");
        assertThat(results.get("interrupt and throw").status()).isEqualTo("timeout");
        assertThat(results.get("interrupt and throw").field("attempts")).isEqualTo("2");
        assertThat(results.get("interrupt and throw").field("error.type"))
                .isEqualTo(Sample.OwnException.class.getName());
        assertThat(results.get("interrupt and throw").field("error.message")).isEqualTo("page 3 is not done");
        assertThat(results.get("interrupt and throw").field("error.stack")).contains("Sample.act");
        assertThat(screen.err())
                .contains("interrupted at --soft-time-limit, threw Sample$OwnException: page 3 is not done");
        assertThat(results.get(atFile).status()).isEqualTo("ok");
        assertThat(results.get("interrupt").field("worker"))
                .isNotEqualTo(results.get("settings").field("worker"));
    }

    @Test
    void takesInputsOfAnyText() throws IOException {
        var name = "ünï\n\"code\" \uD83D\uDE00.txt";
        var inputs = Files.createDirectory(folder.resolve("in"));
        Files.createFile(inputs.resolve("plain.txt"));
        try {
            Files.createFile(inputs.resolve(name));
        } catch (InvalidPathException e) {
            // The locale of this process can't name such files.
            name = "plain.txt";
        }

        var exit = screen.run("map", "java.lang.String::valueOf(Object)", "--files", inputs + "/*", "-j", "1");

        assertThat(exit).as(screen.err()).isEqualTo(Main.OK);
        assertThat(ResultsRead.of(screen.lines())
                        .get(inputs.resolve(name).toString())
                        .status())
                .isEqualTo("ok");
    }

    @Test
    void namesInTheSummaryWhatItPassedOver() throws IOException {
        Files.createFile(folder.resolve("a.txt"));
        Files.createSymbolicLink(folder.resolve("b.txt"), folder.resolve("nowhere"));

        var exit = screen.run("map", "java.lang.String::valueOf(Object)", "--files", folder + "/*.txt", "-j", "1");

        assertThat(exit).isEqualTo(Main.SOME_NOT_OK);
        assertThat(screen.lines()).hasSize(1);
        assertThat(screen.err().lines())
                .last()
                .isEqualTo(
                        "Passed over at the start: 1, which have no result: " + folder + "/b.txt: a link to nothing");
    }

    @Test
    void putsWhatWorkersPrintWhereTheUserWantsIt() throws IOException {
        var file = folder.resolve("printed");

        var exit = screen.run("map", ACT, "-cp", TESTS, "-j", "1", "--worker-output", file.toString(), "print");

        assertThat(exit).as(screen.err()).isEqualTo(Main.OK);
        assertThat(screen.err()).doesNotContain("{\"not\":\"a result\"}");
        assertThat(Files.readString(file)).containsPattern("\\[worker 0, pid \\d+] \\{\"not\":\"a result\"}");
    }

    @Test
    void takesNamesThatNulEndsAndTellsOfThoseThatAreNoText() throws IOException {
        var list = folder.resolve("list");
        Files.write(list, "b\u00e9ta\0a\nb\0".getBytes(StandardCharsets.ISO_8859_1));

        var exit = screen.run(
                "map", "java.lang.String::valueOf(Object)", "--lines0", list.toString(), "-j", "1", "--ordered");

        assertThat(exit).isEqualTo(Main.SOME_NOT_OK);
        var results = ResultsRead.of(screen.lines());
        assertThat(results.get("a\nb").status()).isEqualTo("ok");
        assertThat(results.get("b\\xE9ta").status()).isEqualTo("failed");
        assertThat(results.get("b\\xE9ta").field("error.message")).contains("not valid UTF-8", "rename it");
    }

    private static long compiledFolders() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("caisson-target-"))
                    .count();
        }
    }
}
