package dev.caisson.testing;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What pools have left in this JVM and around it.
///
/// Looking costs a fraction of a millisecond where no process was started lately: the JDK then has no thread that waits
/// for one, and the search through all processes is left out.
final class Leftovers {

    private static final String PREFIX = "caisson";
    private static final String FOLDER_PREFIX =
            PREFIX + "-" + ProcessHandle.current().pid() + "-";

    private final ConcurrentLinkedQueue<String> uncaught = new ConcurrentLinkedQueue<>();

    /// What a test has been told of already: one leak must not fail every later test.
    private final Set<Object> known = new HashSet<>();

    private final Thread.UncaughtExceptionHandler handler = this::note;

    /// Looks for exceptions that nobody catches from now on.
    void watchThreads() {
        Thread.setDefaultUncaughtExceptionHandler(handler);
    }

    List<String> processes(List<Pools> open) {
        return runningProcesses(open).stream().map(RunningProcess::toString).toList();
    }

    List<String> threads(List<Pools> open) {
        return poolThreads()
                .filter(thread -> open.stream().noneMatch(pools -> pools.ownThread(thread.getName())))
                .map(thread -> thread.getName()
                        + Arrays.stream(thread.getStackTrace())
                                .map(frame -> "\n      at " + frame)
                                .collect(Collectors.joining()))
                .toList();
    }

    /// A pool has two folders of one name, or none before its first worker.
    List<String> folders(List<Pools> open) {
        var found = poolFolders();
        int expected = open.stream().mapToInt(Pools::count).sum();
        return found.stream().map(Path::getFileName).distinct().count() <= expected
                ? List.of()
                : found.stream().map(Path::toString).toList();
    }

    List<String> uncaught() {
        var found = new ArrayList<String>();
        for (@Nullable String text = uncaught.poll(); text != null; text = uncaught.poll()) {
            found.add(text);
        }
        return found;
    }

    /// Whatever is left now has been told.
    void told(List<Pools> open) {
        runningProcesses(open)
                .forEach(process -> ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly));
        poolThreads().forEach(known::add);
        known.addAll(poolFolders());
    }

    private void note(Thread thread, Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        uncaught.add("uncaught in thread " + thread + ": " + text);
    }

    private static List<RunningProcess> runningProcesses(List<Pools> open) {
        if (allThreads().noneMatch(thread -> thread.getName().startsWith("process reaper"))) {
            return List.of();
        }
        return RunningProcess.ofThisJvm().stream()
                .filter(process -> !isSomeones(process.pid(), open))
                .toList();
    }

    /// Also if it is what a worker was started with: a sandbox is several processes.
    private static boolean isSomeones(long pid, List<Pools> open) {
        return open.stream().anyMatch(pools -> pools.own(pid))
                || ProcessHandle.of(pid).stream()
                        .flatMap(ProcessHandle::children)
                        .anyMatch(child -> isSomeones(child.pid(), open));
    }

    private Stream<Thread> poolThreads() {
        return allThreads().filter(thread -> thread.getName().startsWith(PREFIX) && !known.contains(thread));
    }

    private List<Path> poolFolders() {
        var found = new ArrayList<Path>();
        for (var place : Set.copyOf(List.of("/dev/shm", System.getProperty("java.io.tmpdir"), "/tmp"))) {
            var names = new File(place).list((parent, name) -> name.startsWith(FOLDER_PREFIX));
            for (var name : names == null ? new String[0] : names) {
                var folder = Path.of(place, name);
                if (!known.contains(folder)) {
                    found.add(folder);
                }
            }
        }
        return found;
    }

    private static Stream<Thread> allThreads() {
        var group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        var threads = new Thread[group.activeCount() + 64];
        group.enumerate(threads, true);
        return Arrays.stream(threads).filter(Objects::nonNull);
    }
}
