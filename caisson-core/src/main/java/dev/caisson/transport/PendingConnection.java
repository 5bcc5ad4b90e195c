package dev.caisson.transport;

import dev.caisson.protocol.Hello;
import dev.caisson.protocol.ProtocolViolationException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// A connection that has not yet said whose it is. Endpoint's thread only.
final class PendingConnection {

    private final SocketChannel channel;
    private final long deadlineNanos;
    // Not one byte longer than the greeting, so that what follows it stays in the socket.
    private final ByteBuffer greeting = ByteBuffer.allocate(Hello.FRAME_BYTES);

    PendingConnection(SocketChannel channel, long deadlineNanos) {
        this.channel = channel;
        this.deadlineNanos = deadlineNanos;
    }

    SocketChannel channel() {
        return channel;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /// Reads what there is.
    ///
    /// @return the greeting, once it is complete
    /// @throws ProtocolViolationException if it is something else
    @Nullable Hello read() throws IOException {
        if (channel.read(greeting) < 0) {
            throw new EOFException("A connection ended before it had said whose it was");
        }
        return greeting.hasRemaining() ? null : Hello.decode(greeting.flip());
    }
}
