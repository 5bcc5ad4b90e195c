package dev.caisson.transport;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The thread that goes on writing to a worker when the kernel takes no more at once. Started when first needed, it
/// ends when it was not needed for a while.
final class BlockedWriter implements Runnable {

    private static final long KEEP_SECONDS = 5;

    private final OutboundQueue queue;
    private final SocketChannel channel;
    private final String threadName;
    private final Semaphore handedOver = new Semaphore(0);
    private boolean running; // guarded by this
    private @Nullable Selector selector; // guarded by this
    private volatile boolean closed;

    BlockedWriter(OutboundQueue queue, SocketChannel channel, String threadName) {
        this.queue = queue;
        this.channel = channel;
        this.threadName = threadName;
    }

    /// Takes the write permit from the calling thread.
    synchronized void takeOver() {
        handedOver.release();
        if (!running && !closed) {
            var thread = new Thread(null, this, threadName, 0, false);
            thread.setDaemon(true);
            thread.start();
            running = true;
        }
    }

    @Override
    public void run() {
        do {
            try {
                while (!closed && handedOver.tryAcquire(KEEP_SECONDS, TimeUnit.SECONDS)) {
                    writeAll();
                    queue.flush();
                }
            } catch (InterruptedException stray) {
                // Nobody has a reason to interrupt this thread; the permit may be ours, so go on.
            }
        } while (!mayEnd());
    }

    private synchronized boolean mayEnd() {
        running = !closed && handedOver.availablePermits() > 0;
        return !running;
    }

    private void writeAll() {
        try {
            var writable = open();
            while (!queue.write()) {
                writable.select();
                Thread.interrupted(); // or it would spin
                writable.selectedKeys().clear();
            }
        } catch (IOException | RuntimeException | Error failure) {
            queue.breakDown();
        }
        queue.releasePermit();
    }

    private synchronized Selector open() throws IOException {
        if (closed) {
            throw new ClosedSelectorException();
        }
        if (selector == null) {
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_WRITE);
        }
        return selector;
    }

    /// Ends the thread.
    synchronized void close() {
        closed = true;
        handedOver.release();
        if (selector != null) {
            try {
                selector.close();
            } catch (IOException nothingLeftToDo) {
                // It holds no data.
            }
        }
    }
}
