package dev.caisson.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// What a worker says first on each of its two connections.
///
/// @param role which of the two this is
/// @param pid its process id
/// @param token the secret that it was sent, by which the parent knows which worker it is
public record Hello(Role role, long pid, Token token) {

    /// Which connection this is.
    public enum Role {
        /// Tasks and results.
        TASKS,
        /// Pings, interrupts, stacks, and the parent's end.
        CONTROL
    }

    /// The secret of one worker.
    ///
    /// @param high its first half
    /// @param low its second half
    public record Token(long high, long low) {

        /// Length of its bytes.
        public static final int BYTES = 2 * Long.BYTES;

        /// Nobody's.
        public static final Token NONE = new Token(0, 0);

        /// What a worker is sent on its standard input.
        public byte[] bytes() {
            return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
        }

        /// Reads what a worker was sent.
        ///
        /// @param bytes [#BYTES] of them
        public static Token of(byte[] bytes) {
            var in = ByteBuffer.wrap(bytes);
            return new Token(in.getLong(), in.getLong());
        }
    }

    /// Changes with everything that is said differently.
    static final short VERSION = 1;

    private static final int MAGIC = 0x43535348;
    private static final int BODY_BYTES = Integer.BYTES + Short.BYTES + 1 + 3 * Long.BYTES;

    /// Length of its frame.
    public static final int FRAME_BYTES = Integer.BYTES + 1 + BODY_BYTES;

    /// The frame that says this.
    public ByteBuffer frame() {
        return ByteBuffer.allocate(FRAME_BYTES)
                .putInt(1 + BODY_BYTES)
                .put(FrameKind.HELLO.number())
                .putInt(MAGIC)
                .putShort(VERSION)
                .put((byte) role.ordinal())
                .putLong(pid)
                .putLong(token.high())
                .putLong(token.low())
                .flip();
    }

    /// Reads a frame.
    ///
    /// @param frame the frame, from its length field on
    /// @throws ProtocolViolationException if it says something else
    public static Hello decode(ByteBuffer frame) throws ProtocolViolationException {
        if (frame.remaining() != FRAME_BYTES
                || frame.getInt() != 1 + BODY_BYTES
                || frame.get() != FrameKind.HELLO.number()
                || frame.getInt() != MAGIC) {
            throw new ProtocolViolationException(
                    "A connection began with something other than a worker's greeting. Only workers may connect here");
        }
        var version = frame.getShort();
        if (version != VERSION) {
            throw new ProtocolViolationException(
                    "A worker speaks version " + version + " of the protocol, and this pool " + VERSION
                            + ". Its class path has a different Caisson: put the same one on both");
        }
        var roles = Role.values();
        var role = frame.get();
        if (role < 0 || role >= roles.length) {
            throw new ProtocolViolationException(
                    "A worker opened a connection of unknown role " + role + "; there are " + Arrays.toString(roles));
        }
        return new Hello(roles[role], frame.getLong(), new Token(frame.getLong(), frame.getLong()));
    }
}
