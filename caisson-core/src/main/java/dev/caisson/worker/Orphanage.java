package dev.caisson.worker;

import dev.caisson.family.FamilyMark;
import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.ExitMark;
import dev.caisson.transport.Board;
import dev.caisson.transport.ParentLink;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The end of a worker whose parent is gone: at once, with all processes it has started, and without a trace left
/// behind. How its parent ended makes no difference.
final class Orphanage {

    private static final int EXIT_CODE = 1;

    /// System property that tells a worker the folder of its temporary files, whatever `java.io.tmpdir` is set to.
    private static final String TEMPORARY = "caisson.temporary";

    /// For how long to look for new ones among those that it has started.
    private static final Duration NEW_LIMIT = Duration.ofMillis(500);

    /// A search may hang on a process that hangs in the kernel. This one ends all the same. On a machine with many
    /// processes, where all workers of a pool search at once, a search takes its time.
    private static final long SEARCH_MILLIS = 3000;

    private static final int ATTEMPTS = 3;
    private static final Reserve RESERVE = new Reserve();

    private static volatile Optional<FamilyMark> family = Optional.empty();

    private Orphanage() {}

    /// Sees to what the end will need, before tasks can take all there is.
    static void prepare(Board board) {
        RESERVE.fill();
        family = familyOf(board);
    }

    private static Optional<FamilyMark> familyOf(Board board) {
        var pool = poolFolder(board.path().toFile());
        return pool == null ? Optional.empty() : FamilyMark.ofThisProcess(pool.getName());
    }

    /// Ends this process. Does not return. Of several threads one does it, or the first to be done would cut the search
    /// of another off.
    static synchronized void halt(Board board) {
        RESERVE.release();
        try {
            board.mark(ExitMark.ORPHANED);
            endFamily(board);
            cleanUp(board.path().toFile());
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    private static void endFamily(Board board) {
        try {
            var search = new Thread(() -> tryToKillFamily(board), "caisson-family");
            search.setDaemon(true);
            search.start();
            search.join(SEARCH_MILLIS);
        } catch (InterruptedException | RuntimeException | Error noThread) {
            tryToKillFamily(board);
        }
    }

    private static void tryToKillFamily(Board board) {
        int attempts = 1;
        while (!hasKilledFamily(board) && attempts < ATTEMPTS) {
            attempts++;
        }
    }

    /// Without memory it fails. Others may just have failed for lack of it as well, and let theirs go.
    private static boolean hasKilledFamily(Board board) {
        try {
            killFamily(board);
            return true;
        } catch (RuntimeException | Error failure) {
            return false;
        }
    }

    /// Descendants may have been started with an emptied environment, others may have lost who started them.
    private static void killFamily(Board board) {
        try {
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        } finally {
            family.or(() -> familyOf(board)).ifPresent(mark -> mark.killBearers(NEW_LIMIT));
        }
    }

    /// Ends this process, which has not run anything yet. Does not return.
    static void haltUnborn(Board board) {
        try {
            cleanUp(board.path().toFile());
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    /// Whoever of the orphans is the last deletes the pool's folders, unless the pool lives and has only closed this
    /// worker's connections. Failures are nobody's concern any more.
    private static void cleanUp(File board) {
        boolean parentLives = ParentLink.parentLives(board.toPath());
        var own = board.getAbsoluteFile().getParentFile();
        var temporary = System.getProperty(TEMPORARY);
        deleteTree(own);
        if (temporary != null) {
            deleteTree(new File(temporary));
        }
        var pool = poolFolder(board);
        var files = pool == null ? null : pool.listFiles();
        if (pool == null || files == null || parentLives) {
            return;
        }
        for (var file : files) {
            if (hasWorker(new File(file, board.getName()))) {
                return;
            }
        }
        deleteTree(pool);
        if (temporary != null) {
            var ofPool = new File(temporary).getAbsoluteFile().getParentFile();
            if (ofPool != null && ofPool.getName().equals(pool.getName())) {
                deleteTree(ofPool);
            }
        }
    }

    private static @Nullable File poolFolder(File board) {
        var own = board.getAbsoluteFile().getParentFile();
        return own == null ? null : own.getParentFile();
    }

    /// Whether a worker that lives will delete this board. One that was never started, or was killed, will not; one
    /// that comes too late finds none, and ends.
    private static boolean hasWorker(File board) {
        try (var file = new RandomAccessFile(board, "r")) {
            file.seek(BoardLayout.PID_OFFSET);
            var bytes = new byte[Long.BYTES];
            file.readFully(bytes);
            long pid = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getLong();
            return pid != 0
                    && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
        } catch (IOException gone) {
            return false;
        }
    }

    /// Follows no links.
    private static void deleteTree(File file) {
        var files = Files.isSymbolicLink(file.toPath()) ? null : file.listFiles();
        if (files != null) {
            for (var inside : files) {
                deleteTree(inside);
            }
        }
        var ignored = file.delete();
    }
}
