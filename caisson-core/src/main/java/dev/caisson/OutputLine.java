package dev.caisson;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// One line that a worker printed.
///
/// @param worker who printed it
/// @param taskId the task that printed it; empty if none did, or if that is not known: of what subprocesses and native
///     code print it is known if their task has printed before on the same stream, or was submitted with
///     [TaskOptions#withOutput()]
/// @param label the label of that task; empty if it has none
/// @param source which of its streams
/// @param text the line without its end; of a line beyond the limit ([WorkerOutput#lineLimit()]) the beginning, and a
/// note
///     that says so
public record OutputLine(WorkerInfo worker, OptionalLong taskId, Optional<String> label, Source source, String text) {

    /// Refuses null.
    public OutputLine {
        Objects.requireNonNull(worker, "worker");
        Objects.requireNonNull(taskId, "taskId");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(text, "text");
    }

    /// The two output streams of a process.
    public enum Source {
        /// Standard output.
        OUT,
        /// Standard error.
        ERR
    }
}
