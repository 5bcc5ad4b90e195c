package dev.caisson;

import java.util.Objects;
import java.util.OptionalLong;

/// One line that a worker printed.
///
/// @param worker who printed it
/// @param taskId the task that ran at the time; empty if none did
/// @param source which of its streams
/// @param text the line without its end; of a line beyond the limit ([WorkerOutput#lineLimit()]) the beginning, and a note
///     that says so
public record OutputLine(WorkerInfo worker, OptionalLong taskId, Source source, String text) {

    /// Refuses null.
    public OutputLine {
        Objects.requireNonNull(worker, "worker");
        Objects.requireNonNull(taskId, "taskId");
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
