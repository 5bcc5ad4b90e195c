package dev.caisson.codec;

import dev.caisson.protocol.Encoded;
import java.io.IOException;
import java.io.InputStream;

/// Reads an encoded value and knows how much of it is left: that is what bounds what may be created from it.
final class EncodedStream extends InputStream {

    private final InputStream in;
    private long left;

    EncodedStream(Encoded encoded) {
        this.in = encoded.open();
        this.left = encoded.size();
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        left -= value < 0 ? 0 : 1;
        return value;
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
        int count = in.read(target, start, length);
        left -= Math.max(count, 0);
        return count;
    }

    @Override
    public int available() {
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}
