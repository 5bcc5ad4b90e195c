package dev.caisson.family;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// The mark in the environment of a worker by which its family is found: processes inherit it from the one that starts
/// them. It serves where the system shows no descent: a worker that is dead has no descendants, and who started a
/// process may have ended before. The pool asks it when a worker has ended, a worker when its pool has.
///
/// Where a worker has workers of its own, their marks follow the outer one, so an outer worker's family includes
/// theirs. A process that was started with an emptied environment bears no mark. Works where there is a `/proc`;
/// elsewhere no family is found.
///
/// @param text folder of the pool, and a number of the worker in it
public record FamilyMark(String text) {

    /// The environment variable; values are separated by spaces.
    public static final String VARIABLE = "CAISSON_FAMILY";

    private static final Duration SWEEP_LIMIT = Duration.ofMillis(100);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /// That of a worker to be started.
    public static FamilyMark of(String poolFolder, long number) {
        return new FamilyMark(poolFolder + "/" + number);
    }

    /// That of the worker which this process is.
    ///
    /// @param poolFolder its pool's: a launcher may have dropped the mark, and left an outer worker's
    /// @return empty if it has none
    public static Optional<FamilyMark> ofThisProcess(String poolFolder) {
        for (var mark : Objects.requireNonNullElse(System.getenv(VARIABLE), "").split(" ", -1)) {
            if (mark.startsWith(poolFolder + "/")) {
                return Optional.of(new FamilyMark(mark));
            }
        }
        return Optional.empty();
    }

    /// The environment with the mark in it.
    public Map<String, String> addTo(Map<String, String> environment) {
        var marked = new HashMap<>(environment);
        marked.merge(VARIABLE, text, (outer, own) -> outer + " " + own);
        return marked;
    }

    /// Kills all who bear the mark, but for this process and those that started it.
    ///
    /// @param limit for how long to look again as long as there are new ones; one look may take longer than that
    /// @return false if this process had no descriptors to look at all processes with: there may be others
    public boolean killBearers(Duration limit) {
        return killAll(text::equals, limit);
    }

    /// Reads the classes that a search needs, for whoever may have no descriptors left by then.
    public static void load() {
        var ignored = FamilySearch.class;
    }

    /// Kills the families of all workers of a pool.
    public static void killBearersOfPool(String poolFolder) {
        var ignored = killAll(mark -> mark.startsWith(poolFolder + "/"), SWEEP_LIMIT);
    }

    private static boolean killAll(Predicate<String> mark, Duration limit) {
        var begin = System.nanoTime();
        var search = new FamilySearch(mark);
        for (var bearers = search.look(); !bearers.isEmpty() || search.isUnsure(); bearers = search.look()) {
            bearers.forEach(ProcessHandle::destroyForcibly);
            if (System.nanoTime() - begin > limit.toNanos()) {
                return !search.isBlind();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }
}
