package dev.caisson.process;

import dev.caisson.ByteSize;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Cuts one output stream of a worker into lines, and takes the marks out.
///
/// A line ends at a line feed, at a mark (what follows is another task's), or at the limit; the rest of a longer line
/// is left out, and a note says so. Any bytes will do: what is no UTF-8 comes as the replacement character. Holds no
/// more than the limit, and little while lines are short. Confined to one thread.
final class LineSplitter {

    private static final int FIRST_CAPACITY = 256;
    /// A larger buffer is let go of with its line.
    private static final int KEPT_CAPACITY = 16 * 1024;

    private static final int LARGEST_CAPACITY = Integer.MAX_VALUE - 1024;

    /// Takes the lines.
    interface Lines {

        /// Takes one.
        ///
        /// @param task the task that printed it, 0 for none
        /// @param text the line without its end
        void line(long task, String text);

        /// A task prints no more.
        ///
        /// @param task not 0
        default void ended(long task) {}
    }

    private final Lines lines;
    private final int limit;
    private final String cut;
    private final OutputMark mark = new OutputMark();

    private byte[] line = new byte[FIRST_CAPACITY];
    private int length;
    /// True from where a line was cut up to its end.
    private boolean skipping;
    private long task;

    /// @param limit of one line
    LineSplitter(Lines lines, ByteSize limit) {
        this.lines = lines;
        this.limit = (int) Math.min(limit.bytes(), LARGEST_CAPACITY);
        this.cut = " … (cut: the line is longer than the limit of " + limit + ")";
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
            if (task != 0 && task != result) {
                lines.ended(task);
            }
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
        var added = Math.min(end - from, limit - length);
        if (length + added > line.length) {
            line = Arrays.copyOf(line, (int) Math.min(limit, Math.max(2L * line.length, length + added)));
        }
        System.arraycopy(bytes, from, line, length, added);
        length += added;
        if (added < end - from) {
            lines.line(task, text(wholeCharacters()) + cut);
            clear();
            skipping = true;
        }
    }

    private void endLine() {
        if (!skipping) {
            var end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
            lines.line(task, text(end));
        }
        clear();
        skipping = false;
    }

    private void clear() {
        length = 0;
        if (line.length > KEPT_CAPACITY) {
            line = new byte[FIRST_CAPACITY];
        }
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
        while (end > 1 && end > length - 4 && (line[end - 1] & 0xc0) == 0x80) {
            end--;
        }
        return (line[end - 1] & 0xc0) == 0xc0 ? end - 1 : length;
    }

    private String text(int end) {
        return new String(line, 0, end, StandardCharsets.UTF_8);
    }
}
