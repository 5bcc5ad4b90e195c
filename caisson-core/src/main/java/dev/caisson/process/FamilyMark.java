package dev.caisson.process;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// The mark in the environment of a worker by which its family is found after its death: processes inherit it from the
/// one that starts them. A worker that is dead already has no descendants to ask the system for.
///
/// Where a worker has workers of its own, their marks follow the outer one, so an outer worker's family includes
/// theirs. A process that was started with an emptied environment bears no mark. Works where there is a `/proc`;
/// elsewhere no family is found.
///
/// @param text folder of the pool, and a number of the worker in it
record FamilyMark(String text) {

    /// The environment variable; values are separated by spaces.
    static final String VARIABLE = "CAISSON_FAMILY";

    private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    static FamilyMark of(String poolFolder, long number) {
        return new FamilyMark(poolFolder + "/" + number);
    }

    /// The environment with the mark in it.
    Map<String, String> addTo(Map<String, String> environment) {
        var marked = new HashMap<>(environment);
        marked.merge(VARIABLE, text, (outer, own) -> outer + " " + own);
        return marked;
    }

    /// Kills all who bear the mark, and tries again as long as there are new ones, for 100 ms at most.
    void killBearers() {
        killAll(text::equals);
    }

    /// Kills the families of all workers of a pool.
    static void killBearersOfPool(String poolFolder) {
        killAll(mark -> mark.startsWith(poolFolder + "/"));
    }

    private static void killAll(Predicate<String> mark) {
        var begin = System.nanoTime();
        var search = new FamilySearch(mark);
        for (var bearers = search.look(); !bearers.isEmpty() || search.isUnsure(); bearers = search.look()) {
            bearers.forEach(ProcessHandle::destroyForcibly);
            if (System.nanoTime() - begin > LIMIT_NANOS) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
