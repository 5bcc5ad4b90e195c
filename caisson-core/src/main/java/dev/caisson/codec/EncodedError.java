package dev.caisson.codec;

import dev.caisson.TaskCodec;
import dev.caisson.protocol.Encoded;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// A throwable as its codec wrote it, if it could.
///
/// @param bytes none if it could not
record EncodedError(Encoded bytes) {

    /// Nothing was, or could be, written.
    static final EncodedError NONE = new EncodedError(Encoded.EMPTY);

    /// Beyond this an error is told in plain text, its long parts cut.
    private static final long MOST_BYTES = 8 * 1024 * 1024;

    /// Writes a throwable.
    ///
    /// Whatever goes wrong in code that belongs to the throwable means that it can't travel, and nothing more: this is
    /// already the report of an error.
    static EncodedError of(Throwable error, TaskCodec codec) {
        var out = Encoded.builder(MOST_BYTES);
        try {
            codec.write(error, out);
            return new EncodedError(out.build());
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
            return codec.read(bytes.open(), loader) instanceof Throwable error ? error : null;
        } catch (Throwable unreadable) {
            return null;
        }
    }

    boolean isNone() {
        return bytes.size() == 0;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes.toArray());
    }
}
