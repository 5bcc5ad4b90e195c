package dev.caisson.process;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The one shutdown hook of the library: deletes the folders that no worker uses when this process ends in good order.
///
/// It does not kill workers. Hooks run side by side, and the program's own may be closing a pool and waiting for its
/// tasks. Workers end by themselves as soon as this process is gone.
final class FoldersAtExit {

    private static final Set<PoolFolder> OPEN = ConcurrentHashMap.newKeySet();

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(FoldersAtExit::deleteUnused, "caisson-exit"));
        } catch (IllegalStateException _) {
            // A first pool, made while the process ends: the next sweep removes its folder.
        }
    }

    private FoldersAtExit() {}

    static void add(PoolFolder folder) {
        OPEN.add(folder);
    }

    static void remove(PoolFolder folder) {
        OPEN.remove(folder);
    }

    private static void deleteUnused() {
        for (var folder : OPEN) {
            if (!folder.hasRunningWorkers()) {
                folder.close();
            }
        }
    }
}
