package dev.caisson.protocol;

import java.nio.ByteBuffer;

/// What a [FrameKind#RESULT] says before the bytes of the result.
///
/// @param task the task
/// @param item the item of it that has ended
/// @param succeeded whether a result follows, or a failure
/// @param beganNanos when it began, by `System.nanoTime`, which is one clock for all processes of a machine
/// @param endedNanos when it ended
public record ResultHead(long task, int item, boolean succeeded, long beganNanos, long endedNanos) {

    /// How many bytes it takes.
    public static final int BYTES = 3 * Long.BYTES + Integer.BYTES + 1;

    /// Writes it.
    public void writeTo(ByteBuffer out) {
        out.putLong(task)
                .putInt(item)
                .put((byte) (succeeded ? 1 : 0))
                .putLong(beganNanos)
                .putLong(endedNanos);
    }

    /// Reads it.
    ///
    /// @throws ProtocolViolationException if the body is too short
    public static ResultHead read(ByteBuffer body) throws ProtocolViolationException {
        if (body.remaining() < BYTES) {
            throw new ProtocolViolationException(
                    "A result came with a head of " + body.remaining() + " bytes instead of " + BYTES);
        }
        return new ResultHead(body.getLong(), body.getInt(), body.get() != 0, body.getLong(), body.getLong());
    }
}
