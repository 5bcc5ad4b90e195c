package dev.caisson;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// A task, or one item of a chunk, on its way through the pool, as a [TaskListener] is told of it.
///
/// @param taskId number of the task; that of the chunk as it was submitted, though it may go to workers in parts
/// @param item place of the item within its chunk, from 0; 0 for a task that is no chunk
/// @param label the label it was submitted with
/// @param correlationId the correlation id it was submitted with
/// @param attempt which attempt this is, from 1; 0 before the first
/// @param softTimeLimit how long an attempt may run before it is interrupted
/// @param timeLimit how long an attempt may run before its worker is killed
public record TaskStep(
        long taskId,
        int item,
        Optional<String> label,
        Optional<String> correlationId,
        int attempt,
        Optional<Duration> softTimeLimit,
        Optional<Duration> timeLimit) {

    /// Refuses null.
    public TaskStep {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(correlationId, "correlationId");
        Objects.requireNonNull(softTimeLimit, "softTimeLimit");
        Objects.requireNonNull(timeLimit, "timeLimit");
    }
}
