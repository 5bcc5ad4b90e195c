package dev.caisson;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A worker did not become ready: its process could not be started, ended early, took too long, or its initializer
/// failed.
public final class WorkerStartException extends CaissonException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // List.copyOf gives serializable lists
    private final List<String> command;

    private final @Nullable Integer exitCode;

    @SuppressWarnings("serial") // List.copyOf gives serializable lists
    private final List<String> output;

    /// Creates the error.
    ///
    /// @param message what happened, the likely cause, and what to do
    /// @param command the command line of the process
    /// @param exitCode what it exited with; empty if it was not started or had to be killed
    /// @param output what it printed, at least the last lines
    /// @param cause what the system or the initializer threw, or null
    public WorkerStartException(
            String message,
            List<String> command,
            OptionalInt exitCode,
            List<String> output,
            @Nullable Throwable cause) {
        super(message, cause);
        this.command = List.copyOf(command);
        this.exitCode = exitCode.isPresent() ? exitCode.getAsInt() : null;
        this.output = List.copyOf(output);
    }

    /// The command line of the process.
    ///
    /// @return program and arguments; unmodifiable
    public List<String> command() {
        return command;
    }

    /// What the process exited with.
    ///
    /// @return the code, or empty if the process was not started or had to be killed
    public OptionalInt exitCode() {
        return exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode);
    }

    /// What the process printed.
    ///
    /// @return at least the last lines, oldest first; unmodifiable
    public List<String> output() {
        return output;
    }
}
