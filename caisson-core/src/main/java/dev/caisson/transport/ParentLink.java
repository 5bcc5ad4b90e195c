package dev.caisson.transport;

import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.Hello;
import dev.caisson.protocol.Hello.Role;
import dev.caisson.protocol.Hello.Token;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// A worker's connections to its parent, and its board.
public final class ParentLink {

    private final Board board;
    private final Readiness readiness;
    private final MessageInput input;
    private final Outbox outbox;
    private final ControlLine control;

    private ParentLink(Board board, SocketChannel tasks, SocketChannel control) throws IOException {
        this.board = board;
        this.readiness = new Readiness(tasks);
        this.input = new MessageInput(tasks, readiness);
        this.outbox = new Outbox(board, tasks, readiness);
        control.configureBlocking(false);
        this.control = new ControlLine(control);
    }

    /// Connects to the parent whose socket lies beside a board.
    ///
    /// @param token by which the parent knows this worker
    /// @throws IOException if the parent is gone
    public static ParentLink connect(Board board, Token token, long pid) throws IOException {
        var address = UnixDomainSocketAddress.of(socketBeside(board.path()));
        board.put(BoardLayout.PID_OFFSET, pid);
        var tasks = connect(address, new Hello(Role.TASKS, pid, token));
        var control = connect(address, new Hello(Role.CONTROL, pid, token));
        return new ParentLink(board, tasks, control);
    }

    private static SocketChannel connect(UnixDomainSocketAddress address, Hello hello) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(address);
        channel.write(hello.frame());
        return channel;
    }

    /// Whether somebody listens where the parent of a board did. In a dying process the kernel closes that socket
    /// first.
    public static boolean parentLives(Path board) {
        if (!socketBeside(board).toFile().exists()) {
            return false;
        }
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.configureBlocking(false); // or it would wait for a parent that is stopped
            return channel.connect(UnixDomainSocketAddress.of(socketBeside(board)));
        } catch (ConnectException refused) {
            return false;
        } catch (IOException unknown) {
            return true;
        }
    }

    /// Where the socket is: a link to it in the worker's folder, or itself in the pool's.
    static Path socketBeside(Path board) {
        var folder = board.toAbsolutePath().getParent();
        var link = board.resolveSibling(PoolEndpoint.SOCKET_NAME);
        return folder == null || link.toFile().exists() ? link : folder.resolveSibling(PoolEndpoint.SOCKET_NAME);
    }

    /// The shared memory.
    public Board board() {
        return board;
    }

    /// What the parent sends, for the task thread.
    public MessageInput input() {
        return input;
    }

    /// What the parent gets.
    public Outbox outbox() {
        return outbox;
    }

    /// The second connection.
    public ControlLine control() {
        return control;
    }

    /// Ends a wait of the task thread in [MessageInput#await()].
    public void wakeUp() {
        readiness.wakeUp();
    }
}
