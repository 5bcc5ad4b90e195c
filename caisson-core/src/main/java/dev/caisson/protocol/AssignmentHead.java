package dev.caisson.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The first part of the message with an [Assignment]: all of it but what is to be run.
///
/// @param sequence where the task is on the board
/// @param task see [Assignment], like all others
/// @param chunk whether a function and items follow, or one callable
/// @param sameFunction whether the function is the one that came last, which the worker has kept: nothing stands in its
///     place
/// @param classes number of the parent's class loader that has its classes; 0 for the worker's own class path
public record AssignmentHead(
        int sequence,
        long task,
        long origin,
        int firstItem,
        int endItem,
        int attempt,
        long softLimitNanos,
        long hardLimitNanos,
        boolean tellWhenBegun,
        boolean marksOutput,
        boolean chunk,
        boolean sameFunction,
        long classes,
        @Nullable String label,
        @Nullable String correlationId) {

    private static final int FIXED_BYTES = 6 * Integer.BYTES + 5 * Long.BYTES + 4;

    static AssignmentHead of(Assignment assignment, int sequence, boolean sameFunction) {
        return new AssignmentHead(
                sequence,
                assignment.task(),
                assignment.origin(),
                assignment.firstItem(),
                assignment.endItem(),
                assignment.attempt(),
                assignment.softLimitNanos(),
                assignment.hardLimitNanos(),
                assignment.tellWhenBegun(),
                assignment.marksOutput(),
                assignment.work() instanceof Work.Chunk,
                sameFunction,
                assignment.work().classes(),
                assignment.label(),
                assignment.correlationId());
    }

    Encoded encode() {
        var labelBytes = label == null ? null : label.getBytes(UTF_8);
        var idBytes = correlationId == null ? null : correlationId.getBytes(UTF_8);
        var bytes = ByteBuffer.allocate(FIXED_BYTES
                        + (labelBytes == null ? 0 : labelBytes.length)
                        + (idBytes == null ? 0 : idBytes.length))
                .putInt(sequence)
                .putLong(task)
                .putLong(origin)
                .putInt(firstItem)
                .putInt(endItem)
                .putInt(attempt)
                .putLong(softLimitNanos)
                .putLong(hardLimitNanos)
                .put((byte) (tellWhenBegun ? 1 : 0))
                .put((byte) (marksOutput ? 1 : 0))
                .put((byte) (chunk ? 1 : 0))
                .put((byte) (sameFunction ? 1 : 0))
                .putLong(classes);
        putText(bytes, labelBytes);
        putText(bytes, idBytes);
        return Encoded.of(bytes.array());
    }

    /// Reads what the parent has written.
    ///
    /// @param bytes all of the part
    public static AssignmentHead decode(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        return new AssignmentHead(
                in.getInt(),
                in.getLong(),
                in.getLong(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getLong(),
                in.getLong(),
                in.get() != 0,
                in.get() != 0,
                in.get() != 0,
                in.get() != 0,
                in.getLong(),
                text(in),
                text(in));
    }

    private static void putText(ByteBuffer out, byte @Nullable [] text) {
        if (text == null) {
            out.putInt(-1);
        } else {
            out.putInt(text.length).put(text);
        }
    }

    private static @Nullable String text(ByteBuffer in) {
        var length = in.getInt();
        if (length < 0) {
            return null;
        }
        var text = new byte[length];
        in.get(text);
        return new String(text, UTF_8);
    }
}
