package dev.caisson.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/// Finds the frames in what a connection brings. Not thread-safe.
///
/// Fill it, then take frames until there is none. A frame's length is checked as soon as its four bytes are there, so
/// that a false one never makes it allocate or wait for more than a frame may have.
public final class FrameDecoder {

    /// How long a frame may be, kind and body.
    public static final int MAX_FRAME_BYTES = 256 * 1024;

    /// How long our own frames are, at most, with their length field: small enough that control frames needn't wait
    /// long, large enough that calls are few.
    public static final int PREFERRED_FRAME_BYTES = 64 * 1024;

    private static final int LENGTH_BYTES = Integer.BYTES;

    private ByteBuffer buffer = ByteBuffer.allocateDirect(PREFERRED_FRAME_BYTES);
    private ByteBuffer body = buffer.duplicate();
    private int start;
    private int end;
    private @Nullable FrameKind kind;

    /// Reads once from a channel.
    ///
    /// @return how many bytes came: 0 if a non-blocking channel has none, -1 at its end
    public int fill(ReadableByteChannel channel) throws IOException {
        makeRoom();
        buffer.limit(buffer.capacity()).position(end);
        var count = channel.read(buffer);
        end = buffer.position();
        return count;
    }

    /// Takes as many bytes from a buffer as there is room for.
    public void fill(ByteBuffer source) {
        makeRoom();
        var count = Math.min(source.remaining(), buffer.capacity() - end);
        buffer.limit(end + count);
        buffer.put(end, source, source.position(), count);
        source.position(source.position() + count);
        end += count;
    }

    /// Goes on to the next frame, if all of it is there.
    ///
    /// @return whether it is: then [#kind()] and [#body()] are about it, until the next call
    /// @throws ProtocolViolationException if what came can't be a frame
    public boolean next() throws ProtocolViolationException {
        var length = pendingLength();
        if (length < 0 || end - start - LENGTH_BYTES < length) {
            return false;
        }
        var at = start + LENGTH_BYTES;
        kind = FrameKind.of(buffer.get(at));
        body.limit(at + length).position(at + 1);
        start = at + length;
        return true;
    }

    /// Tells whether [#next()] would find a frame.
    public boolean hasNext() throws ProtocolViolationException {
        var length = pendingLength();
        return length >= 0 && end - start - LENGTH_BYTES >= length;
    }

    /// How many bytes there are that are not part of a frame taken.
    public int rest() {
        return end - start;
    }

    /// The kind of the frame taken last.
    public FrameKind kind() {
        if (kind == null) {
            throw new IllegalStateException("No frame was taken yet: call next() first");
        }
        return kind;
    }

    /// The body of the frame taken last. It is valid until the decoder is filled again.
    public ByteBuffer body() {
        return body;
    }

    private int pendingLength() throws ProtocolViolationException {
        if (end - start < LENGTH_BYTES) {
            return -1;
        }
        buffer.limit(end);
        var length = buffer.getInt(start);
        if (length < 1 || length > MAX_FRAME_BYTES) {
            throw new ProtocolViolationException("A frame of " + length + " bytes was announced, but one has 1 to "
                    + MAX_FRAME_BYTES + ". Most likely something other than Caisson wrote to the connection");
        }
        return length;
    }

    /// Makes room for all of the frame that has begun to come, or for anything if none has.
    private void makeRoom() {
        if (start == end) {
            start = 0;
            end = 0;
            return;
        }
        var wanted = end - start < LENGTH_BYTES
                ? LENGTH_BYTES
                : LENGTH_BYTES + buffer.limit(end).getInt(start);
        if (start + Math.max(wanted, PREFERRED_FRAME_BYTES / 4) <= buffer.capacity()) {
            return;
        }
        var room = wanted <= buffer.capacity() ? buffer : ByteBuffer.allocateDirect(LENGTH_BYTES + MAX_FRAME_BYTES);
        buffer.limit(end).position(start);
        if (room == buffer) {
            buffer.compact();
        } else {
            room.put(buffer);
            buffer = room;
            body = room.duplicate();
        }
        end -= start;
        start = 0;
    }
}
