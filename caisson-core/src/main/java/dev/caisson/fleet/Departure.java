package dev.caisson.fleet;

import dev.caisson.WorkerDeath;
import dev.caisson.WorkerInfo;
import dev.caisson.process.ExitCode;
import dev.caisson.process.VitalSigns;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.ExitMark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a worker left: everything that an error message may want to tell.
///
/// @param death pid, exit, output, crash report, memory
/// @param mark what it noted about its own end
/// @param lastWords what it added to that: who called for the exit, or where memory ran out
/// @param lastSight how it was just before the pool killed it; empty if the pool did not
/// @param memoryKills whether the kernel has killed processes for lack of memory while it ran
/// @param breach a sentence about what it did wrong, if it was ended for that: it sent what it must not, or was late
/// @param startFailure what its initializer threw, encoded; null if that did not fail
/// @param command how it was started
/// @param excess the memory that it was killed for
/// @param exhausted what its JVM ran out of, in its own words: `Java heap space`, `Metaspace`, `native memory`; empty
/// if
///     it ended for another reason
public record Departure(
        WorkerDeath death,
        ExitMark mark,
        String lastWords,
        Optional<VitalSigns> lastSight,
        boolean memoryKills,
        Optional<String> breach,
        @Nullable Encoded startFailure,
        List<String> command,
        Optional<MemoryExcess> excess,
        Optional<String> exhausted) {

    private static final int JVM_REFUSED = 1;

    /// How the `java` launcher puts it.
    private static final List<String> REFUSALS = List.of(
            "Error: Could not create the Java Virtual Machine.",
            "Error: Could not find or load main class",
            "Error occurred during initialization of boot layer");

    /// Memory may be there the next time.
    private static final String NO_ROOM = "Could not reserve enough space";

    private static final int KILLED_CODE = 137;

    /// Finds what its JVM ran out of.
    public Departure(
            WorkerDeath death,
            ExitMark mark,
            String lastWords,
            Optional<VitalSigns> lastSight,
            boolean memoryKills,
            Optional<String> breach,
            @Nullable Encoded startFailure,
            List<String> command,
            Optional<MemoryExcess> excess) {
        this(
                death,
                mark,
                lastWords,
                lastSight,
                memoryKills,
                breach,
                startFailure,
                command,
                excess,
                Exhaustion.in(death, mark, lastWords));
    }

    /// The end of a worker that is no process of its own, and leaves nothing behind.
    public static Departure simple(
            WorkerDeath death, ExitMark mark, @Nullable Encoded startFailure, List<String> command) {
        return new Departure(
                death, mark, "", Optional.empty(), false, Optional.empty(), startFailure, command, Optional.empty());
    }

    /// The end of a worker that was killed, and of whose exit nothing was heard in time: the kernel may be long about
    /// it. What waits for it waits no longer.
    public static Departure unheard(WorkerInfo worker) {
        return bare(
                worker,
                KILLED_CODE,
                Optional.of("SIGKILL"),
                "The pool killed it, and heard nothing of its exit for a second: no output of it, and no crash report, can"
                        + " be told.");
    }

    /// The end of a worker of which no more than its exit can be told.
    static Departure untold(WorkerInfo worker, ExitCode code) {
        return bare(
                worker, code.value(), code.signal(), "What it left behind could not be read: the log tells of that.");
    }

    private static Departure bare(WorkerInfo worker, int exitCode, Optional<String> signal, String why) {
        var death = new WorkerDeath(
                worker.pid(),
                worker.slot(),
                exitCode,
                signal,
                Duration.between(worker.startedAt(), Instant.now()),
                0,
                List.of(),
                Optional.empty());
        return new Departure(
                death, ExitMark.NONE, "", Optional.empty(), false, Optional.of(why), null, List.of(), Optional.empty());
    }

    /// Whether its JVM refused to run at all, for its options or its class path: it will refuse the next time, too.
    public boolean isRefusedByJvm() {
        return death.exitCode() == JVM_REFUSED
                && shortage().isEmpty()
                && death.outputTail().stream()
                        .anyMatch(line -> REFUSALS.stream().anyMatch(line::startsWith))
                && death.outputTail().stream().noneMatch(line -> line.contains(NO_ROOM));
    }

    /// What the system lacked, if the worker ended for that: its output, its report or the pool's side tells.
    ///
    /// @return empty if it ended for another reason, or code of the user's may have been the reason
    public Optional<Shortage> shortage() {
        return startFailure == null && (mark == ExitMark.NONE || mark == ExitMark.ORPHANED)
                ? Shortage.in(breach.orElse("") + "\n" + String.join("\n", death.outputTail()) + "\n"
                        + death.crashReport().orElse(""))
                : Optional.empty();
    }
}
