package dev.caisson.worker;

import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.FaultPoint;
import dev.caisson.transport.Board;
import dev.caisson.transport.ParentLink;
import java.io.IOException;
import java.nio.file.Path;

/// The main class of a worker process. Started by a pool, with the path of its board as the only argument.
public final class WorkerMain {

    private static final int WRONG_USAGE = 2;

    private WorkerMain() {}

    /// Connects to the pool and runs its tasks until the pool wants no more, or is gone.
    ///
    /// @param arguments path of the board
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("This is a worker process of a Caisson pool; pools start it by themselves."
                    + " Its argument is the path of its board");
            System.exit(WRONG_USAGE);
        }
        SocketWarmUp.start();
        Board board;
        try {
            board = Board.open(Path.of(arguments[0]));
        } catch (IOException failure) {
            System.err.println("This worker can't open its board: " + failure.getMessage() + ". It runs as user "
                    + System.getProperty("user.name")
                    + ". Either its pool has ended meanwhile, or something has cleaned up in the pool's folder");
            System.exit(WRONG_USAGE);
            return;
        }
        run(board);
    }

    private static void run(Board board) {
        var token = ReceivedToken.read(board);
        if (token == null && !ParentLink.parentLives(board.path())) {
            Orphanage.haltUnborn(board);
            return;
        }
        if (token == null) {
            System.err.println("This worker got no token on its standard input, by which its pool could know it. What"
                    + " starts workers, a launchPrefix or a launcher, does not pass standard input on: have it do so"
                    + " (docker run -i)");
            System.exit(WRONG_USAGE);
            return;
        }
        board.put(BoardLayout.HEAP_LIMIT_OFFSET, Runtime.getRuntime().maxMemory());
        var exhaustion = new HeapExhaustion(board);
        Thread.setDefaultUncaughtExceptionHandler(exhaustion);
        ParentLink link;
        FaultPoint.BEFORE_HELLO.reached();
        try {
            link = ParentLink.connect(board, token, OwnPid.read());
        } catch (IOException gone) {
            Orphanage.haltUnborn(board);
            return;
        }
        try {
            System.exit(new TaskLoop(link, exhaustion).run());
        } catch (IOException gone) {
            Orphanage.halt(board);
        } catch (Throwable broken) {
            exhaustion.check(broken);
            broken.printStackTrace();
            Orphanage.halt(board);
        }
    }
}
