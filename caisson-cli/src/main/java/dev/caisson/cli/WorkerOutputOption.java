package dev.caisson.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Says where the lines go that workers print.
final class WorkerOutputOption {

    private static final String PASS = "pass";
    private static final String NONE = "none";

    @Option(
            names = "--worker-output",
            paramLabel = "pass|none|FILE",
            description = "What workers print: all of it on standard error, nothing, or all of it at the end of a file."
                    + " Default: on standard error, the first " + WorkerLines.SHOWN_PER_INPUT + " lines of each input.")
    private @Nullable String value;

    /// Refuses a file that the run reads or writes otherwise.
    ///
    /// @param others those files
    /// @throws WrongUsage if it is one of them, or no file
    void check(List<String> others) {
        var file = file();
        if (file == null) {
            return;
        }
        if (Files.isDirectory(file)) {
            throw new WrongUsage("--worker-output names " + file + ", which is a folder. Name a file in it");
        }
        for (var other : others) {
            if (isSame(file, other)) {
                throw new WrongUsage("--worker-output names " + file
                        + ", which this run uses for something else. Name another file");
            }
        }
    }

    /// What takes the lines. It is used until the process ends or [Taker#close] is called.
    ///
    /// @throws UncheckedIOException if the file can't be opened
    Taker open(Progress progress) {
        if (value == null) {
            return new Taker(new WorkerLines(progress::above, WorkerLines.SHOWN_PER_INPUT), null);
        }
        var file = file();
        if (file == null) {
            return new Taker(
                    value.equals(NONE) ? WorkerLines.counted() : new WorkerLines(progress::above, Long.MAX_VALUE),
                    null);
        }
        try {
            var stream = new PrintStream(
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    true,
                    StandardCharsets.UTF_8);
            return new Taker(new WorkerLines(stream::println, Long.MAX_VALUE), stream);
        } catch (IOException e) {
            throw new UncheckedIOException("The file of --worker-output, " + file + ", can't be opened", e);
        }
    }

    /// Takes lines, until it is closed.
    ///
    /// @param lines the taker
    /// @param file where they go, if that is a file
    record Taker(WorkerLines lines, @Nullable PrintStream file) implements AutoCloseable {

        @Override
        public void close() {
            if (file != null) {
                file.close();
            }
        }
    }

    private @Nullable Path file() {
        if (value == null || value.equals(PASS) || value.equals(NONE)) {
            return null;
        }
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new WrongUsage("--worker-output names no file: " + Printable.line(value + ": " + e.getReason(), 200));
        }
    }

    private static boolean isSame(Path file, String other) {
        try {
            var path = Path.of(other);
            return file.toAbsolutePath()
                            .normalize()
                            .equals(path.toAbsolutePath().normalize())
                    || (Files.exists(file) && Files.exists(path) && Files.isSameFile(file, path));
        } catch (InvalidPathException | IOException e) {
            return false;
        }
    }
}
