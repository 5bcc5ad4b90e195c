package dev.caisson.fleet;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something that the system has run out of for the moment: a reason to try again a little later, since others may give
/// some back, and no fault of the worker that was to be started.
///
/// @param remedy what to do if it lasts
public record Shortage(String remedy) {

    private static final int DEEPEST = 8;

    private record Sign(List<String> words, Shortage shortage) {}

    private static final Shortage OF_DESCRIPTORS = new Shortage("There are no file descriptors left: a worker takes"
            + " about eight of them. Close what is not needed, raise ulimit -n, or use fewer workers.");

    /// What the JDK says of a process that can't be started, if there was no descriptor for its pipes.
    private static final String NO_PIPE = "Bad file descriptor";

    /// How the JDK and the C library put it; the numbers are Linux's and macOS's.
    private static final List<Sign> SIGNS = List.of(
            new Sign(List.of("Too many open files", "error=24", "error: 24", "error=23", "error: 23"), OF_DESCRIPTORS),
            new Sign(
                    List.of(
                            "Resource temporarily unavailable",
                            "error=11,",
                            "error: 11,",
                            "create native thread",
                            "pthread_create failed",
                            "Out of system resources",
                            "gave no thread"),
                    new Shortage("There are no processes or threads left: raise ulimit -u or the container's pids"
                            + " limit, or use fewer workers.")),
            new Sign(
                    List.of("Cannot allocate memory", "Not enough space", "error=12,", "error: 12,"),
                    new Shortage("There is no memory left for another process: lower maxHeap or the number of workers,"
                            + " or raise the memory limit of this machine or container.")),
            new Sign(
                    List.of("No space left on device", "Disk quota exceeded"),
                    new Shortage("The disk is full where pools have their folders, /dev/shm or java.io.tmpdir: make"
                            + " room there, about 300 KB for each worker.")));

    /// What was short.
    ///
    /// @return empty if the failure had another reason
    public static Optional<Shortage> of(Throwable failure) {
        @Nullable Throwable current = failure;
        for (int depth = 0; current != null && depth < DEEPEST; depth++) {
            var message = String.valueOf(current.getMessage());
            var found = in(message);
            if (found.isPresent()) {
                return found;
            }
            if (message.endsWith(NO_PIPE)) {
                return Optional.of(OF_DESCRIPTORS);
            }
            current = current.getCause();
        }
        return Optional.empty();
    }

    /// What a text says that was short.
    public static Optional<Shortage> in(String text) {
        return SIGNS.stream()
                .filter(sign -> sign.words().stream().anyMatch(text::contains))
                .findFirst()
                .map(Sign::shortage);
    }
}
