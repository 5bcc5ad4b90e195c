package dev.caisson.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads a stream line by line, each as soon as it is there, none longer than a bound.
///
/// Lines end with a line feed, or a carriage return and one. Bytes that are not UTF-8 become replacement characters,
/// rather than ending the run in its middle.
final class LineReader {

    private static final int BUFFER_SIZE = 64 * 1024;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream stream;
    private final int longest;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int position;
    private int end;
    private long filled;
    private long count;
    private boolean lastHadItsEnd;
    private boolean lastWasEscaped;
    private final char separator;

    /// @param longest how many bytes a line may have
    LineReader(InputStream stream, int longest) {
        this(stream, longest, '\n');
    }

    /// @param separator what ends a record: a line feed, or NUL for names of files
    LineReader(InputStream stream, int longest, char separator) {
        this.stream = stream;
        this.longest = longest;
        this.separator = separator;
    }

    /// Whether the record that was read last, which NUL ended, was no UTF-8 and comes escaped.
    boolean lastWasEscaped() {
        return lastWasEscaped;
    }

    /// The next line without its end; null after the last.
    ///
    /// @throws IOException if it can't be read, or is too long
    @Nullable String next() throws IOException {
        var line = new ByteArrayOutputStream();
        lastHadItsEnd = false;
        while (!lastHadItsEnd && fill()) {
            var start = position;
            while (position < end && buffer[position] != separator) {
                position++;
            }
            line.write(buffer, start, position - start);
            if (position < end) {
                position++;
                lastHadItsEnd = true;
            }
            if (line.size() > longest) {
                throw new IOException("line " + (count + 1) + " is longer than " + longest + " bytes");
            }
        }
        return line.size() == 0 && !lastHadItsEnd ? null : text(line);
    }

    /// Whether the line that was read last ended as lines do, rather than with the stream.
    boolean lastHadItsEnd() {
        return lastHadItsEnd;
    }

    /// Where the next line begins, in bytes.
    long offset() {
        return filled - end + position;
    }

    /// How many lines were read.
    long count() {
        return count;
    }

    private boolean fill() throws IOException {
        if (position < end) {
            return true;
        }
        position = 0;
        end = Math.max(0, stream.read(buffer));
        filled += end;
        return end > 0;
    }

    private String text(ByteArrayOutputStream line) {
        count++;
        if (separator == '\0') {
            lastWasEscaped = !UndecodableName.isValid(line);
            return lastWasEscaped ? UndecodableName.escaped(line) : line.toString(StandardCharsets.UTF_8);
        }
        var text = line.toString(StandardCharsets.UTF_8);
        if (count == 1 && text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
