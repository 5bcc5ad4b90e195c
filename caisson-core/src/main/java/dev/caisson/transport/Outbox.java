package dev.caisson.transport;

import dev.caisson.protocol.BoardLayout;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/// What a worker tells its parent, kept safe in the ring on its board until the socket has taken it.
///
/// Ring and socket carry the same stream of bytes. One store publishes a frame: from then on the parent gets it, even
/// if the worker dies at once. So sending can wait until there is more, and no system call is needed for each result.
///
/// Frames are appended by the task thread only. Any thread may flush; nobody blocks in that.
public final class Outbox {

    private final Board board;
    private final SocketChannel channel;
    private final Readiness readiness;

    /// Bytes appended; written by the task thread.
    private volatile long published;
    /// Bytes the kernel has taken; written by whoever holds this object's monitor.
    private volatile long sent;

    Outbox(Board board, SocketChannel channel, Readiness readiness) {
        this.board = board;
        this.channel = channel;
        this.readiness = readiness;
    }

    /// Publishes whole frames. Waits only when the parent is so far behind that there is no room in the ring.
    ///
    /// @param length at most the ring's
    /// @throws IOException if the parent is gone
    public void append(byte[] source, int start, int length) throws IOException {
        var end = published + length;
        while (end - sent > BoardLayout.OUTBOX_BYTES) {
            if (!flush()) {
                readiness.awaitWritable();
            }
        }
        board.putOutbox(published, source, start, length);
        board.publish(BoardLayout.PUBLISHED_OFFSET, end);
        published = end;
    }

    /// Gives the kernel as much as it takes.
    ///
    /// @return whether nothing is left
    /// @throws IOException if the parent is gone
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // only under the monitor
    public synchronized boolean flush() throws IOException {
        var end = published;
        while (sent < end) {
            var piece = board.outbox(sent, end);
            if (channel.write(piece) == 0) {
                return false;
            }
            sent += piece.position();
        }
        return true;
    }

    /// Waits until the kernel has taken everything. Task thread only.
    ///
    /// @throws IOException if the parent is gone
    public void flushAll() throws IOException {
        while (!flush()) {
            readiness.awaitWritable();
        }
    }

    /// Tells whether the kernel hasn't taken everything yet.
    public boolean hasUnsent() {
        return sent < published;
    }
}
