package dev.caisson.worker;

import dev.caisson.protocol.ClassRefusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The parent's answer to one question for a class or a resource, as it comes in. Thread-safe.
final class ClassAnswer {

    private static final long LIMIT_NANOS = 60_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final String name;
    private byte[] bytes = new byte[0]; // guarded by this, like all below
    private boolean complete;
    private long definer;
    private @Nullable ClassRefusal refusal;
    private String text = "";

    ClassAnswer(String name) {
        this.name = name;
    }

    synchronized void add(ByteBuffer part) {
        int length = bytes.length;
        bytes = Arrays.copyOf(bytes, Math.addExact(length, part.remaining()));
        part.get(bytes, length, part.remaining());
    }

    synchronized void complete(long definer) {
        this.definer = definer;
        complete = true;
        notifyAll();
    }

    synchronized void refuse(ClassRefusal reason, String text) {
        this.refusal = reason;
        this.text = text;
        complete = true;
        notifyAll();
    }

    /// Waits until it is complete.
    ///
    /// @throws IOException if it doesn't get so
    synchronized void await() throws IOException {
        long begin = System.nanoTime();
        boolean interrupted = false;
        while (!complete) {
            long left = LIMIT_NANOS - (System.nanoTime() - begin);
            if (left <= 0) {
                break;
            }
            try {
                wait(left / NANOS_PER_MILLI + 1);
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!complete) {
            throw new IOException("The pool's own process has not sent " + name
                    + " within 60 s: a class loader there must be stuck, or that process stopped");
        }
    }

    /// Why there is nothing.
    ///
    /// @return null if there is
    synchronized @Nullable ClassRefusal refusal() {
        return refusal;
    }

    /// What the parent has to say to its refusal; may be empty.
    synchronized String text() {
        return text;
    }

    synchronized byte[] bytes() {
        return bytes;
    }

    /// The number of the loader that defines the class.
    synchronized long definer() {
        return definer;
    }
}
