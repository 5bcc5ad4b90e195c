package dev.caisson.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where accounts go as lines of JSON: to standard output or a file, each with one write, so that none is lost or cut
/// when this process is killed.
final class ResultLines implements AutoCloseable {

    private final OutputStream out;
    private final boolean ownsStream;

    private ResultLines(OutputStream out, boolean ownsStream) {
        this.out = out;
        this.ownsStream = ownsStream;
    }

    /// To a stream that stays open.
    static ResultLines to(OutputStream out) {
        return new ResultLines(out, false);
    }

    /// To a file, which is replaced.
    ///
    /// @throws WrongUsage if it can't be written
    static ResultLines to(Path file) {
        try {
            return new ResultLines(Files.newOutputStream(file), true);
        } catch (IOException e) {
            throw new WrongUsage("The results can't be written to " + file.toAbsolutePath() + ": " + e);
        }
    }

    /// Writes a line.
    ///
    /// @throws UncheckedIOException if it can't be written, as when the program that read the lines has ended
    void write(Account account) {
        try {
            out.write((JsonLine.of(account) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The results can't be written", e);
        }
    }

    @Override
    public void close() {
        if (!ownsStream) {
            return;
        }
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The results can't be written to their end", e);
        }
    }
}
