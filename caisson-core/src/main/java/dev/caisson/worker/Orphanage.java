package dev.caisson.worker;

import dev.caisson.protocol.ExitMark;
import dev.caisson.transport.Board;
import dev.caisson.transport.ParentLink;
import java.io.File;

/// The end of a worker whose parent is gone: at once, with all processes it has started, and without a trace left
/// behind.
final class Orphanage {

    private static final int EXIT_CODE = 1;
    private static final String BOARD_SUFFIX = ".board";

    private Orphanage() {}

    /// Ends this process. Does not return.
    static void halt(Board board) {
        try {
            board.mark(ExitMark.ORPHANED);
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            cleanUp(board.path().toFile());
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
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

    /// Whoever of the orphans is the last deletes the pool's folder, unless the pool lives and has only closed this
    /// worker's connections. Failures are nobody's concern any more.
    private static void cleanUp(File board) {
        delete(board);
        var folder = board.getAbsoluteFile().getParentFile();
        var files = folder == null ? null : folder.listFiles();
        if (folder == null || files == null || ParentLink.parentLives(board.toPath())) {
            return;
        }
        for (var file : files) {
            if (file.getName().endsWith(BOARD_SUFFIX)) {
                return;
            }
        }
        for (var file : files) {
            delete(file);
        }
        delete(folder);
    }

    private static void delete(File file) {
        var ignored = file.delete();
    }
}
