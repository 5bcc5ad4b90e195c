package dev.caisson.process;

import java.nio.charset.StandardCharsets;

/// The mark by which a worker tells, within its output, which task prints from here on: `ESC _ caisson;<task> ESC \`,
/// task 0 for none. Terminals ignore it (it is an application program command of ECMA-48). A forged one can only make
/// lines of that worker look like another task's, or end what is kept of another task's output.
///
/// Takes byte by byte what might be one, and keeps it in case it turns out to be ordinary output. Not thread-safe.
final class OutputMark {

    static final byte ESCAPE = 0x1b;

    /// Of a byte: it is no part of a mark, and neither was what [#held()] has.
    static final int NO_MARK = -2;
    /// Of a byte: the mark may go on.
    static final int MORE = -1;

    private static final byte[] START = "\u001b_caisson;".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 18;

    private final byte[] held = new byte[START.length + DIGITS + 1];
    private int length;
    private long task;

    /// True between the first byte of what may be a mark and its end.
    boolean open() {
        return length > 0;
    }

    /// Takes the next byte.
    ///
    /// @return the task, once the mark is complete; else [#MORE] or [#NO_MARK]
    long next(byte value) {
        if (length < START.length) {
            return value == START[length] ? hold(value) : NO_MARK;
        }
        if (held[length - 1] == ESCAPE) {
            return value == '\\' ? complete() : NO_MARK;
        }
        var digits = length - START.length;
        if (value >= '0' && value <= '9' && digits < DIGITS) {
            task = task * 10 + (value - '0');
            return hold(value);
        }
        return value == ESCAPE && digits > 0 ? hold(value) : NO_MARK;
    }

    /// How many bytes were taken for a mark so far.
    int length() {
        return length;
    }

    /// The bytes taken so far, [#length()] of them.
    byte[] held() {
        return held;
    }

    void reset() {
        length = 0;
        task = 0;
    }

    private long hold(byte value) {
        held[length++] = value;
        return MORE;
    }

    private long complete() {
        var complete = task;
        reset();
        return complete;
    }
}
