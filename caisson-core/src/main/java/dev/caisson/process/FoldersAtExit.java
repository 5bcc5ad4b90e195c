package dev.caisson.process;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The one shutdown hook of the library: deletes the folders that no worker uses when this process ends in good order.
///
/// It does not kill workers. Hooks run side by side, and the program's own may be closing a pool and waiting for its
/// tasks. Workers end by themselves as soon as this process is gone, and the last of them deletes the folder.
///
/// Threads of pools run on while this process ends, until it is gone. What is made between the deletion and that moment
/// would stay, so whoever makes a folder and starts the worker that will delete it does so within a [Hold]: the
/// deletion waits for that, and afterwards nothing of the kind begins.
public final class FoldersAtExit {

    private static final Set<PoolFolder> OPEN = ConcurrentHashMap.newKeySet();

    /// For how long the end of this process waits for workers that are just being started.
    private static final long PATIENCE_NANOS = 2_000_000_000;

    private static final Object LOCK = new Object();

    /// Guarded by [#LOCK].
    private static int holds;

    /// Guarded by [#LOCK].
    private static boolean isOver;

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(FoldersAtExit::deleteUnused, "caisson-exit"));
        } catch (IllegalStateException _) {
            isOver = true;
        }
    }

    private FoldersAtExit() {}

    /// Puts the deletion off until it is closed. Not thread-safe.
    public static final class Hold implements AutoCloseable {

        private boolean isClosed;

        private Hold() {
            synchronized (LOCK) {
                holds++;
            }
        }

        @Override
        public void close() {
            synchronized (LOCK) {
                if (!isClosed) {
                    isClosed = true;
                    holds--;
                    LOCK.notifyAll();
                }
            }
        }
    }

    /// Puts the deletion off. Does not block.
    ///
    /// @return to be closed when a worker has been started, or could not be
    public static Hold hold() {
        return new Hold();
    }

    /// Makes sure, within a [Hold], that what is made from now on will be deleted.
    ///
    /// @throws LaunchImpossibleException if the deletion is over
    static void check() throws LaunchImpossibleException {
        synchronized (LOCK) {
            if (isOver) {
                throw new LaunchImpossibleException(
                        "This process is ending, and its pools start no more workers. Tasks that are to run in its"
                                + " shutdown hooks need a pool that has started its workers before");
            }
        }
    }

    static void add(PoolFolder folder) {
        OPEN.add(folder);
    }

    static void remove(PoolFolder folder) {
        OPEN.remove(folder);
    }

    private static void deleteUnused() {
        waitForHolds();
        for (var folder : OPEN) {
            if (!folder.hasRunningWorkers()) {
                folder.close();
            }
        }
    }

    private static void waitForHolds() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        synchronized (LOCK) {
            isOver = true;
            try {
                for (long left = PATIENCE_NANOS; holds > 0 && left > 0; left = end - System.nanoTime()) {
                    LOCK.wait(left / 1_000_000 + 1);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
