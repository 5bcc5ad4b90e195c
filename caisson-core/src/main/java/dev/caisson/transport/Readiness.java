package dev.caisson.transport;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// Lets one thread wait for a non-blocking channel.
///
/// A thread that is interrupted in a blocking read or write closes the channel, and tasks are interrupted; one that
/// waits here only returns early. The wait then goes on with the flag cleared, or it would spin, and sets it again
/// afterwards.
final class Readiness {

    private final Selector selector;
    private final SelectionKey key;

    /// Makes the channel non-blocking.
    Readiness(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, SelectionKey.OP_READ);
    }

    /// Waits until there is something to read, or somebody has called [#wakeUp()].
    void awaitReadable() throws IOException {
        await(SelectionKey.OP_READ);
    }

    /// Waits until something can be written, or somebody has called [#wakeUp()].
    void awaitWritable() throws IOException {
        await(SelectionKey.OP_WRITE);
    }

    /// Ends a wait, or the next one if there is none.
    void wakeUp() {
        selector.wakeup();
    }

    private void await(int operation) throws IOException {
        if (key.interestOps() != operation) {
            key.interestOps(operation);
        }
        var interrupted = Thread.interrupted();
        selector.select();
        selector.selectedKeys().clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
