package dev.caisson;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The worker's process ended while it ran the task. Exit code 0 is no exception to that.
///
/// The task may have had effects, so it is not run again unless [TaskOptions#withRetries(int)] allows it.
public sealed class WorkerExitedException extends CaissonException permits WorkerOutOfMemoryException {

    private static final long serialVersionUID = 1L;

    // WorkerDeath taken apart: it holds Optionals, which can't be serialized.
    private final long pid;
    private final int slot;
    private final int exitCode;
    private final @Nullable String signal;
    private final Duration uptime;
    private final long tasksRun;

    @SuppressWarnings("serial") // List.copyOf gives serializable lists
    private final List<String> outputTail;

    private final @Nullable String crashReport;
    private final WorkerMemory memory;

    /// Creates the error of one task.
    ///
    /// @param message what happened, the likely cause, and what to do
    /// @param death how the worker ended
    public WorkerExitedException(String message, WorkerDeath death) {
        super(message, null);
        this.pid = death.pid();
        this.slot = death.slot();
        this.exitCode = death.exitCode();
        this.signal = death.signal().orElse(null);
        this.uptime = death.uptime();
        this.tasksRun = death.tasksRun();
        this.outputTail = death.outputTail();
        this.crashReport = death.crashReport().orElse(null);
        this.memory = death.memory();
    }

    /// All facts in one value.
    ///
    /// @return how the worker ended
    public final WorkerDeath death() {
        return new WorkerDeath(pid, slot, exitCode, signal(), uptime, tasksRun, outputTail, crashReport(), memory);
    }

    /// The process that ended.
    ///
    /// @return its process id
    public final long pid() {
        return pid;
    }

    /// What the process exited with.
    ///
    /// @return the code; 128 and the signal's number if a signal ended it
    public final int exitCode() {
        return exitCode;
    }

    /// The signal that ended the process.
    ///
    /// @return a name such as `SIGKILL`, or empty if it exited by itself
    public final Optional<String> signal() {
        return Optional.ofNullable(signal);
    }

    /// How long the process lived.
    ///
    /// @return from start to exit
    public final Duration uptime() {
        return uptime;
    }

    /// How much the worker had done before.
    ///
    /// @return tasks and items it had ended
    public final long tasksRun() {
        return tasksRun;
    }

    /// The last lines the worker printed.
    ///
    /// @return lines, oldest first; unmodifiable
    public final List<String> outputTail() {
        return outputTail;
    }

    /// The telling part of the JVM's crash report (`hs_err`).
    ///
    /// @return text of several lines, or empty if there is no report
    public final Optional<String> crashReport() {
        return Optional.ofNullable(crashReport);
    }

    /// How much memory the worker used.
    ///
    /// @return as it was last looked at
    public final WorkerMemory memory() {
        return memory;
    }
}
