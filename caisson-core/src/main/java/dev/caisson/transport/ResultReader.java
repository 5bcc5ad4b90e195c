package dev.caisson.transport;

import dev.caisson.memory.Insistent;
import dev.caisson.memory.Remark;
import dev.caisson.memory.Scarcity;
import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.FaultPoint;
import dev.caisson.protocol.FrameDecoder;
import dev.caisson.protocol.ProtocolViolationException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Reads what one worker sends about its tasks, on a thread of its own, which never writes.
///
/// Socket and outbox carry the same bytes. When the worker is dead and the socket has given all it had, the reader goes
/// on in the outbox where the socket stopped, be it in the middle of a frame. When something foreign came from the
/// socket, it goes on there after the last frame that was in order, so that no result is lost that was there before.
final class ResultReader implements Runnable {

    private static final System.Logger LOGGER = System.getLogger(ResultReader.class.getName());
    private static final long DRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long EXIT_AFTER_END_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final String NO_MEMORY = "Reading what it sent failed here, since this process was out of memory in"
            + " that moment. Raise -Xmx of this process, or hold fewer results at a time";

    /// A read that brought this much is followed by another at once.
    private static final int FULL_READ_BYTES = FrameDecoder.PREFERRED_FRAME_BYTES / 2;

    private final SocketChannel channel;
    private final GuardedBoard board;
    private final ResultStream stream;
    private final WorkerChannel owner;
    private final Thread thread;
    private final Selector selector;
    private final Runnable closing;
    private FrameDecoder frames = new FrameDecoder();

    /// How many bytes of the worker's stream have come. Reader thread only.
    private long received;

    private volatile boolean closed;
    private volatile boolean exited;
    private volatile boolean draining;
    private volatile long drainUntilNanos;
    private volatile @Nullable String controlViolation;

    ResultReader(String threadName, SocketChannel channel, GuardedBoard board, ResultStream stream, WorkerChannel owner)
            throws IOException {
        this.channel = channel;
        this.board = board;
        this.stream = stream;
        this.owner = owner;
        selector = Selector.open();
        closing = () -> EndpointLoop.close(selector);
        channel.register(selector, SelectionKey.OP_READ);
        thread = new Thread(null, this, threadName, 0, false);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /// The worker's process has exited: what it has sent is all there will be.
    void processExited() {
        exited = true;
        drain();
    }

    /// The control connection has ended, which usually means that the process exits.
    ///
    /// @param violation the rule it broke, if it did
    void controlEnded(@Nullable String violation) {
        controlViolation = violation;
        closed |= violation != null;
        drain();
    }

    private void drain() {
        drainUntilNanos = System.nanoTime() + DRAIN_NANOS;
        draining = true;
        selector.wakeup();
        LockSupport.unpark(thread);
    }

    /// Nobody wants to hear more.
    void close() {
        closed = true;
        selector.wakeup();
        LockSupport.unpark(thread);
    }

    /// Whatever happens, its end is told: the worker's departure waits for that.
    @Override
    public void run() {
        @Nullable String violation = NO_MEMORY;
        try {
            violation = readToEnd();
        } finally {
            Insistent.run(closing);
            owner.readerEnded(violation);
        }
    }

    private @Nullable String readToEnd() {
        try {
            return read();
        } catch (ProtocolViolationException broken) {
            return broken.getMessage();
        } catch (Throwable failure) {
            Remark.log(ResultReader.class, Level.ERROR, "A reader of a worker's results failed", failure);
            return failureText(failure);
        }
    }

    private static String failureText(Throwable failure) {
        try {
            return Scarcity.isCauseOf(failure) ? NO_MEMORY : "Reading what it sent failed here: " + failure;
        } catch (Throwable wordless) {
            return NO_MEMORY;
        }
    }

    private @Nullable String read() throws ProtocolViolationException {
        try {
            readSocket();
        } catch (ProtocolViolationException broken) {
            salvage();
            throw broken;
        }
        awaitExit();
        if (closed && controlViolation == null) {
            return null;
        }
        var all = readOutbox();
        if (controlViolation != null) {
            return controlViolation;
        }
        if (all && exited) {
            stream.heardAll();
        }
        return exited
                ? null
                : "It closed its connection but lives on. Code in the worker may have closed what it didn't open.";
    }

    /// What the socket brings can't be trusted any more; what the worker published before can.
    private void salvage() {
        received -= frames.rest();
        frames = new FrameDecoder();
        try {
            var ignored = readOutbox();
        } catch (ProtocolViolationException itself) {
            LOGGER.log(Level.DEBUG, "The outbox breaks the rules as well", itself);
        }
    }

    private void readSocket() throws ProtocolViolationException {
        try {
            while (!closed) {
                var count = frames.fill(channel);
                if (count < 0) {
                    return;
                }
                if (count > 0) {
                    received += count;
                    FaultPoint.RECEIVED.reached();
                    stream.deliver(frames);
                    checkPublished();
                }
                if (count < FULL_READ_BYTES && !awaitReadable()) {
                    return;
                }
            }
        } catch (ProtocolViolationException broken) {
            throw broken;
        } catch (IOException | ClosedSelectorException gone) {
            LOGGER.log(Level.DEBUG, "The connection to a worker has failed", gone);
        }
    }

    /// Without this, a foreign length could make it wait for the rest of a frame for ever.
    private void checkPublished() throws ProtocolViolationException {
        var foreign = received - board.look(BoardLayout.PUBLISHED_OFFSET);
        if (foreign > 0 && !board.isLost()) {
            throw new ProtocolViolationException(
                    "It sent " + foreign
                            + " bytes more than it had to say. Most likely something other than Caisson wrote to the connection");
        }
    }

    /// @return whether waiting for more makes sense
    private boolean awaitReadable() throws IOException {
        if (!draining) {
            selector.select();
        } else {
            var millis = TimeUnit.NANOSECONDS.toMillis(drainUntilNanos - System.nanoTime());
            if (millis <= 0) {
                return false;
            }
            selector.select(millis);
        }
        Thread.interrupted(); // or it would spin
        selector.selectedKeys().clear();
        return true;
    }

    private void awaitExit() {
        var deadline = System.nanoTime() + EXIT_AFTER_END_NANOS;
        for (var left = EXIT_AFTER_END_NANOS; left > 0 && !exited && !closed; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
            Thread.interrupted();
        }
    }

    /// @return whether nothing is left that the worker had published
    private boolean readOutbox() throws ProtocolViolationException {
        var published = board.look(BoardLayout.PUBLISHED_OFFSET);
        if (published < received || published - received > BoardLayout.OUTBOX_BYTES) {
            LOGGER.log(
                    Level.DEBUG,
                    "The outbox of a worker makes no sense: " + published + " bytes published, " + received
                            + " received");
            return false;
        }
        while (received < published) {
            var count = board.readOutbox(frames, received, published);
            if (count == 0) {
                return false; // the board was lost just now
            }
            received += count;
            stream.deliver(frames);
        }
        return !board.isLost();
    }
}
