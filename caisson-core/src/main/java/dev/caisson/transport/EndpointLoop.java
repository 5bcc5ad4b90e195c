package dev.caisson.transport;

import dev.caisson.memory.Insistent;
import dev.caisson.memory.Pause;
import dev.caisson.memory.Remark;
import dev.caisson.protocol.Hello;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// The control thread of a pool: accepts workers' connections, hears their greetings, and listens on all control lines.
/// Nothing here waits for any one of them.
final class EndpointLoop implements Runnable {

    /// Who is told of a greeting. Called on this thread.
    interface Reception {
        /// A connection has said whose it is. Whoever doesn't want it closes it.
        void greeted(SocketPeer peer);
    }

    /// A connection and its greeting.
    record SocketPeer(SocketChannel channel, Hello hello) {}

    private static final System.Logger LOGGER = System.getLogger(EndpointLoop.class.getName());
    private static final long GREETING_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    /// Connections without a greeting that are kept besides two for each worker that is expected.
    private static final int SPARE_PENDING = 16;

    /// Connections that are accepted before others are heard again.
    private static final int ACCEPTED_AT_ONCE = 32;

    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long ACCEPT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final ServerSocketChannel server;
    private final PeerCheck peers;
    private final IntSupplier expected;
    private final Reception reception;
    private final Selector selector;
    private final List<PendingConnection> pending = new ArrayList<>();
    private final Queue<Runnable> posted = new ArrayDeque<>(); // guarded by itself
    private boolean ended; // guarded by posted
    /// Lines that are not heard for a moment, and until when, the first one first. Loop thread only.
    private final Queue<Resting> resting = new ArrayDeque<>();

    private record Resting(ControlLine line, long untilNanos) {}

    private final Runnable ending = this::end;
    private final Pause pause = new Pause();

    /// @param expected how many workers are still to connect
    EndpointLoop(ServerSocketChannel server, PeerCheck peers, IntSupplier expected, Reception reception)
            throws IOException {
        this.server = server;
        this.peers = peers;
        this.expected = expected;
        this.reception = reception;
        selector = Selector.open();
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    Selector selector() {
        return selector;
    }

    /// Hears a line again after a moment, in which the others have this thread and the processors: a worker that never
    /// stops talking waits for itself. Loop thread only.
    void rest(ControlLine line) {
        line.rest(true);
        resting.add(new Resting(line, System.nanoTime() + REST_NANOS));
    }

    private void hearRestedOnes() {
        for (var first = resting.peek(); first != null && System.nanoTime() - first.untilNanos() >= 0; ) {
            resting.remove();
            first.line().rest(false);
            first = resting.peek();
        }
    }

    /// Runs something on this loop's thread soon; or at once, here, if the loop has ended.
    void post(Runnable action) {
        synchronized (posted) {
            if (!ended) {
                posted.add(action);
                selector.wakeup();
                return;
            }
        }
        action.run();
    }

    @Override
    public void run() {
        try {
            while (server.isOpen()) {
                turn();
            }
        } catch (IOException | RuntimeException failure) {
            Remark.log(EndpointLoop.class, Level.ERROR, "The pool can't accept workers any more", failure);
        } finally {
            Insistent.run(ending);
        }
    }

    /// What could not be done for lack of memory is still there to be done in the next turn.
    private void turn() throws IOException {
        try {
            selector.select(millisToNextDeadline());
            Thread.interrupted();
            runPosted();
            for (var key : selector.selectedKeys()) {
                handle(key);
            }
            selector.selectedKeys().clear();
            dropLateOnes();
            hearRestedOnes();
            pause.reset();
        } catch (Error failure) {
            Remark.log(
                    EndpointLoop.class,
                    Level.WARNING,
                    "What comes from workers could not be seen to, and is tried again",
                    failure);
            pause.take();
        }
    }

    private void handle(SelectionKey key) {
        var attachment = key.attachment();
        try {
            if (attachment == null) {
                accept();
            } else if (attachment instanceof PendingConnection connection) {
                hear(connection, key);
            } else if (attachment instanceof WorkerChannel channel) {
                channel.controlIsReady();
            }
        } catch (IOException | RuntimeException | OutOfMemoryError failure) {
            Remark.log(EndpointLoop.class, Level.DEBUG, "A connection to the pool was dropped", failure);
            if (attachment == null) {
                LockSupport.parkNanos(ACCEPT_PAUSE_NANOS); // no descriptors left: it would fail again at once
            }
            if (attachment instanceof PendingConnection connection) {
                drop(connection);
            }
        }
    }

    private void accept() throws IOException {
        for (int count = 0; count < ACCEPTED_AT_ONCE; count++) {
            var channel = server.accept();
            if (channel == null) {
                return;
            }
            if (!peers.accepts(channel)) {
                LOGGER.log(Level.WARNING, "A process of another user tried to connect to the pool and was refused");
                close(channel);
                continue;
            }
            var connection = new PendingConnection(channel, System.nanoTime() + GREETING_LIMIT_NANOS);
            channel.configureBlocking(false);
            pending.add(connection);
            hear(connection, channel.register(selector, SelectionKey.OP_READ, connection));
            dropSurplus();
        }
    }

    /// A worker greets as soon as it has connected: of those that wait, the oldest has the least to say. Else a task
    /// that connects again and again would take all descriptors of this process.
    private void dropSurplus() {
        if (pending.size() > SPARE_PENDING + 2 * expected.getAsInt()) {
            var oldest = pending.getFirst();
            var key = oldest.channel().keyFor(selector);
            if (key != null) {
                hear(oldest, key); // its greeting may have come meanwhile
            }
            if (pending.contains(oldest)) {
                LOGGER.log(Level.DEBUG, "A connection to the pool was dropped: too many say nothing");
                drop(oldest);
            }
        }
    }

    private void hear(PendingConnection connection, SelectionKey key) {
        @Nullable Hello hello;
        try {
            hello = connection.read();
        } catch (IOException failure) {
            LOGGER.log(Level.DEBUG, "A connection to the pool was dropped", failure);
            drop(connection);
            return;
        }
        if (hello != null) {
            pending.remove(connection);
            if (hello.role() == Hello.Role.TASKS) {
                key.cancel(); // it gets a reader of its own
            } else {
                key.attach(this); // nobody's, until it is registered anew
                key.interestOps(0);
            }
            reception.greeted(new SocketPeer(connection.channel(), hello));
        }
    }

    private void dropLateOnes() {
        if (!pending.isEmpty()) {
            var now = System.nanoTime();
            for (var connection : List.copyOf(pending)) {
                if (now - connection.deadlineNanos() >= 0) {
                    drop(connection);
                }
            }
        }
    }

    private void drop(PendingConnection connection) {
        pending.remove(connection);
        close(connection.channel());
    }

    private long millisToNextDeadline() {
        var now = System.nanoTime();
        var nanos = pending.isEmpty() ? Long.MAX_VALUE : pending.getFirst().deadlineNanos() - now;
        var first = resting.peek();
        if (first != null) {
            nanos = Math.min(nanos, first.untilNanos() - now);
        }
        return nanos == Long.MAX_VALUE ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
    }

    private void runPosted() {
        while (true) {
            Runnable action;
            synchronized (posted) {
                action = posted.poll();
            }
            if (action == null) {
                return;
            }
            try {
                action.run();
            } catch (RuntimeException | Error failure) { // the others are not to suffer for it
                Remark.log(
                        EndpointLoop.class,
                        Level.ERROR,
                        "Something that a worker's connection needed was not done",
                        failure);
            }
        }
    }

    private void end() {
        for (var connection : List.copyOf(pending)) {
            drop(connection);
        }
        close(server);
        close(selector);
        synchronized (posted) {
            ended = true;
        }
        runPosted();
    }

    static void close(Closeable resource) {
        try {
            resource.close();
        } catch (IOException failure) {
            LOGGER.log(Level.DEBUG, "Closing failed", failure);
        }
    }
}
