package dev.caisson.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `caisson demo` on some of its documents, the hostile ones among them.
class DemoTest {

    private static final int EACH = 30;

    @TempDir
    private Path folder;

    @Test
    void accountsForEachDocumentWhateverItDoes() throws IOException, InterruptedException {
        var real = copy(everySoMany(Built.DOCUMENTS), folder.resolve("real"));
        var hostile = copy(files(Built.HOSTILE), folder.resolve("hostile"));
        var classPath = Built.TARGET.resolve("classes") + File.pathSeparator + Built.TARGET.resolve("lib") + "/*";

        var demo = Program.run(
                "dev.caisson.cli.Main",
                List.of("demo", "--documents", folder.toString(), "--class-path", classPath, "-j", "2"));

        assertThat(demo.lines())
                .contains("Each of the " + (real + hostile) + " documents is accounted for exactly once.");
        assertThat(demo.exit()).isZero();
        assertThat(demo.lines()).anyMatch(line -> line.startsWith("Second run, with --resume"));
        var doneBefore = done(demo.line(" done before: "));
        assertThat(doneBefore).isBetween(1, real + hostile - 1);
        assertThat(done(after(demo.lines(), "Second run"))).isEqualTo(real + hostile - doneBefore);
        assertThat(demo.line("never-returns.xml")).contains("timeout").contains("hung in MockParser.sleep");
        assertThat(demo.line("endless-loop.xml")).contains("timeout").contains("MockParser.hangHeavy");
        assertThat(demo.line("crashes.xml")).contains("crashed").contains("SIGSEGV");
        assertThat(demo.line("exits.xml")).contains("crashed");
        assertThat(demo.line("eats-the-heap.xml")).contains("out_of_memory");
        assertThat(demo.line("breaks-off.xml")).contains("failed").contains("page 2 points to page 1");
        assertThat(demo.lines()).noneMatch(line -> line.contains("prints-noise.xml"));
    }

    private static int done(String line) {
        return Integer.parseInt(line.substring(0, line.indexOf(' ')));
    }

    private static String after(List<String> lines, String beginning) {
        return lines.stream()
                .dropWhile(line -> !line.startsWith(beginning))
                .skip(1)
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> everySoMany(Path documents) throws IOException {
        var all = files(documents);
        // The build's documents are hundreds; if it brought none, this test would show nothing.
        assertThat(all).hasSizeGreaterThan(300);
        return IntStream.range(0, all.size() / EACH)
                .mapToObj(i -> all.get(i * EACH))
                .toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static int copy(List<Path> files, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var file : files) {
            Files.copy(file, folder.resolve(file.getFileName()));
        }
        return files.size();
    }
}
