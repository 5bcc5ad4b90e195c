package dev.caisson.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program run as users run it: in a process of its own, on the class path of these tests.
///
/// @param exit its exit code
/// @param lines what it printed on standard output and error
record Program(int exit, List<String> lines) {

    static Program run(String mainClass, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = process.inputReader()) {
            var lines = output.lines().toList();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            return new Program(process.exitValue(), lines);
        } finally {
            process.destroyForcibly();
        }
    }

    /// The one line that has a text.
    String line(String text) {
        var found = lines.stream().filter(line -> line.contains(text)).toList();
        assertThat(found).as("lines with %s of %s", text, lines).hasSize(1);
        return found.getFirst();
    }
}
