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

/// The place where the workers of one pool connect: a socket in the pool's folder. Thread-safe.
///
/// Each worker expected gets a board with a token, which it shows on both of its connections. Who shows none is dropped
/// after five seconds.
public final class PoolEndpoint implements AutoCloseable {

    /// The name of the socket in the folder.
    static final String SOCKET_NAME = "pool.sock";

    private static final System.Logger LOGGER = System.getLogger(PoolEndpoint.class.getName());
    private static final int BACKLOG = 1024;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final ServerSocketChannel server;
    private final EndpointLoop loop;
    private final ConcurrentHashMap<Token, WorkerChannel> expected = new ConcurrentHashMap<>();
    private final Set<WorkerChannel> open = ConcurrentHashMap.newKeySet();

    private PoolEndpoint(Path folder, ServerSocketChannel server) throws IOException {
        this.folder = folder;
        this.server = server;
        this.loop = new EndpointLoop(server, PeerCheck.ownerOf(folder.resolve(SOCKET_NAME)), this::greeted);
    }

    /// Opens the socket.
    ///
    /// @param folder one that only this user can enter
    /// @param poolName for names of threads
    /// @throws IOException if the socket can't be made there
    public static PoolEndpoint open(Path folder, String poolName) throws IOException {
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
    /// @throws IOException if the board can't be made, for lack of space for example
    public WorkerChannel expect(int slot, int generation, WorkerSettings settings, ChannelListener listener)
            throws IOException {
        var token = new Token(RANDOM.nextLong(), RANDOM.nextLong());
        var board = Board.create(folder.resolve("worker-" + slot + "-" + generation + ".board"), token);
        var channel = new WorkerChannel(this, loop, board, settings, listener);
        open.add(channel);
        expected.put(token, channel);
        return channel;
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
