package dev.caisson.codec;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Passes bytes on and remembers if that failed, to tell a broken stream from a value that can't be encoded.
final class WatchedStream extends OutputStream {

    private final OutputStream out;
    private @Nullable IOException failure;

    WatchedStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
        try {
            out.write(value);
        } catch (IOException e) {
            throw remember(e);
        }
    }

    @Override
    public void write(byte[] source, int start, int length) throws IOException {
        try {
            out.write(source, start, length);
        } catch (IOException e) {
            throw remember(e);
        }
    }

    /// Throws the first failure of the stream, if there was one.
    void check() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private IOException remember(IOException e) {
        failure = failure == null ? e : failure;
        return failure;
    }
}
