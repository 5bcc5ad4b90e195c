package dev.caisson.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/// The frames of the control connection, ready to be written.
public final class ControlFrames {

    /// Texts are cut to this many bytes.
    public static final int MAX_TEXT_BYTES = 32 * 1024;

    private ControlFrames() {}

    /// A frame without a body: [FrameKind#PING], [FrameKind#PONG], [FrameKind#STOP].
    public static ByteBuffer plain(FrameKind kind) {
        return frame(kind, 0).flip();
    }

    /// Interrupts an item, if it runs in that attempt.
    public static ByteBuffer interrupt(long task, int item, int attempt) {
        return frame(FrameKind.INTERRUPT, Long.BYTES + 2 * Integer.BYTES)
                .putLong(task)
                .putInt(item)
                .putInt(attempt)
                .flip();
    }

    /// Asks for the stacks of an item.
    public static ByteBuffer dump(long task, int item) {
        return frame(FrameKind.DUMP, Long.BYTES + Integer.BYTES)
                .putLong(task)
                .putInt(item)
                .flip();
    }

    /// The answer to [FrameKind#DUMP].
    public static ByteBuffer stacks(String text) {
        return stacks(FrameKind.STACKS, text);
    }

    /// A first answer to [FrameKind#DUMP].
    public static ByteBuffer stacksSoFar(String text) {
        return stacks(FrameKind.STACKS_SO_FAR, text);
    }

    private static ByteBuffer stacks(FrameKind kind, String text) {
        var bytes = text.getBytes(UTF_8);
        var length = Math.min(bytes.length, MAX_TEXT_BYTES);
        return frame(kind, length).put(bytes, 0, length).flip();
    }

    /// How far a task is.
    public static ByteBuffer progress(long task, int item, double fraction, String note) {
        var bytes = note.getBytes(UTF_8);
        var length = Math.min(bytes.length, MAX_TEXT_BYTES);
        return frame(FrameKind.PROGRESS, 2 * Long.BYTES + Integer.BYTES + length)
                .putLong(task)
                .putInt(item)
                .putDouble(fraction)
                .put(bytes, 0, length)
                .flip();
    }

    /// A worker wants a class or a resource.
    public static ByteBuffer classWanted(ClassWanted wanted) {
        var name = wanted.name().getBytes(UTF_8);
        return frame(FrameKind.CLASS_WANTED, 2 * Integer.BYTES + Long.BYTES + name.length)
                .putInt(wanted.request())
                .putLong(wanted.loader())
                .putInt(wanted.index())
                .put(name)
                .flip();
    }

    /// A piece of what a worker wanted.
    ///
    /// @param bytes holds it at its beginning
    public static ByteBuffer classPart(int request, byte[] bytes, int length) {
        return frame(FrameKind.CLASS_PART, Integer.BYTES + length)
                .putInt(request)
                .put(bytes, 0, length)
                .flip();
    }

    /// A worker has got all of what it wanted.
    public static ByteBuffer classEnd(int request, long definer) {
        return frame(FrameKind.CLASS_END, Integer.BYTES + Long.BYTES)
                .putInt(request)
                .putLong(definer)
                .flip();
    }

    /// A worker does not get what it wanted.
    public static ByteBuffer classMissing(int request, ClassRefusal reason, String text) {
        var bytes = text.getBytes(UTF_8);
        var length = Math.min(bytes.length, MAX_TEXT_BYTES);
        return frame(FrameKind.CLASS_MISSING, Integer.BYTES + 1 + length)
                .putInt(request)
                .put((byte) reason.ordinal())
                .put(bytes, 0, length)
                .flip();
    }

    /// What is left of a body, as text. A character that was cut is replaced.
    public static String text(ByteBuffer body) {
        var bytes = new byte[body.remaining()];
        body.get(bytes);
        return new String(bytes, UTF_8);
    }

    private static ByteBuffer frame(FrameKind kind, int bodyBytes) {
        return ByteBuffer.allocate(Integer.BYTES + 1 + bodyBytes)
                .putInt(1 + bodyBytes)
                .put(kind.number());
    }
}
