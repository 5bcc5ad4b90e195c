package dev.caisson;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// When a task was submitted and how long its parts took. What is not over yet is empty, never zero.
///
/// Durations are measured on a monotonic clock, so they need not add up with wall-clock time. After a retry `queued`
/// and `running` tell of the last attempt.
///
/// @param submittedAt when it was submitted, by the wall clock
/// @param queued from submission until it began; empty while, or if, it did not begin
/// @param running from when it began until it ended; empty before the end, or if it did not begin
/// @param total from submission until it ended, however it did; empty before the end
public record TaskTiming(
        Instant submittedAt, Optional<Duration> queued, Optional<Duration> running, Optional<Duration> total) {

    /// Refuses null, and a running time without a beginning.
    public TaskTiming {
        Objects.requireNonNull(submittedAt, "submittedAt");
        Objects.requireNonNull(total, "total");
        if (running.isPresent() && queued.isEmpty()) {
            throw new IllegalArgumentException(
                    "A task that ran has begun, so queued can't be empty: ran for " + running.get());
        }
    }

    /// The timing of a task that has not begun.
    ///
    /// @param at when it was submitted
    /// @return a timing without durations
    public static TaskTiming submitted(Instant at) {
        return new TaskTiming(at, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
