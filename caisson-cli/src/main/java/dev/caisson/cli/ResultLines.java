package dev.caisson.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Where accounts go as lines of JSON: to standard output or a file, each with one write, so that none is lost or cut
/// when this process is killed.
final class ResultLines implements AutoCloseable {

    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    // As stat(2) has it.
    private static final int TYPE_OF_FILE = 0xF000;
    private static final int PIPE = 0x1000;

    private final OutputStream out;
    private final String target;
    private final String place;
    private final EarlierResults earlier;

    private ResultLines(OutputStream out, String target, String place, EarlierResults earlier) {
        this.out = out;
        this.target = target;
        this.place = place;
        this.earlier = earlier;
    }

    /// To standard output, which stays open.
    static ResultLines to(OutputStream out, String target) {
        return new ResultLines(new KeptOpen(out), target, "standard output", EarlierResults.none());
    }

    /// To a file, which the first line replaces, or which is gone on with if there are earlier results.
    ///
    /// @throws WrongUsage if it can't be written, or another run has it
    static ResultLines to(Path file, String target, EarlierResults earlier) {
        try {
            var out = earlier.file().isPresent() ? earlier.file().get() : anew(file);
            return new ResultLines(out, target, file.toString(), earlier);
        } catch (IOException e) {
            throw new WrongUsage("The results can't be written to " + file.toAbsolutePath() + ": " + Reason.of(e));
        }
    }

    private static OutputStream anew(Path file) throws IOException {
        return Files.exists(file) && !Files.isRegularFile(file)
                ? Files.newOutputStream(file, StandardOpenOption.WRITE)
                : ResultFile.anew(file);
    }

    /// Looks whether a file can be written, and is not what the run is to read, before anything starts.
    ///
    /// @param sources files that are read; what is none is passed over
    /// @throws WrongUsage if not
    static void check(Path file, List<String> sources) {
        var folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw new WrongUsage("--output names the folder " + file + ". Name a file in it, such as "
                    + file.resolve("results.jsonl"));
        }
        if (!Files.isDirectory(folder)) {
            throw new WrongUsage("--output names " + file + ", but there is no folder " + folder + ". Create it first");
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new WrongUsage("--output names " + file + ", and there is no permission to write it");
        }
        if (Files.isRegularFile(file) && sources.stream().anyMatch(source -> isSame(file, source))) {
            throw new WrongUsage(
                    "--output names " + file + ", which this run also reads, so that it would be overwritten."
                            + " Name another file, or one in a folder that holds no inputs");
        }
    }

    /// Whether a file has the name of a pipe, so that opening it waits for its reader.
    static boolean isPipe(Path file) {
        try {
            return Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) instanceof Integer mode
                    && (mode & TYPE_OF_FILE) == PIPE;
        } catch (UnsupportedOperationException | IOException e) {
            return false;
        }
    }

    /// Writes a line, in place of an earlier one if its input has one.
    ///
    /// @throws BrokenPipe if the program that read them has ended
    /// @throws UncheckedIOException if it can't be written for another reason
    void write(Account account) {
        try {
            out.write((JsonLine.of(account, target) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            earlier.replaced(account.input());
        } catch (IOException e) {
            if (out instanceof KeptOpen && isOfPipe(e)) {
                throw new BrokenPipe(e);
            }
            throw new UncheckedIOException("The results can't be written to " + place, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The results can't be written to their end", e);
        }
    }

    private static boolean isSame(Path file, String source) {
        try {
            return Files.isSameFile(file, Path.of(source));
        } catch (InvalidPathException | IOException e) {
            return false;
        }
    }

    // The message is in the user's language, the file system's is not. Whatever fails on a pipe, its reader is gone.
    private static boolean isOfPipe(IOException error) {
        try {
            return "Broken pipe".equals(error.getMessage())
                    || Files.readSymbolicLink(STANDARD_OUTPUT).toString().startsWith("pipe:");
        } catch (IOException e) {
            return false;
        }
    }

    private static final class KeptOpen extends FilterOutputStream {

        KeptOpen(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
