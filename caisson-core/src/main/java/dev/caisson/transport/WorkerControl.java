package dev.caisson.transport;

import dev.caisson.protocol.ClassWanted;
import dev.caisson.protocol.ControlFrames;
import dev.caisson.protocol.FrameKind;
import dev.caisson.protocol.ProtocolViolationException;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The parent's end of one worker's control connection. Speaking is thread-safe and never blocks; the rest belongs to
/// the pool's control thread.
final class WorkerControl {

    private static final System.Logger LOGGER = System.getLogger(WorkerControl.class.getName());
    private static final int MOST_CLASSES_WANTED = 256;
    private static final int ABOUT_BYTES = Long.BYTES + Integer.BYTES;

    private final ChannelListener listener;
    private final List<ByteBuffer> early = new ArrayList<>(); // guarded by this
    private @Nullable ControlLine line; // guarded by this
    private boolean silenced;
    private final AtomicInteger classesWanted = new AtomicInteger();

    WorkerControl(ChannelListener listener) {
        this.listener = listener;
    }

    /// The worker is there: says what was to be said before.
    synchronized void open(SocketChannel channel, Selector selector, Object attachment) throws IOException {
        var opened = new ControlLine(channel);
        opened.register(selector, attachment);
        line = opened;
        for (var frame : early) {
            opened.say(frame);
        }
        early.clear();
    }

    /// Says something, now or when the worker is there. If it is gone, that shows elsewhere.
    synchronized void say(ByteBuffer frame) {
        if (line == null) {
            early.add(frame);
            return;
        }
        try {
            line.say(frame);
        } catch (IOException gone) {
            LOGGER.log(Level.DEBUG, "A worker could not be told something", gone);
        }
    }

    /// Answers a worker that wants a class. May wait until the worker has read what was said before.
    ///
    /// @param last whether this ends the answer
    /// @throws IOException if the worker is gone
    void answerClass(ByteBuffer frame, boolean last) throws IOException {
        ControlLine open;
        synchronized (this) {
            open = line;
        }
        if (open == null) {
            throw new ClosedChannelException();
        }
        if (last) {
            classesWanted.decrementAndGet();
        }
        open.sayInTurn(frame);
    }

    /// Hears what there is, and goes on with what could not be said at once.
    ///
    /// @throws ProtocolViolationException if a rule was broken
    /// @throws IOException if the worker's end is closed
    void proceed() throws IOException {
        ControlLine open;
        synchronized (this) {
            open = line;
        }
        if (open == null || silenced) {
            return;
        }
        if (!open.listen()) {
            throw new EOFException("The worker has closed its control connection");
        }
        while (!silenced && open.frames().next()) {
            hear(open.frames().kind(), open.frames().body());
        }
        open.writeWaiting();
    }

    /// Tells the listener nothing any more.
    void silence() {
        silenced = true;
    }

    private void hear(FrameKind kind, ByteBuffer body) throws ProtocolViolationException {
        switch (kind) {
            case PONG -> listener.answered();
            case STACKS -> listener.stacks(ControlFrames.text(body));
            case STACKS_SO_FAR -> listener.stacksSoFar(ControlFrames.text(body));
            case PROGRESS -> progressed(body);
            case CLASS_WANTED -> classWanted(body);
            case HELLO,
                    WELCOME,
                    ASSIGN,
                    PART,
                    READY,
                    START_FAILED,
                    BEGAN,
                    DISCARD,
                    RESULT,
                    INTERRUPT,
                    DUMP,
                    PING,
                    STOP,
                    CLASS_PART,
                    CLASS_END,
                    CLASS_MISSING ->
                throw new ProtocolViolationException("It sent a frame " + kind + " on the control connection");
        }
    }

    private void classWanted(ByteBuffer body) throws ProtocolViolationException {
        var wanted = ClassWanted.decode(body);
        if (classesWanted.incrementAndGet() > MOST_CLASSES_WANTED) {
            throw new ProtocolViolationException("It asked for more than " + MOST_CLASSES_WANTED + " classes at once");
        }
        listener.classWanted(wanted);
    }

    private void progressed(ByteBuffer body) throws ProtocolViolationException {
        if (body.remaining() < ABOUT_BYTES + Double.BYTES) {
            throw new ProtocolViolationException("It told progress in " + body.remaining() + " bytes");
        }
        var task = body.getLong();
        var item = body.getInt();
        var fraction = body.getDouble();
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new ProtocolViolationException("It told progress " + fraction + ", which is not between 0 and 1");
        }
        listener.progress(task, item, fraction, ControlFrames.text(body));
    }
}
