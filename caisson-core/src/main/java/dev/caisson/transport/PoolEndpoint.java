package dev.caisson.transport;

import dev.caisson.protocol.Hello.Token;
import dev.caisson.protocol.WorkerSettings;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The place where the workers of one pool connect: a socket in the pool's folder. Thread-safe.
///
/// Each worker expected has a token, which it shows on both of its connections. Who shows none is dropped after five
/// seconds, or sooner if many wait.
public final class PoolEndpoint implements AutoCloseable {

    /// The name of the socket in the folder.
    static final String SOCKET_NAME = "pool.sock";

    private static final System.Logger LOGGER = System.getLogger(PoolEndpoint.class.getName());
    private static final int BACKLOG = 1024;
    private static final String BOARD_NAME = "worker.board";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final ServerSocketChannel server;
    private final EndpointLoop loop;
    private final ConcurrentHashMap<Token, WorkerChannel> expected = new ConcurrentHashMap<>();
    private final Set<WorkerChannel> open = ConcurrentHashMap.newKeySet();

    /// What follows when the last worker has left; null as long as others may come.
    private final AtomicReference<@Nullable Runnable> afterLast = new AtomicReference<>();

    private PoolEndpoint(Path folder, ServerSocketChannel server) throws IOException {
        this.folder = folder;
        this.server = server;
        this.loop =
                new EndpointLoop(server, PeerCheck.ownerOf(folder.resolve(SOCKET_NAME)), expected::size, this::greeted);
    }

    /// Opens the socket.
    ///
    /// @param folder one that only this user can enter
    /// @param poolName for names of threads
    /// @throws IOException if the socket can't be made there
    public static PoolEndpoint open(Path folder, String poolName) throws IOException {
        CompiledClaim.load();
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(folder.resolve(SOCKET_NAME)), BACKLOG);
            var endpoint = new PoolEndpoint(folder, server);
            var thread = new Thread(null, endpoint.loop, "caisson-" + poolName + "-control", 0, false);
            thread.setDaemon(true);
            thread.start();
            return endpoint;
        } catch (IOException | RuntimeException | OutOfMemoryError failure) {
            server.close();
            Files.deleteIfExists(folder.resolve(SOCKET_NAME)); // or it would be in the way of another try
            throw failure;
        }
    }

    /// Whether its socket can still be found.
    public boolean isThere() {
        return folder.resolve(SOCKET_NAME).toFile().exists();
    }

    /// Prepares for one worker: makes its board, and takes its two connections when they come.
    ///
    /// @param place the worker's own folder
    /// @throws IOException if the board can't be made, for lack of space for example
    public WorkerChannel expect(Path place, WorkerSettings settings, ChannelListener listener) throws IOException {
        var token = new Token(RANDOM.nextLong(), RANDOM.nextLong() | 1); // never that of nobody
        linkSocket(place);
        var board = Board.create(place.resolve(BOARD_NAME));
        var channel = new WorkerChannel(this, loop, board, token, settings, listener);
        open.add(channel);
        expected.put(token, channel);
        return channel;
    }

    /// Lets a worker that sees nothing but its own folder find the socket. Where there are no such links, it looks for
    /// it in the folder above.
    private void linkSocket(Path place) {
        try {
            Files.createLink(place.resolve(SOCKET_NAME), folder.resolve(SOCKET_NAME));
        } catch (IOException | UnsupportedOperationException failure) {
            LOGGER.log(Level.DEBUG, "The socket can't be linked into a worker's folder", failure);
        }
    }

    /// Takes no further workers, and closes when those that it has are gone, or now if there are none.
    ///
    /// @param afterwards is run once it is closed
    public void closeAfterLast(Runnable afterwards) {
        afterLast.set(afterwards);
        closeIfUnused();
    }

    private void closeIfUnused() {
        var afterwards = afterLast.get();
        if (afterwards != null && open.isEmpty() && afterLast.compareAndSet(afterwards, null)) {
            close();
            afterwards.run();
        }
    }

    /// Closes all channels and the socket, and deletes what was made in the folder. Idempotent.
    @Override
    public void close() {
        for (var channel : List.copyOf(open)) {
            channel.close();
        }
        EndpointLoop.close(server);
        loop.selector().wakeup();
        try {
            Files.deleteIfExists(folder.resolve(SOCKET_NAME));
        } catch (IOException failure) {
            LOGGER.log(Level.DEBUG, "The socket could not be deleted", failure);
        }
    }

    /// A channel is closed.
    void forget(WorkerChannel channel) {
        open.remove(channel);
        expected.values().remove(channel);
        closeIfUnused();
    }

    private void greeted(EndpointLoop.SocketPeer peer) {
        var channel = expected.get(peer.hello().token());
        if (channel == null) {
            LOGGER.log(Level.DEBUG, "A process that was not expected, or not any more, tried to connect");
            EndpointLoop.close(peer.channel());
            return;
        }
        try {
            if (channel.attach(peer)) {
                expected.remove(peer.hello().token());
            }
        } catch (IOException failure) {
            LOGGER.log(Level.DEBUG, "A worker's connection was refused", failure);
            EndpointLoop.close(peer.channel());
        }
    }
}
