package dev.caisson;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// How a worker process ended, and what is known of its last moments.
///
/// @param pid its process id
/// @param slot its place in the pool
/// @param exitCode what it exited with; 128 and the signal's number if a signal ended it
/// @param signal name of the signal that ended it, such as `SIGKILL`; empty if it exited by itself
/// @param uptime how long the process lived
/// @param tasksRun tasks and items it had ended
/// @param outputTail its last lines of output, oldest first; unmodifiable
/// @param crashReport the telling part of the JVM's crash report (`hs_err`), if it left one
/// @param memory how much memory it used when it was last looked at
public record WorkerDeath(
        long pid,
        int slot,
        int exitCode,
        Optional<String> signal,
        Duration uptime,
        long tasksRun,
        List<String> outputTail,
        Optional<String> crashReport,
        WorkerMemory memory) {

    /// Refuses null and copies the list.
    public WorkerDeath {
        Objects.requireNonNull(signal, "signal");
        Objects.requireNonNull(uptime, "uptime");
        Objects.requireNonNull(crashReport, "crashReport");
        Objects.requireNonNull(memory, "memory");
        outputTail = List.copyOf(outputTail);
    }

    /// The death of a worker of whose memory nothing is known.
    ///
    /// @param pid its process id
    /// @param slot its place in the pool
    /// @param exitCode what it exited with
    /// @param signal name of the signal that ended it
    /// @param uptime how long the process lived
    /// @param tasksRun tasks and items it had ended
    /// @param outputTail its last lines of output, oldest first
    /// @param crashReport the telling part of the JVM's crash report
    public WorkerDeath(
            long pid,
            int slot,
            int exitCode,
            Optional<String> signal,
            Duration uptime,
            long tasksRun,
            List<String> outputTail,
            Optional<String> crashReport) {
        this(pid, slot, exitCode, signal, uptime, tasksRun, outputTail, crashReport, WorkerMemory.UNKNOWN);
    }
}
