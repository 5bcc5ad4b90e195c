package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The command as a process of its own, with a hand on Ctrl-C.
@Timeout(60)
class CtrlCTest {

    @TempDir
    private Path folder;

    @Test
    @Tag("Q57")
    @Tag("row-41")
    void keepsTheResultsSoFarAndExitsWith130() throws IOException, InterruptedException {
        var results = folder.resolve("results.jsonl");
        // env: a process that was started in the background may ignore the signal, and so would its children.
        var command = List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "map",
                Sample.class.getName() + "::act",
                "-cp",
                ClassPathOfTests.folder().toString(),
                "-j",
                "1",
                "first",
                "print",
                "hang",
                "never",
                "--no-progress");
        var process = new ProcessBuilder(command)
                .redirectOutput(results.toFile())
                .redirectError(ProcessBuilder.Redirect.to(folder.resolve("err").toFile()))
                .start();
        try {
            awaitLines(results, 2, process);

            interrupt(process);

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("err")))
                    .isEqualTo(Main.INTERRUPTED);
            var lines = ResultsRead.of(Files.readAllLines(results));
            assertThat(lines.get("first").status()).isEqualTo("ok");
            assertThat(lines.get("print").status()).isEqualTo("ok");
            assertThat(lines.get("hang").status()).isEqualTo("cancelled");
            assertThat(Files.readString(folder.resolve("err"))).contains("2 ok").contains("cancelled");
        } finally {
            process.destroyForcibly();
        }
    }

    private static void interrupt(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    private static void awaitLines(Path file, int count, Process process) throws IOException {
        while (Files.readAllLines(file).size() < count) {
            assertThat(process.isAlive()).isTrue();
            Thread.onSpinWait();
        }
    }
}
