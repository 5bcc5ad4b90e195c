package dev.caisson.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Cuts one output stream of a worker into lines, and takes the marks out.
///
/// A line ends at a line feed, at a mark (what follows is another task's), or at [#LIMIT] bytes; the rest of a longer
/// line is left out, and a note says so. Any bytes will do: what is no UTF-8 comes as the replacement character.
/// Confined to one thread.
final class LineSplitter {

    static final int LIMIT = 8 * 1024;
    static final String CUT = " … (cut: the line is longer than 8 KiB)";

    private static final int FIRST_CAPACITY = 256;

    /// Takes the lines.
    interface Lines {

        /// Takes one.
        ///
        /// @param task the task that printed it, 0 for none
        /// @param text the line without its end
        void line(long task, String text);
    }

    private final Lines lines;
    private final OutputMark mark = new OutputMark();

    private byte[] line = new byte[FIRST_CAPACITY];
    private int length;
    /// True from where a line was cut up to its end.
    private boolean skipping;
    private long task;

    LineSplitter(Lines lines) {
        this.lines = lines;
    }

    /// Takes what was read.
    void accept(byte[] bytes, int count) {
        var position = 0;
        while (position < count) {
            var value = bytes[position];
            if (mark.open() || value == OutputMark.ESCAPE) {
                continueMark(value);
                position++;
            } else if (value == '\n') {
                endLine();
                position++;
            } else {
                var end = endOfText(bytes, position, count);
                append(bytes, position, end);
                position = end;
            }
        }
    }

    /// The stream has ended: hands on what was printed without a line feed.
    void end() {
        appendHeld();
        endPart();
    }

    private static int endOfText(byte[] bytes, int from, int count) {
        var end = from;
        while (end < count && bytes[end] != '\n' && bytes[end] != OutputMark.ESCAPE) {
            end++;
        }
        return end;
    }

    private void continueMark(byte value) {
        var result = mark.next(value);
        if (result >= 0) {
            endPart();
            task = result;
        } else if (result == OutputMark.NO_MARK) {
            appendHeld();
            accept(new byte[] {value}, 1);
        }
    }

    /// What looked like a mark is ordinary output.
    private void appendHeld() {
        append(mark.held(), 0, mark.length());
        mark.reset();
    }

    private void append(byte[] bytes, int from, int end) {
        if (skipping) {
            return;
        }
        var added = Math.min(end - from, LIMIT - length);
        if (length + added > line.length) {
            line = Arrays.copyOf(line, Math.min(LIMIT, Math.max(2 * line.length, length + added)));
        }
        System.arraycopy(bytes, from, line, length, added);
        length += added;
        if (added < end - from) {
            lines.line(task, text(wholeCharacters()) + CUT);
            length = 0;
            skipping = true;
        }
    }

    private void endLine() {
        if (!skipping) {
            var end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
            lines.line(task, text(end));
        }
        length = 0;
        skipping = false;
    }

    /// Ends a line that has no line feed; if there is nothing in it, there is no line.
    private void endPart() {
        if (length > 0) {
            endLine();
        }
        skipping = false;
    }

    /// The number of bytes without a character that the limit cuts in two.
    private int wholeCharacters() {
        var end = length;
        while (end > length - 4 && (line[end - 1] & 0xc0) == 0x80) {
            end--;
        }
        return (line[end - 1] & 0xc0) == 0xc0 ? end - 1 : length;
    }

    private String text(int end) {
        return new String(line, 0, end, StandardCharsets.UTF_8);
    }
}
