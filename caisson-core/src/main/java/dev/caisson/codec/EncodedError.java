package dev.caisson.codec;

import dev.caisson.TaskCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// A throwable as its codec wrote it, if it could.
final class EncodedError {

    /// Nothing was, or could be, written.
    static final EncodedError NONE = new EncodedError(new byte[0]);

    /// Beyond this an error is told in plain text, its long parts cut.
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private final byte[] bytes;

    EncodedError(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Writes a throwable.
    ///
    /// Whatever goes wrong in code that belongs to the throwable means that it can't travel, and nothing more: this is
    /// already the report of an error.
    static EncodedError of(Throwable error, TaskCodec codec) {
        var out = new Limited();
        try {
            codec.write(error, out);
            return new EncodedError(out.toByteArray());
        } catch (Throwable cantTravel) {
            return NONE;
        }
    }

    /// Reads the throwable back.
    ///
    /// @return null if there is none, or its class or state could not be read
    @Nullable Throwable read(TaskCodec codec, ClassLoader loader) {
        if (isNone()) {
            return null;
        }
        try {
            return codec.read(new ByteArrayInputStream(bytes), loader) instanceof Throwable error ? error : null;
        } catch (Throwable unreadable) {
            return null;
        }
    }

    boolean isNone() {
        return bytes.length == 0;
    }

    int size() {
        return bytes.length;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    private static final class Limited extends ByteArrayOutputStream {

        @Override
        public synchronized void write(int value) {
            check(1);
            super.write(value);
        }

        @Override
        public synchronized void write(byte[] source, int offset, int length) {
            check(length);
            super.write(source, offset, length);
        }

        private void check(int length) {
            if (length > MOST_BYTES - count) {
                throw new IllegalStateException("An error of more than " + MOST_BYTES + " bytes");
            }
        }
    }
}
