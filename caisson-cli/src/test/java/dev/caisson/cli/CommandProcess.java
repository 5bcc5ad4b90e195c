package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The command as a process of its own, as a shell starts it. Its standard error goes to a file.
///
/// @param process the process
/// @param err what it tells people
record CommandProcess(Process process, Path err) implements AutoCloseable {

    static CommandProcess start(Path folder, String... arguments) throws IOException {
        return startWith("-XX:+UseSerialGC", folder, arguments);
    }

    /// Starts it with an option of its JVM.
    static CommandProcess startWith(String option, Path folder, String... arguments) throws IOException {
        return start(option, Map.of(), folder, arguments);
    }

    /// Starts it with variables of its environment.
    static CommandProcess startIn(Map<String, String> environment, Path folder, String... arguments)
            throws IOException {
        return start("-XX:+UseSerialGC", environment, folder, arguments);
    }

    private static CommandProcess start(
            String option, Map<String, String> environment, Path folder, String... arguments) throws IOException {
        // env: a process that was started in the background may ignore the signal, and so would its children.
        var command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT,TERM",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                option,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        var err = folder.resolve("err");
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.to(err.toFile()));
        builder.environment().putAll(environment);
        return new CommandProcess(builder.start(), err);
    }

    /// Sends a signal by its name.
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /// Its exit code, once it has one.
    int exit() throws IOException, InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(told()).isTrue();
        return process.exitValue();
    }

    /// What it told people.
    String told() throws IOException {
        return Files.readString(err);
    }

    /// Waits until a file has some lines.
    void awaitLines(Path file, int count) throws IOException {
        while (!Files.exists(file) || Files.readAllLines(file).size() < count) {
            assertThat(process.isAlive()).as(told()).isTrue();
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
