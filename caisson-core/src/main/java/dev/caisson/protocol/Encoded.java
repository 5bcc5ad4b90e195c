package dev.caisson.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An encoded value: an immutable sequence of bytes that may be longer than an array can be.
///
/// It is kept in segments, so that building it never copies what is already there, and freeing it never needs one large
/// block.
public final class Encoded {

    /// No bytes at all; stands for "none" where a value is optional.
    public static final Encoded EMPTY = new Encoded(new byte[0][], 0, 0, null);

    private final byte[][] segments;
    private final long size;
    private final long classes;
    private final @Nullable Object origin;

    private Encoded(byte[][] segments, long size, long classes, @Nullable Object origin) {
        this.segments = segments;
        this.size = size;
        this.classes = classes;
        this.origin = origin;
    }

    /// Wraps an array, which must not be changed afterwards: it is not copied.
    public static Encoded of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Encoded(new byte[][] {bytes}, bytes.length, 0, null);
    }

    /// Builds one without a limit.
    public static Builder builder() {
        return new Builder(Long.MAX_VALUE);
    }

    /// Builds one that may not get longer than a limit.
    public static Builder builder(long limitBytes) {
        return new Builder(limitBytes);
    }

    /// The number of bytes.
    public long size() {
        return size;
    }

    /// The same bytes, with a note about the classes of the value.
    ///
    /// @param classes number of the class loader that has them; 0 for the application's
    /// @param origin what must stay reachable while these bytes may be read, or null
    public Encoded withClasses(long classes, @Nullable Object origin) {
        return new Encoded(segments, size, classes, origin);
    }

    /// The number of the class loader that has the classes of the value; 0 for the application's, which is the rule.
    public long classes() {
        return classes;
    }

    /// What the one who encoded the value noted about its classes, in this process only.
    public @Nullable Object origin() {
        return origin;
    }

    /// A new stream over the bytes; closing it does nothing.
    public InputStream open() {
        return cursor();
    }

    /// A new cursor at the first byte.
    public Cursor cursor() {
        return new Cursor(segments, size);
    }

    /// A copy of the bytes as one array.
    ///
    /// @throws IllegalStateException if they don't fit one
    public byte[] toArray() {
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException(size + " bytes don't fit an array: read them as a stream, by open()");
        }
        var all = new byte[(int) size];
        var at = 0;
        for (var segment : segments) {
            System.arraycopy(segment, 0, all, at, segment.length);
            at += segment.length;
        }
        return all;
    }

    @Override
    public String toString() {
        return "Encoded[" + size + " bytes]";
    }

    /// Reads through an encoded value once, front to back. Not thread-safe.
    public static final class Cursor extends InputStream {

        private final byte[][] segments;
        private int segment;
        private int offset;
        private long left;

        private Cursor(byte[][] segments, long size) {
            this.segments = segments;
            this.left = size;
        }

        /// Moves as many bytes as there are, and as fit, into a buffer.
        ///
        /// @return how many; 0 at the end or if the buffer is full
        public int moveTo(ByteBuffer target) {
            var before = target.position();
            while (target.hasRemaining() && segment < segments.length) {
                var bytes = segments[segment];
                var length = Math.min(bytes.length - offset, target.remaining());
                target.put(bytes, offset, length);
                advance(length);
            }
            return target.position() - before;
        }

        @Override
        public int read() {
            if (segment == segments.length) {
                return -1;
            }
            var value = segments[segment][offset] & 0xFF;
            advance(1);
            return value;
        }

        @Override
        public int read(byte[] target, int start, int length) {
            Objects.checkFromIndexSize(start, length, target.length);
            if (segment == segments.length) {
                return length == 0 ? 0 : -1;
            }
            var done = 0;
            while (done < length && segment < segments.length) {
                var step = Math.min(segments[segment].length - offset, length - done);
                System.arraycopy(segments[segment], offset, target, start + done, step);
                advance(step);
                done += step;
            }
            return done;
        }

        /// All that is left, which bounds what a reader may create from it.
        @Override
        public int available() {
            return (int) Math.min(left, Integer.MAX_VALUE);
        }

        private void advance(int length) {
            offset += length;
            left -= length;
            if (offset == segments[segment].length) {
                segment++;
                offset = 0;
            }
        }
    }

    /// Collects bytes. Segments start small, because most tasks are, and double up to 64 KiB. Not thread-safe.
    public static final class Builder extends OutputStream {

        private static final int FIRST_SEGMENT_BYTES = 512;
        private static final int LARGEST_SEGMENT_BYTES = 64 * 1024;

        private final long limitBytes;
        private final List<byte[]> full = new ArrayList<>(1);
        private byte[] current = new byte[FIRST_SEGMENT_BYTES];
        private int used;
        private long size;

        private Builder(long limitBytes) {
            this.limitBytes = limitBytes;
        }

        /// How many bytes were written so far.
        public long size() {
            return size;
        }

        @Override
        public void write(int value) throws IOException {
            reserve(1);
            current[used++] = (byte) value;
        }

        @Override
        public void write(byte[] source, int start, int length) throws IOException {
            Objects.checkFromIndexSize(start, length, source.length);
            for (var done = 0; done < length; ) {
                var step = Math.min(reserve(length - done), length - done);
                System.arraycopy(source, start + done, current, used, step);
                used += step;
                done += step;
            }
        }

        /// Writes all that is left in a buffer.
        public void write(ByteBuffer source) throws IOException {
            while (source.hasRemaining()) {
                var step = Math.min(reserve(source.remaining()), source.remaining());
                source.get(current, used, step);
                used += step;
            }
        }

        /// Makes room in the current segment, and counts what the caller is about to write into it.
        private int reserve(int wanted) throws IOException {
            if (wanted > limitBytes - size) {
                throw new SizeLimitExceededException(size + wanted, limitBytes);
            }
            if (used == current.length) {
                full.add(current);
                current = new byte[Math.min(LARGEST_SEGMENT_BYTES, current.length * 2)];
                used = 0;
            }
            var room = Math.min(current.length - used, wanted);
            size += room;
            return room;
        }

        /// What was written. The builder must not be used afterwards.
        public Encoded build() {
            if (size == 0) {
                return EMPTY;
            }
            full.add(used == current.length ? current : Arrays.copyOf(current, used));
            return new Encoded(full.toArray(new byte[0][]), size, 0, null);
        }
    }
}
