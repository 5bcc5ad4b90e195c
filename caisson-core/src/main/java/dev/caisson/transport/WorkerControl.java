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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The parent's end of one worker's control connection. Speaking is thread-safe and never blocks; the rest belongs to
/// the pool's control thread.
final class WorkerControl {

    private static final System.Logger LOGGER = System.getLogger(WorkerControl.class.getName());
    private static final int MOST_CLASSES_WANTED = 256;
    /// More in one turn is no conversation.
    private static final int MUCH_BYTES = 4 * 1024;

    private static final int ABOUT_BYTES = Long.BYTES + Integer.BYTES;

    private final ChannelListener listener;
    private final Runnable alive;
    private final List<ByteBuffer> early = new ArrayList<>(); // guarded by this
    private @Nullable ControlLine line; // guarded by this
    private boolean silenced;
    private final AtomicInteger classesWanted = new AtomicInteger();
    private final AtomicInteger pingsOpen = new AtomicInteger();
    private final AtomicBoolean stacksWanted = new AtomicBoolean();

    /// Whether first stacks have come. A worker is asked once, before its end. Control thread only.
    private boolean stacksBegun;

    /// The last word on a task's progress. Control thread only.
    private @Nullable Progress progress;

    /// @param alive run for each answer, before the listener is told
    WorkerControl(ChannelListener listener, Runnable alive) {
        this.listener = listener;
        this.alive = alive;
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

    /// Asks for a sign of life.
    void ping() {
        pingsOpen.incrementAndGet();
        say(ControlFrames.plain(FrameKind.PING));
    }

    /// Asks for the stacks of an item's threads.
    void requestStacks(long task, int item) {
        stacksWanted.set(true);
        say(ControlFrames.dump(task, item));
    }

    /// Answers a worker that wants a class. Waits until the worker has read most of what was said before; the question
    /// counts as open until then.
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
        open.sayInTurn(frame);
        if (last) {
            classesWanted.decrementAndGet();
        }
    }

    /// Hears what there is, and goes on with what could not be said at once.
    ///
    /// @return the line, if the worker says so much that others should be heard first; else null
    /// @throws ProtocolViolationException if a rule was broken
    /// @throws IOException if the worker's end is closed
    @Nullable ControlLine proceed() throws IOException {
        ControlLine open;
        synchronized (this) {
            open = line;
        }
        if (open == null || silenced) {
            return null;
        }
        if (!open.listen()) {
            throw new EOFException("The worker has closed its control connection");
        }
        while (!silenced && open.frames().next()) {
            hear(open.frames().kind(), open.frames().body());
        }
        tellProgress();
        open.writeWaiting();
        return open.heardBytes() > MUCH_BYTES ? open : null;
    }

    /// Tells the listener nothing any more.
    void silence() {
        silenced = true;
    }

    private void hear(FrameKind kind, ByteBuffer body) throws ProtocolViolationException {
        switch (kind) {
            case PONG -> answered();
            case STACKS -> {
                if (stacksWanted.getAndSet(false)) {
                    listener.stacks(ControlFrames.text(body));
                }
            }
            case STACKS_SO_FAR -> {
                if (stacksWanted.get() && !stacksBegun) {
                    stacksBegun = true;
                    listener.stacksSoFar(ControlFrames.text(body));
                }
            }
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

    /// An answer that nobody has asked for says nothing.
    private void answered() {
        if (pingsOpen.get() > 0) {
            pingsOpen.decrementAndGet();
            alive.run();
            listener.answered();
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
        progress = new Progress(task, item, fraction, ControlFrames.text(body));
    }

    /// Of what was heard at once, the last word counts.
    private void tellProgress() {
        var last = progress;
        if (last != null) {
            progress = null;
            listener.progress(last.task(), last.item(), last.fraction(), last.note());
        }
    }

    private record Progress(long task, int item, double fraction, String note) {}
}
