package dev.caisson.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private static final Path PROCESSES = Path.of("/proc");
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
        for (var bearers = bearers(mark); !bearers.isEmpty(); bearers = bearers(mark)) {
            bearers.forEach(ProcessHandle::destroyForcibly);
            if (System.nanoTime() - begin > LIMIT_NANOS) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static List<ProcessHandle> bearers(Predicate<String> mark) {
        var bearers = new ArrayList<ProcessHandle>();
        // Names only: to ask for the handle of each process would cost more than to read its environment.
        for (var name : Objects.requireNonNullElse(PROCESSES.toFile().list(), new String[0])) {
            if (Character.isDigit(name.charAt(0)) && bears(name, mark)) {
                // The handle knows the process by its start time too: asked before the second look, it can't be
                // another one's to which the id went meanwhile.
                ProcessHandle.of(Long.parseLong(name))
                        .filter(handle -> !handle.equals(ProcessHandle.current()) && bears(name, mark))
                        .ifPresent(bearers::add);
            }
        }
        return bearers;
    }

    private static boolean bears(String process, Predicate<String> mark) {
        try {
            var environment =
                    Files.readString(PROCESSES.resolve(process).resolve("environ"), StandardCharsets.ISO_8859_1);
            var start = environment.startsWith(VARIABLE + "=") ? 0 : environment.indexOf("\0" + VARIABLE + "=") + 1;
            if (start == 0 && !environment.startsWith(VARIABLE + "=")) {
                return false;
            }
            var value = environment.substring(start + VARIABLE.length() + 1).split("\0", 2)[0];
            return Arrays.stream(value.split(" ")).anyMatch(mark);
        } catch (IOException _) {
            return false; // another user's, or gone
        }
    }
}
