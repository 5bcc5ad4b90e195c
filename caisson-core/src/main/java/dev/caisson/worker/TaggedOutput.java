package dev.caisson.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/// Standard output or error, with a mark wherever another task begins to print: `ESC _ caisson;<task> ESC \`, task 0
/// for none. The parent takes the marks out.
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
    static void install(Printing printing) {
        System.setOut(new PrintStream(new TaggedOutput(FileDescriptor.out, printing), true, UTF_8));
        System.setErr(new PrintStream(new TaggedOutput(FileDescriptor.err, printing), true, UTF_8));
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
        var mark = ("\u001b_caisson;" + task + "\u001b\\").getBytes(US_ASCII);
        var all = new byte[mark.length + length];
        System.arraycopy(mark, 0, all, 0, mark.length);
        System.arraycopy(source, start, all, mark.length, length);
        descriptor.write(all);
    }

    /// Which task prints.
    static final class Printing {

        /// Written by the task thread.
        volatile long task;
    }
}
