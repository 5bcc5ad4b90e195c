package dev.caisson.transport;

import dev.caisson.protocol.FrameDecoder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// One end of a control connection. Speaking never blocks: what the kernel doesn't take waits here until the selector's
/// thread finds that it does. Speaking is thread-safe; listening is for the selector's thread alone.
public final class ControlLine {

    private static final int MAX_WAITING_BYTES = 256 * 1024;
    private static final int PATIENT_BYTES = MAX_WAITING_BYTES / 4;
    private static final long LOOK_AGAIN_MILLIS = 100;
    private static final int WRITABLE = SelectionKey.OP_READ | SelectionKey.OP_WRITE;

    private final SocketChannel channel;
    private final FrameDecoder frames = new FrameDecoder();
    private final Queue<ByteBuffer> waiting = new ArrayDeque<>(); // guarded by this
    private int waitingBytes; // guarded by this
    private @Nullable SelectionKey key; // guarded by this
    private int operations = SelectionKey.OP_READ; // guarded by this
    private boolean resting; // guarded by this
    private int heardBytes;

    ControlLine(SocketChannel channel) {
        this.channel = channel;
    }

    /// Lets a selector watch this line.
    ///
    /// @param attachment what its key carries
    public synchronized void register(Selector selector, @Nullable Object attachment) throws IOException {
        key = channel.register(selector, SelectionKey.OP_READ, attachment);
    }

    /// Says something, now or as soon as the other end listens. If it hasn't listened for long, nothing is said: the
    /// other end is stopped or gone, and whoever waits for an answer will find out.
    ///
    /// @throws IOException if the other end is gone
    public synchronized void say(ByteBuffer frame) throws IOException {
        if (waitingBytes > MAX_WAITING_BYTES) {
            return;
        }
        waitingBytes += frame.remaining();
        waiting.add(frame);
        writeWaiting();
    }

    /// Says something when what was said before has mostly left. Waits for that: only for threads that may.
    ///
    /// @throws IOException if the other end is gone
    public synchronized void sayInTurn(ByteBuffer frame) throws IOException {
        try {
            while (waitingBytes > PATIENT_BYTES) {
                wait(LOOK_AGAIN_MILLIS);
                if (!channel.isOpen()) {
                    throw new ClosedChannelException();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for the other end to listen");
        }
        say(frame);
    }

    /// Goes on with what is waiting.
    ///
    /// @throws IOException if the other end is gone
    public synchronized void writeWaiting() throws IOException {
        for (var frame = waiting.peek(); frame != null; frame = waiting.peek()) {
            waitingBytes -= channel.write(frame);
            if (frame.hasRemaining()) {
                watch(WRITABLE);
                return;
            }
            waiting.remove();
        }
        watch(SelectionKey.OP_READ);
        notifyAll();
    }

    /// Reads once.
    ///
    /// @return whether the other end is still there
    public boolean listen() throws IOException {
        heardBytes = frames.fill(channel);
        return heardBytes >= 0;
    }

    /// How many bytes were heard last.
    int heardBytes() {
        return heardBytes;
    }

    /// Hears nothing for a while: what the other end says waits at its own side.
    ///
    /// @param on whether the rest begins, or ends
    synchronized void rest(boolean on) {
        resting = on;
        watch(operations);
    }

    /// What was heard.
    public FrameDecoder frames() {
        return frames;
    }

    private void watch(int wanted) {
        operations = wanted;
        int now = resting ? wanted & ~SelectionKey.OP_READ : wanted;
        if (key != null && key.isValid() && key.interestOps() != now) {
            key.interestOps(now);
            key.selector().wakeup();
        }
    }
}
