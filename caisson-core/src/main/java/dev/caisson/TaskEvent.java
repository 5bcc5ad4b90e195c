package dev.caisson;

import java.util.Objects;
import java.util.Optional;

/// The end of a task, or of one item of a chunk, as a [PoolListener] is told of it.
///
/// @param taskId number of the task; that of the chunk as it was submitted, though it may go to workers in parts
/// @param item place of the item within its chunk, from 0; 0 for a task that is no chunk
/// @param label the label it was submitted with
/// @param correlationId the correlation id it was submitted with
/// @param ending how it ended
/// @param attempts how often it was begun; 0 if it never was
/// @param timing how long it took
public record TaskEvent(
        long taskId,
        int item,
        Optional<String> label,
        Optional<String> correlationId,
        TaskEnding ending,
        int attempts,
        TaskTiming timing) {

    /// Refuses null.
    public TaskEvent {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(correlationId, "correlationId");
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(timing, "timing");
    }
}
