package dev.caisson.cli;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// What to run the target on, read lazily and once.
final class Inputs implements AutoCloseable {

    private final Iterator<String> texts;
    private final OptionalLong size;
    private final Closeable source;

    private Inputs(Iterator<String> texts, OptionalLong size, Closeable source) {
        this.texts = texts;
        this.size = size;
        this.source = source;
    }

    /// Inputs that are all there.
    static Inputs of(List<String> texts) {
        return new Inputs(texts.iterator(), OptionalLong.of(texts.size()), () -> {});
    }

    /// The lines of a stream that are not empty. The stream stays open: it is the process's own.
    static Inputs linesOf(InputStream stream) {
        return new Inputs(lines(stream).iterator(), OptionalLong.empty(), () -> {});
    }

    /// The lines of a file that are not empty.
    ///
    /// @throws WrongUsage if it can't be read
    static Inputs linesOf(Path file) {
        try {
            var size = count(file);
            var stream = Files.newInputStream(file);
            return new Inputs(lines(stream).iterator(), size, stream);
        } catch (IOException e) {
            throw new WrongUsage("The inputs can't be read: " + e);
        }
    }

    /// The inputs, to be gone through once; they end when the condition does not hold any more.
    Iterable<String> whileTrue(BooleanSupplier goOn) {
        return () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return goOn.getAsBoolean() && texts.hasNext();
            }

            @Override
            public String next() {
                return texts.next();
            }
        };
    }

    /// How many there are, if that is known before they are read.
    OptionalLong size() {
        return size;
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The inputs can't be closed", e);
        }
    }

    // Bytes that are not UTF-8 become replacement characters, rather than ending the run in its middle.
    private static Stream<String> lines(InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                .lines()
                .filter(line -> !line.isBlank());
    }

    // Read twice, for without the number of inputs there is no remaining time. A pipe can't be.
    private static OptionalLong count(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return OptionalLong.empty();
        }
        try (var stream = Files.newInputStream(file)) {
            return OptionalLong.of(lines(stream).count());
        }
    }
}
