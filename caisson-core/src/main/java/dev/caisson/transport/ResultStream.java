package dev.caisson.transport;

import static dev.caisson.protocol.ProtocolLimits.FAILURE_BYTES;

import dev.caisson.memory.Headroom;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.FrameDecoder;
import dev.caisson.protocol.FrameKind;
import dev.caisson.protocol.ProtocolViolationException;
import dev.caisson.protocol.ResultHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Makes events of what a worker's tasks connection brings, from the socket or the outbox. Believes nothing: each frame
/// must be one that can come now, about an item that is due. Reader thread only.
///
/// Results are the only large things that a pool takes into memory. One that this process has no room for is let go of
/// at once, what still comes of it is skipped, and only its item fails.
final class ResultStream {

    private enum Phase {
        STARTING,
        SERVING,
        FAILED
    }

    /// How much of a message may come between two looks for room.
    private static final int LOOK_BYTES = 1 << 20;

    private final SentTasks sent;
    private final ChannelListener listener;
    private final long maxBytes;
    private Phase phase = Phase.STARTING;
    private Encoded.@Nullable Builder parts;

    /// How much has come of the message whose parts these are.
    private long seenBytes;

    private long lookAtBytes = LOOK_BYTES;

    /// Whether there was no room for that message.
    private boolean lost;

    /// @param maxResultBytes how long a result may be; failures may be a little longer than a small limit
    ResultStream(SentTasks sent, ChannelListener listener, long maxResultBytes) {
        this.sent = sent;
        this.listener = listener;
        this.maxBytes = Math.max(maxResultBytes, FAILURE_BYTES);
    }

    /// Delivers all frames that are there.
    ///
    /// @throws ProtocolViolationException if one breaks a rule; those before it have been delivered
    void deliver(FrameDecoder frames) throws ProtocolViolationException {
        var delivered = false;
        try {
            while (frames.next()) {
                deliver(frames.kind(), frames.body());
                delivered = true;
            }
        } finally {
            if (delivered) {
                listener.framesDelivered();
            }
        }
    }

    /// The worker is dead, and all that it had published was delivered.
    void heardAll() {
        sent.heardAll();
    }

    private void deliver(FrameKind kind, ByteBuffer body) throws ProtocolViolationException {
        switch (kind) {
            case READY -> {
                require(phase == Phase.STARTING && seenBytes == 0, kind);
                phase = Phase.SERVING;
                listener.ready();
            }
            case START_FAILED -> {
                require(phase == Phase.STARTING, kind);
                phase = Phase.FAILED;
                var failure = complete(body);
                listener.startFailed(failure == null ? Encoded.EMPTY : failure);
            }
            case BEGAN -> began(body);
            case RESULT -> ended(body);
            case PART -> {
                require(phase != Phase.FAILED, kind);
                take(body);
            }
            case DISCARD -> {
                require(phase != Phase.FAILED, kind);
                reset();
            }
            case HELLO,
                    WELCOME,
                    ASSIGN,
                    INTERRUPT,
                    DUMP,
                    PING,
                    STOP,
                    PONG,
                    STACKS,
                    STACKS_SO_FAR,
                    PROGRESS,
                    CLASS_WANTED,
                    CLASS_PART,
                    CLASS_END,
                    CLASS_MISSING -> require(false, kind);
        }
    }

    private void began(ByteBuffer body) throws ProtocolViolationException {
        require(phase == Phase.SERVING && body.remaining() == 2 * Long.BYTES + Integer.BYTES, FrameKind.BEGAN);
        var task = body.getLong();
        var item = body.getInt();
        sent.began(task, item);
        listener.itemBegan(task, item, body.getLong());
    }

    private void ended(ByteBuffer body) throws ProtocolViolationException {
        require(phase == Phase.SERVING, FrameKind.RESULT);
        var head = ResultHead.read(body);
        sent.ended(head.task(), head.item());
        long size = seenBytes + body.remaining();
        var bytes = complete(body);
        if (bytes == null) {
            listener.itemLost(head.task(), head.item(), head.succeeded(), size, head.beganNanos(), head.endedNanos());
        } else {
            listener.itemFinished(
                    head.task(), head.item(), head.succeeded(), bytes, head.beganNanos(), head.endedNanos());
        }
    }

    /// The parts so far and what is left of a body.
    ///
    /// @return null if there was no room for it
    private @Nullable Encoded complete(ByteBuffer body) throws ProtocolViolationException {
        try {
            if (seenBytes > 0) {
                take(body);
                return parts == null ? null : parts.build();
            }
            if (body.remaining() > maxBytes) {
                throw tooLong(body.remaining());
            }
            var bytes = new byte[body.remaining()];
            body.get(bytes);
            return Encoded.of(bytes);
        } catch (OutOfMemoryError noRoom) {
            return null;
        } finally {
            reset();
        }
    }

    private void take(ByteBuffer body) throws ProtocolViolationException {
        seenBytes += body.remaining();
        if (seenBytes > maxBytes) {
            throw tooLong(seenBytes);
        }
        if (lost) {
            return;
        }
        try {
            if (seenBytes >= lookAtBytes) {
                lookAtBytes = seenBytes + LOOK_BYTES;
                Headroom.require();
            }
            parts = parts == null ? Encoded.builder(maxBytes) : parts;
            parts.write(body);
        } catch (OutOfMemoryError noRoom) {
            lost = true;
            parts = null;
        } catch (IOException impossible) {
            throw new IllegalStateException("A buffer in memory failed", impossible);
        }
    }

    private void reset() {
        parts = null;
        lost = false;
        seenBytes = 0;
        lookAtBytes = LOOK_BYTES;
    }

    private ProtocolViolationException tooLong(long bytes) {
        return new ProtocolViolationException("It sent a result of at least " + bytes
                + " bytes, though it was told to send " + maxBytes + " at most");
    }

    private void require(boolean holds, FrameKind kind) throws ProtocolViolationException {
        if (!holds) {
            throw new ProtocolViolationException("It sent a frame " + kind + " which can't come here (the worker is "
                    + phase + "). Code in the worker may write to its connections, or over its memory");
        }
    }
}
