package dev.caisson.protocol;

import java.nio.ByteBuffer;
import java.util.List;

/// Cuts one message to a worker into frames, as long as the buffers it is given. Not thread-safe.
///
/// A message is a sequence of parts, each `[long length][bytes]`. Its first frame says how long it is in all; frames of
/// kind [FrameKind#PART] follow until that is reached.
public final class PayloadFrames {

    private static final int FRAME_HEAD_BYTES = Integer.BYTES + 1;
    private static final int LEAST_USEFUL_BYTES = 512;

    private final FrameKind kind;
    private final Encoded head;
    private final List<Encoded> parts;
    private final ByteBuffer partLength = ByteBuffer.allocate(Long.BYTES);

    private boolean begun;
    private long left;
    private int nextPart;
    private Encoded.Cursor cursor;

    private PayloadFrames(FrameKind kind, Encoded head, List<Encoded> parts) {
        this.kind = kind;
        this.head = head;
        this.parts = parts;
        this.cursor = head.cursor();
        partLength.putLong(head.size()).flip();
    }

    /// The message with an assignment.
    ///
    /// @param assignment what is sent
    /// @param sequence where it is on the board
    /// @param sameFunction whether the worker has its function, as that of the chunk before
    public static PayloadFrames assignment(Assignment assignment, int sequence, boolean sameFunction) {
        var parts = switch (assignment.work()) {
            case Work.Call call -> List.of(call.callable());
            case Work.Chunk chunk ->
                new ChunkParts(
                        sameFunction ? Encoded.EMPTY : chunk.function(),
                        chunk.items(),
                        assignment.firstItem(),
                        assignment.endItem());
        };
        return new PayloadFrames(
                FrameKind.ASSIGN,
                AssignmentHead.of(assignment, sequence, sameFunction).encode(),
                parts);
    }

    /// The message with a worker's settings.
    public static PayloadFrames welcome(WorkerSettings settings) {
        return new PayloadFrames(
                FrameKind.WELCOME,
                settings.encodeHead(),
                List.of(
                        settings.codec(),
                        settings.initializer().action(),
                        settings.finalizer().action()));
    }

    /// Writes frames into a buffer until it is almost full or all is written.
    ///
    /// @param target at least 512 bytes long, or nothing is ever written
    /// @return whether all is written
    public boolean moveTo(ByteBuffer target) {
        while (!begun || left > 0) {
            if (target.remaining() < LEAST_USEFUL_BYTES) {
                return false;
            }
            moveFrameTo(target);
        }
        return true;
    }

    private void moveFrameTo(ByteBuffer target) {
        var frame = target.position();
        target.position(frame + FRAME_HEAD_BYTES);
        var first = !begun;
        if (first) {
            begun = true;
            left = totalBytes();
            target.putLong(left);
        }
        fill(target);
        target.putInt(frame, target.position() - frame - Integer.BYTES);
        target.put(frame + Integer.BYTES, (first ? kind : FrameKind.PART).number());
    }

    private void fill(ByteBuffer target) {
        var start = target.position();
        while (target.hasRemaining() && left > target.position() - start) {
            if (partLength.hasRemaining()) {
                var count = Math.min(partLength.remaining(), target.remaining());
                target.put(target.position(), partLength, partLength.position(), count);
                target.position(target.position() + count);
                partLength.position(partLength.position() + count);
            } else if (cursor.moveTo(target) == 0) {
                var part = parts.get(nextPart++);
                cursor = part.cursor();
                partLength.clear().putLong(part.size()).flip();
            }
        }
        left -= target.position() - start;
    }

    private long totalBytes() {
        var total = Long.BYTES + head.size();
        for (var part : parts) {
            total += Long.BYTES + part.size();
        }
        return total;
    }
}
