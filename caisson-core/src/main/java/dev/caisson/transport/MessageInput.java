package dev.caisson.transport;

import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.FrameDecoder;
import dev.caisson.protocol.FrameKind;
import dev.caisson.protocol.ProtocolViolationException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a worker's task thread hears from the parent: messages of parts, as `PayloadFrames` has cut them.
///
/// As a stream it is the current part, and ends with it. Parts are read as they arrive, so a large argument is never
/// held both encoded and decoded. Waiting doesn't mind interrupts. A parent that has gone shows as an [EOFException].
public final class MessageInput extends InputStream {

    private static final int MAX_HEAD_BYTES = 16 * 1024 * 1024;

    private final SocketChannel channel;
    private final Readiness readiness;
    private final FrameDecoder frames = new FrameDecoder();
    private ByteBuffer body = ByteBuffer.allocate(0);
    private long messageLeft;
    private long partLeft;
    private @Nullable IOException connectionFailure;
    private final byte[] single = new byte[Long.BYTES];

    MessageInput(SocketChannel channel, Readiness readiness) {
        this.channel = channel;
        this.readiness = readiness;
    }

    /// Goes on to the next message, past what is left of this one. Doesn't wait.
    ///
    /// @return whether it has begun to arrive; if not, [#await()] and ask again
    public boolean nextMessage(FrameKind expected) throws IOException {
        skipMessage();
        if (!frames.next() && (channelIsEmpty() || !frames.next())) {
            return false;
        }
        if (frames.kind() != expected) {
            throw new ProtocolViolationException("The pool sent " + frames.kind() + " where " + expected + " was due");
        }
        body = frames.body();
        messageLeft = body.getLong();
        partLeft = 0;
        return true;
    }

    /// Tells whether the message after this one is at hand already, once this one has been read.
    public boolean hasNextMessage() throws IOException {
        return messageLeft == 0 && frames.hasNext();
    }

    /// Waits until more arrives, or somebody calls [ParentLink#wakeUp()].
    public void await() throws IOException {
        readiness.awaitReadable();
    }

    /// Throws what made the connection fail, if it has: a decoder may have hidden it.
    public void checkConnection() throws IOException {
        if (connectionFailure != null) {
            throw connectionFailure;
        }
    }

    /// Goes on to the next part, past what is left of this one.
    ///
    /// @return its length
    public long nextPart() throws IOException {
        skipPart();
        if (messageLeft < Long.BYTES) {
            throw new ProtocolViolationException("A message from the pool has fewer parts than its head says");
        }
        partLeft = Long.BYTES;
        readNBytes(single, 0, Long.BYTES);
        var length = ByteBuffer.wrap(single).getLong();
        if (length < 0 || length > messageLeft) {
            throw new ProtocolViolationException("A part of " + length + " bytes was announced, but only " + messageLeft
                    + " are left of the message");
        }
        partLeft = length;
        return length;
    }

    /// All of the next part, which must be short.
    public byte[] nextHead() throws IOException {
        var length = nextPart();
        if (length > MAX_HEAD_BYTES) {
            throw new ProtocolViolationException("The head of a message has " + length + " bytes");
        }
        return readNBytes((int) length);
    }

    /// All of the next part.
    public Encoded nextEncoded() throws IOException {
        nextPart();
        var all = Encoded.builder();
        transferTo(all);
        return all.build();
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
        Objects.checkFromIndexSize(start, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (partLeft == 0) {
            return -1;
        }
        awaitBody();
        var count = (int) Math.min(Math.min(length, body.remaining()), partLeft);
        body.get(target, start, count);
        partLeft -= count;
        messageLeft -= count;
        return count;
    }

    @Override
    public int available() {
        return (int) Math.min(body.remaining(), partLeft);
    }

    private void skipPart() throws IOException {
        skipWithin(partLeft);
        partLeft = 0;
    }

    private void skipMessage() throws IOException {
        skipWithin(messageLeft);
        partLeft = 0;
    }

    private void skipWithin(long count) throws IOException {
        for (var left = count; left > 0; ) {
            awaitBody();
            var step = (int) Math.min(body.remaining(), left);
            body.position(body.position() + step);
            left -= step;
            messageLeft -= step;
        }
    }

    /// Waits until there are bytes of the current message.
    private void awaitBody() throws IOException {
        while (!body.hasRemaining()) {
            while (!frames.next()) {
                if (channelIsEmpty()) {
                    await();
                }
            }
            if (frames.kind() != FrameKind.PART) {
                throw new ProtocolViolationException("The pool sent " + frames.kind()
                        + " in the middle of a message of which " + messageLeft + " bytes are due");
            }
            body = frames.body();
        }
    }

    private boolean channelIsEmpty() throws IOException {
        try {
            var count = frames.fill(channel);
            if (count < 0) {
                throw new EOFException("The pool has closed its connection");
            }
            return count == 0;
        } catch (IOException failure) {
            connectionFailure = failure;
            throw failure;
        }
    }
}
