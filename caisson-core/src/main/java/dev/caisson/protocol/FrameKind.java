package dev.caisson.protocol;

/// What can be said. A frame is `[int length][byte kind][body]`, where the length counts kind and body.
///
/// The number of a kind is its place here; both sides are always of one version, which the handshake makes sure of.
public enum FrameKind {
    /// Worker, first on each connection: a [Hello].
    HELLO,
    /// Parent, first on the tasks connection: a message with [WorkerSettings].
    WELCOME,
    /// Parent: a message with an [Assignment]. Body: `long` length of the message, and its first bytes.
    ASSIGN,
    /// Either: more bytes of the message or result that is being sent.
    PART,
    /// Worker: the initializer is done.
    READY,
    /// Worker: the initializer failed. Body: the last bytes of the failure.
    START_FAILED,
    /// Worker: an item has begun. Body: task, item, when.
    BEGAN,
    /// Worker: forget the parts sent so far; a different result follows.
    DISCARD,
    /// Worker: an item has ended. Body: task, item, whether it succeeded, began, ended, the last bytes of the result.
    RESULT,
    /// Parent, on control like all below: interrupt. Body: task, item, attempt.
    INTERRUPT,
    /// Parent: tell the stacks. Body: task, item.
    DUMP,
    /// Parent: answer this.
    PING,
    /// Parent: leave after the task you have begun.
    STOP,
    /// Worker: the answer to a ping.
    PONG,
    /// Worker: the answer to DUMP. Body: text.
    STACKS,
    /// Worker: the stacks, before it looks for a deadlock, which takes longer; STACKS follow. Body: text.
    STACKS_SO_FAR,
    /// Worker: how far a task is. Body: task, item, `double` fraction, note.
    PROGRESS,
    /// Worker: send a class or a resource that its class path lacks. Body: a [ClassWanted].
    CLASS_WANTED,
    /// Parent: bytes of it. Body: request, bytes.
    CLASS_PART,
    /// Parent: that was all of it. Body: request, number of the class loader that defines it.
    CLASS_END,
    /// Parent: there will be none. Body: request, a byte with the number of a [ClassRefusal], text.
    CLASS_MISSING;

    private static final FrameKind[] KINDS = values();

    /// The kind with a number.
    ///
    /// @throws ProtocolViolationException if there is none
    static FrameKind of(byte number) throws ProtocolViolationException {
        if (number < 0 || number >= KINDS.length) {
            throw new ProtocolViolationException("A frame of unknown kind " + number
                    + " came. Most likely something other" + " than Caisson wrote to the connection");
        }
        return KINDS[number];
    }

    /// The number of this kind on the wire.
    public byte number() {
        return (byte) ordinal();
    }
}
