package dev.caisson.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What to run the target on, read lazily and once.
final class Inputs implements AutoCloseable {

    /// Far beyond what anybody writes in a line: whoever gives more gave a file that has no lines.
    private static final int LONGEST_LINE = 1 << 26;

    private final String origin;
    private final List<String> listed;
    private final Iterator<String> texts;
    private final OptionalLong size;
    private final Closeable source;
    private final List<String> passedOver;

    private Inputs(
            String origin,
            List<String> listed,
            Iterator<String> texts,
            OptionalLong size,
            Closeable source,
            List<String> passedOver) {
        this.origin = origin;
        this.listed = listed;
        this.texts = texts;
        this.size = size;
        this.source = source;
        this.passedOver = passedOver;
    }

    /// Inputs that are all there.
    static Inputs of(List<String> texts) {
        return of(texts, List.of());
    }

    /// Inputs that are all there, but for some that may be where nothing can be read.
    ///
    /// @param passedOver what was passed over, each with the reason
    static Inputs of(List<String> texts, List<String> passedOver) {
        return new Inputs("The list", texts, texts.iterator(), OptionalLong.of(texts.size()), () -> {}, passedOver);
    }

    /// The lines of a stream that are not blank. The stream stays open: it is the process's own.
    static Inputs linesOf(InputStream stream, char separator) {
        return new Inputs(
                "Standard input",
                List.of(),
                new Lines("Standard input", stream, separator),
                OptionalLong.empty(),
                () -> {},
                List.of());
    }

    /// The lines of a file that are not blank.
    ///
    /// @throws WrongUsage if it can't be read
    static Inputs linesOf(Path file, char separator) {
        if (Files.isDirectory(file)) {
            throw new WrongUsage(
                    file + " is a folder, and --lines takes a file with an input in each line. For the files"
                            + " in it write --files '" + file + "/**'");
        }
        if (!Files.exists(file)) {
            throw new WrongUsage("There is no file " + file.toAbsolutePath() + " to read inputs from");
        }
        try {
            var origin = file.toString();
            var size = count(origin, file, separator);
            var stream = Files.newInputStream(file);
            return new Inputs(origin, List.of(), new Lines(origin, stream, separator), size, stream, List.of());
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    /// The inputs, to be gone through once.
    Iterator<String> texts() {
        return texts;
    }

    /// Whether a text stands for a name that is no UTF-8. For the thread that goes through them.
    boolean isUndecodable(String text) {
        return texts instanceof Lines read && read.escaped.contains(text);
    }

    /// The inputs that are all there before they are gone through; none of those that are read.
    List<String> listed() {
        return listed;
    }

    /// How many there are, if that is known before they are read.
    OptionalLong size() {
        return size;
    }

    /// What --files matched and passed over, or could not look into, each with the reason.
    List<String> passedOver() {
        return passedOver;
    }

    /// Tells that there was none.
    String nothing() {
        return origin + " holds no inputs: nothing but blank lines, or nothing at all";
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The inputs can't be closed", e);
        }
    }

    // Read twice, for without the number of inputs there is no remaining time. A pipe can't be.
    private static OptionalLong count(String origin, Path file, char separator) throws IOException {
        if (!Files.isRegularFile(file)) {
            return OptionalLong.empty();
        }
        try (var stream = Files.newInputStream(file)) {
            var lines = new Lines(origin, stream, separator);
            long count = 0;
            for (; lines.hasNext(); lines.next()) {
                count++;
            }
            return OptionalLong.of(count);
        }
    }

    private static WrongUsage unreadable(String origin, IOException error) {
        return new WrongUsage(origin + " can't be read: " + Reason.of(error));
    }

    private static final class Lines implements Iterator<String> {

        private final String origin;
        private final LineReader reader;
        private @Nullable String next;
        private boolean ended;
        private final Set<String> escaped = new HashSet<>();

        Lines(String origin, InputStream stream, char separator) {
            this.origin = origin;
            this.reader = new LineReader(stream, LONGEST_LINE, separator);
        }

        @Override
        public boolean hasNext() {
            try {
                while (next == null && !ended) {
                    var line = reader.next();
                    ended = line == null;
                    next = line == null || line.isBlank() ? null : line;
                    if (next != null && reader.lastWasEscaped()) {
                        escaped.add(next);
                    }
                }
                return next != null;
            } catch (IOException e) {
                throw unreadable(origin, e);
            }
        }

        @Override
        public String next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException(origin);
            }
            var line = next;
            next = null;
            return line;
        }
    }
}
