package dev.caisson.codec;

import dev.caisson.protocol.Encoded;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Reads what [DescriptionWriter] wrote, believing no count and no length.
final class DescriptionReader {

    /// What a writer may reach at its own bounds, and some.
    private static final int MOST_TEXT_BYTES = 32 * 1024 * 1024;

    private final DataInputStream in;
    private int errors;
    private int textBytesLeft = MOST_TEXT_BYTES;

    DescriptionReader(DataInputStream in) {
        this.in = in;
    }

    ErrorDescription read() throws IOException {
        return read(0);
    }

    private ErrorDescription read(int depth) throws IOException {
        // One deeper and many more than are described: at these bounds a writer still names what it leaves out.
        if (depth > ErrorDescription.DEEPEST + 1 || ++errors > 3 * ErrorDescription.MOST_ERRORS) {
            throw new StreamCorruptedException("More errors in one than are ever described");
        }
        var className = name();
        @Nullable String message = text();
        var frames = new ArrayList<StackTraceElement>();
        for (int left = count(ErrorDescription.MOST_FRAMES); left > 0; left--) {
            frames.add(frame());
        }
        var encoded = new EncodedError(Encoded.of(bytes(in.readInt())));
        var suppressed = new ArrayList<ErrorDescription>();
        for (int left = count(ErrorDescription.MOST_ERRORS); left > 0; left--) {
            suppressed.add(read(depth + 1));
        }
        @Nullable ErrorDescription cause = in.readBoolean() ? read(depth + 1) : null;
        return new ErrorDescription(className, message, frames, cause, suppressed, encoded);
    }

    private StackTraceElement frame() throws IOException {
        return new StackTraceElement(text(), text(), text(), name(), name(), text(), in.readInt());
    }

    private int count(int most) throws IOException {
        int count = in.readUnsignedShort();
        if (count > most) {
            throw new StreamCorruptedException(count + " where at most " + most + " are possible");
        }
        return count;
    }

    private String name() throws IOException {
        @Nullable String name = text();
        if (name == null) {
            throw new StreamCorruptedException("A name is missing");
        }
        return name;
    }

    private @Nullable String text() throws IOException {
        int length = in.readInt();
        if (length == -1) {
            return null;
        }
        textBytesLeft -= Math.min(Math.max(length, 0), textBytesLeft + 1);
        if (textBytesLeft < 0) {
            throw new StreamCorruptedException("More text than is ever written");
        }
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int length) throws IOException {
        if (length < 0) {
            throw new StreamCorruptedException("Negative length " + length);
        }
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The description ends after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }
}
