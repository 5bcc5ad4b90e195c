package dev.caisson.worker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// Has the JVM load what its first Unix socket needs, while the main thread is busy with the board: a good part of a
/// worker's start (the JDK's class for these sockets makes a secure random generator, and that all security providers).
final class SocketWarmUp implements Runnable {

    private SocketWarmUp() {}

    static void start() {
        var thread = new Thread(new SocketWarmUp(), "caisson-start");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            SocketChannel.open(StandardProtocolFamily.UNIX).close();
            Selector.open().close();
        } catch (IOException failure) {
            // The main thread will meet it too, and knows what to say.
        }
    }
}
