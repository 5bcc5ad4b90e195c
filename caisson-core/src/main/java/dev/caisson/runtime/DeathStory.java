package dev.caisson.runtime;

import dev.caisson.WorkerMemory;
import dev.caisson.fleet.Departure;
import dev.caisson.process.ExitCode;
import dev.caisson.protocol.ExitMark;
import dev.caisson.settings.Durations;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The end of a worker in words: what ended it, how much memory it used, what it left behind.
///
/// Of several causes the most telling one is told.
///
/// @param departure what is known of the end
/// @param killGrace how long shutdown hooks may take
record DeathStory(Departure departure, Duration killGrace) {

    /// Of a worker of which nothing more is known.
    static final String SILENT =
            "It could not tell where it hung within 50 ms: its JVM was too busy, or just starting.";

    private static final String NO_BOARD = "This worker can't open its board: ";
    private static final String NO_ARGUMENTS = "Error: could not open `";
    private static final String AS_USER = ". It runs as user ";

    private static final int MOST_LINES = 200;
    private static final String TOO_OLD = "UnsupportedClassVersionError";

    /// Such as `Worker 3 (pid 4711)`.
    String who() {
        return "Worker " + departure.death().slot() + " (pid "
                + departure.death().pid() + ")";
    }

    /// Such as `after 12.4 s and 17 tasks`.
    String after() {
        long tasks = departure.death().tasksRun();
        return "after " + Durations.text(departure.death().uptime()) + " and " + tasks
                + (tasks == 1 ? " task" : " tasks");
    }

    /// What ended it, for an error that says already which worker it was and when.
    ///
    /// @param culprit whose code ran: `The task`
    String cause(String culprit) {
        var code = new ExitCode(departure.death().exitCode());
        if (departure.breach().isPresent()) {
            return departure.breach().get();
        }
        Optional<String> exhausted = departure.exhausted();
        if (exhausted.isPresent()) {
            return remedy(culprit, exhausted.get());
        }
        if (departure.mark() == ExitMark.EXITING || departure.mark() == ExitMark.CUT_OFF) {
            return exit(culprit, code);
        }
        if (departure.death().crashReport().isPresent()) {
            return "The JVM crashed"
                    + departure.death().signal().map(name -> " (" + name + ")").orElse("")
                    + ", mostly by native code: isolate or update the library in the problematic frame.";
        }
        if (departure.memoryKills() && code.signal().equals(Optional.of("SIGKILL"))) {
            return "It was killed (SIGKILL), and meanwhile the kernel's count of processes that it kills for lack of"
                    + " memory has risen: raise the memory limit of this machine or container, or lower maxHeap or the"
                    + " number of workers.";
        }
        if (departure.shortage().isPresent() && (!wasReady() || departure.mark() == ExitMark.ORPHANED)) {
            return departure.shortage().get().remedy();
        }
        if (departure.mark() == ExitMark.ORPHANED) {
            return "It lost its connection to the pool, or something in the worker itself failed: see its last output.";
        }
        if (!wasReady()) {
            return vainStart(code);
        }
        return code.signal().isPresent()
                ? code.meaning()
                : culprit + ", or a library that it uses, called Runtime.halt(" + code.value()
                        + "), or native code called exit: System.exit would have left a note.";
    }

    /// Of one that has not come as far as to run anything.
    private String vainStart(ExitCode code) {
        if (departure.death().outputTail().stream().anyMatch(line -> line.contains(TOO_OLD))) {
            return "Its JVM is too old, workers need Java 25: let javaHome be a JDK 25 or newer, or leave it out.";
        }
        var command = departure.command();
        boolean prefixed =
                !command.isEmpty() && !new File(command.getFirst()).getName().startsWith("java");
        var otherUser = prefixed ? otherUser() : Optional.<String>empty();
        if (otherUser.isPresent()) {
            return otherUser.get();
        }
        return code.meaning()
                + (prefixed
                        ? " Or the JVM was never started: launchPrefix (" + command.getFirst()
                                + " …) must run the command that follows it, and exit when that does."
                        : "");
    }

    /// Whether it could not come to its pool since a launch prefix made it another user's.
    private Optional<String> otherUser() {
        var own = System.getProperty("user.name", "");
        return departure.death().outputTail().stream()
                .map(DeathStory::foreignUser)
                .flatMap(Optional::stream)
                .filter(user -> !user.equals(own))
                .findFirst()
                .map(user -> "launchPrefix changed the user from " + own + " to " + user + ". But the folder where pool"
                        + " and workers meet, with all files in it, belongs to " + own
                        + " and is closed to others (mode"
                        + " 0700): run the whole program as " + user + ", or take the change of user out of the prefix"
                        + " and confine workers by other means.");
    }

    /// The user that a worker says it runs as, if it could not open its board; or its JVM the file with its class path.
    private static Optional<String> foreignUser(String line) {
        if (line.startsWith(NO_BOARD) && line.contains(AS_USER)) {
            var user = line.substring(line.indexOf(AS_USER) + AS_USER.length());
            return Optional.of(Printable.label(user.substring(0, Math.max(0, user.indexOf('.')))));
        }
        return line.startsWith(NO_ARGUMENTS) && line.contains("/caisson-")
                ? Optional.of("another one")
                : Optional.empty();
    }

    /// Whether there was anything to run besides the JVM itself.
    private boolean wasReady() {
        return departure.death().memory().heapLimitBytes() > 0;
    }

    /// How much memory it used, what its JVM reported, what it printed.
    String traces() {
        return Diagnosis.text(memory(), report(), output(departure.death().outputTail()));
    }

    /// Why it did not say where its task hung.
    String silence() {
        if (departure.exhausted().isPresent()) {
            return "In that moment it ran out of memory ("
                    + departure.exhausted().get() + "): raise maxHeap.";
        }
        if (departure.lastSight().isPresent()) {
            var seen = departure.lastSight().get();
            if (seen.stopped()) {
                return "It could not tell where it hung: its process was stopped (SIGSTOP), by a debugger or a person.";
            }
            if (seen.collectorPercent() > 50) {
                return "It could not tell where it hung within 50 ms: " + seen.collectorPercent()
                        + " % of its CPU time went to garbage collection, so its heap was nearly full. Raise maxHeap.";
            }
        }
        return SILENT;
    }

    /// Why it gave no sign of life.
    String stillness() {
        boolean stopped =
                departure.lastSight().isPresent() && departure.lastSight().get().stopped();
        return stopped
                ? "Its process was stopped (SIGSTOP), by a debugger or a person: let it go on, or raise silenceLimit."
                : "It was starved of CPU or memory: look at the machine's load, or raise silenceLimit.";
    }

    /// Such as `It held 120 MB of memory, 140 MB at most.`
    String memory() {
        var memory = departure.death().memory();
        var process = memory.residentBytes() == 0
                ? ""
                : "It held " + megabytes(memory.residentBytes()) + " MB of memory, " + megabytes(memory.peakBytes())
                        + " MB at most.";
        return Diagnosis.text(process, heap(memory));
    }

    private static String heap(WorkerMemory memory) {
        return memory.heapBytes() == 0 || memory.heapLimitBytes() == 0
                ? ""
                : "When last seen its heap held " + megabytes(memory.heapBytes()) + " of "
                        + megabytes(memory.heapLimitBytes()) + " MB.";
    }

    private String exit(String culprit, ExitCode code) {
        Optional<String> signal = code.signal();
        if (departure.lastWords().isEmpty() && signal.isPresent()) {
            return code.meaning();
        }
        var hooks = departure.mark() == ExitMark.CUT_OFF
                ? " Shutdown hooks were still running after the killGrace of " + Durations.text(killGrace)
                        + ", so it was halted; the code is not the caller's."
                : "";
        return culprit + ", or a library that it uses, called System.exit: take that call away, or throw instead."
                + hooks
                + (departure.lastWords().isEmpty()
                        ? ""
                        : " It was called here:\n" + lines(departure.lastWords(), 0) + "\n");
    }

    private String remedy(String culprit, String exhausted) {
        var remedy = switch (exhausted) {
            case "Metaspace", "Compressed class space" ->
                "Its classes need more than they may have: raise -XX:MaxMetaspaceSize by jvmOptions, or look for"
                        + " class loaders that are never let go.";
            case "native memory" ->
                "The system gave its JVM no more memory: lower maxHeap or the number of workers, or raise the"
                        + " memory limit of this machine or container.";
            default -> culprit + " needs more than its worker's heap: raise maxHeap, or give it less at a time.";
        };
        var where = lines(departure.lastWords(), 1);
        return remedy + (where.isEmpty() ? "" : " This found no room:\n" + where + "\n");
    }

    private String report() {
        return departure
                .death()
                .crashReport()
                .map(text -> "The JVM's crash report:\n" + lines(text, 0) + "\n")
                .orElse("");
    }

    /// A worker's own words, as many lines as its JVM or Caisson would leave.
    private static String lines(String words, int first) {
        return words.stripTrailing()
                .lines()
                .skip(first)
                .limit(MOST_LINES)
                .map(Printable::line)
                .collect(Collectors.joining("\n"));
    }

    private static String output(List<String> tail) {
        return tail.isEmpty()
                ? "It printed nothing."
                : "Last output:\n  " + tail.stream().map(Printable::line).collect(Collectors.joining("\n  "));
    }

    private static long megabytes(long bytes) {
        return Math.max(1, bytes >> 20);
    }
}
