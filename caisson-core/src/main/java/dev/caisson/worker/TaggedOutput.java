package dev.caisson.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/// Standard output or error, with a mark where a task begins to print and where a task that printed has ended:
/// `ESC _ caisson;<task> ESC \`, task 0 for none. The parent takes the marks out.
///
/// What a subprocess or native code prints goes to the descriptor past this class. So it counts as its task's if that
/// has printed before on the same stream, and as nobody's else, never as an earlier task's.
///
/// Each write goes to the descriptor at once and as a whole, so that what was printed survives a halt. Thread-safe.
final class TaggedOutput extends OutputStream {

    private final FileOutputStream descriptor;
    private final Printing printing;
    private long marked; // guarded by this

    private TaggedOutput(FileDescriptor descriptor, Printing printing) {
        this.descriptor = new FileOutputStream(descriptor);
        this.printing = printing;
    }

    /// Takes the place of `System.out` and `System.err`. UTF-8 whatever the locale, as the parent reads it.
    static Printing install() {
        var printing = new Printing();
        System.setOut(new PrintStream(printing.out, true, UTF_8));
        System.setErr(new PrintStream(printing.err, true, UTF_8));
        return printing;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] source, int start, int length) throws IOException {
        var task = printing.task;
        if (task == marked) {
            descriptor.write(source, start, length);
            return;
        }
        marked = task;
        var mark = bytesOf(task);
        var all = new byte[mark.length + length];
        System.arraycopy(mark, 0, all, 0, mark.length);
        System.arraycopy(source, start, all, mark.length, length);
        descriptor.write(all);
    }

    private synchronized void mark(long begun) {
        if (marked == begun) {
            return;
        }
        marked = begun;
        try {
            descriptor.write(bytesOf(begun));
        } catch (IOException _) {
            // Nobody reads that stream any more.
        }
    }

    private static byte[] bytesOf(long task) {
        // Each first `+` of its kind makes a young JVM spin classes.
        return "\u001b_caisson;".concat(Long.toString(task)).concat("\u001b\\").getBytes(US_ASCII);
    }

    /// Which task prints, on both streams.
    static final class Printing {

        private final TaggedOutput out = new TaggedOutput(FileDescriptor.out, this);
        private final TaggedOutput err = new TaggedOutput(FileDescriptor.err, this);

        /// Written by the task thread.
        private volatile long task;

        void begin(long begun) {
            task = begun;
        }

        /// Says whose the following output is, before there is any: not all of it need come past this class.
        void mark() {
            out.mark(task);
            err.mark(task);
        }

        /// What a task printed without a line feed at its end is complete by the mark.
        void end() {
            task = 0;
            mark();
        }
    }
}
