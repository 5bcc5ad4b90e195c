package dev.caisson.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What the system tells of a living process: for errors of those that are about to be killed, and can't tell any more
/// themselves.
///
/// @param stopped whether it was stopped (SIGSTOP), so that it could do nothing at all
/// @param residentBytes its memory in RAM; 0 if that is not known
/// @param peakBytes the most that this ever was; 0 if that is not known
/// @param collectorPercent how much of the CPU time of all its threads went to the JVM's garbage collection
/// @param cpu how much CPU time it has had since its start; zero if that is not known
public record VitalSigns(boolean stopped, long residentBytes, long peakBytes, int collectorPercent, Duration cpu) {

    private static final Path PROCESSES = Path.of("/proc");
    private static final int KIB = 1024;

    /// Fields of a thread's `stat` line after its name, counted from 0: its state first.
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;

    /// The kernel tells all programs in hundredths of a second, whatever it counts in.
    private static final int TICK_MILLIS = 10;

    /// Looks at a process. Takes a millisecond or less.
    ///
    /// @param pid its process id
    /// @return empty if it is gone, or where there is no `/proc`
    public static Optional<VitalSigns> of(long pid) {
        return of(PROCESSES.resolve(Long.toString(pid)));
    }

    static Optional<VitalSigns> of(Path process) {
        try {
            var status = Files.readString(process.resolve("status"), StandardCharsets.ISO_8859_1);
            var state = field(status, "State:");
            return Optional.of(new VitalSigns(
                    state.startsWith("T") || state.startsWith("t"),
                    bytes(field(status, "VmRSS:")),
                    bytes(field(status, "VmHWM:")),
                    collectorPercent(process.resolve("task")),
                    cpu(process.resolve("stat"))));
        } catch (IOException | RuntimeException _) { // a thread may have any name
            return Optional.empty();
        }
    }

    private static String field(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .map(line -> line.substring(name.length()).strip())
                .orElse("");
    }

    /// Such as `1234 kB`.
    private static long bytes(String text) {
        var number = text.split(" ", 2)[0];
        return number.isEmpty() ? 0 : Long.parseLong(number) * KIB;
    }

    private static int collectorPercent(Path threads) {
        long all = 0;
        long collector = 0;
        try (var each = Files.newDirectoryStream(threads)) {
            for (var thread : each) {
                var line = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
                long ticks = ticks(line);
                all += ticks;
                if (isCollector(line.substring(line.indexOf('(') + 1, line.lastIndexOf(')')))) {
                    collector += ticks;
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // A thread that ended meanwhile: the others tell enough.
        }
        return all == 0 ? 0 : (int) (100 * collector / all);
    }

    private static Duration cpu(Path stat) {
        try {
            return Duration.ofMillis(TICK_MILLIS * ticks(Files.readString(stat, StandardCharsets.ISO_8859_1)));
        } catch (IOException _) {
            return Duration.ZERO;
        }
    }

    /// The CPU time in a `stat` line of a process or a thread.
    private static long ticks(String line) {
        var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    }

    /// The serial collector runs on the JVM's own thread, which does little else.
    private static boolean isCollector(String thread) {
        return thread.equals("VM Thread")
                || thread.startsWith("GC Thread")
                || thread.startsWith("G1 ")
                || thread.startsWith("ZWorker")
                || thread.startsWith("ZDriver")
                || thread.startsWith("Shenandoah");
    }
}
