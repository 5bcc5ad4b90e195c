package dev.caisson.protocol;

import java.nio.ByteBuffer;

/// What a worker lacks: a class, or a resource.
///
/// @param request the worker's number for this, which the answer bears
/// @param loader number of the parent's class loader to ask
/// @param index -1 for a class; for a resource, which one of that name, from 0
/// @param name binary name of the class, or path of the resource
public record ClassWanted(int request, long loader, int index, String name) {

    /// Stands for a class, in place of an index.
    public static final int CLASS = -1;

    /// Names are no longer than this: no file system has longer ones.
    public static final int MAX_NAME_BYTES = 8 * 1024;

    private static final int FIXED_BYTES = 2 * Integer.BYTES + Long.BYTES;

    /// Reads what a worker has written.
    ///
    /// @throws ProtocolViolationException if it makes no sense
    public static ClassWanted decode(ByteBuffer body) throws ProtocolViolationException {
        if (body.remaining() < FIXED_BYTES || body.remaining() > FIXED_BYTES + MAX_NAME_BYTES) {
            throw new ProtocolViolationException("It asked for a class in " + body.remaining() + " bytes");
        }
        var request = body.getInt();
        var loader = body.getLong();
        var index = body.getInt();
        if (index < CLASS) {
            throw new ProtocolViolationException("It asked for number " + index + " of the resources of one name");
        }
        return new ClassWanted(request, loader, index, ControlFrames.text(body));
    }

    /// Whether it is a class.
    public boolean isClass() {
        return index == CLASS;
    }
}
