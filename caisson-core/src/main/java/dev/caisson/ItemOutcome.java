package dev.caisson;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The whole account of one input of a batch.
///
/// @param index place of the item in the input, from 0
/// @param item the item itself, the caller's object and not a copy
/// @param outcome how it ended
/// @param attempts how often it was begun; 0 if it never was
/// @param timing when it was submitted and how long it took
/// @param worker the worker that ran it last; empty if none did
/// @param <A> type of the item
/// @param <R> type of the result
public record ItemOutcome<A extends @Nullable Object, R extends @Nullable Object>(
        long index, A item, Outcome<R> outcome, int attempts, TaskTiming timing, Optional<WorkerInfo> worker) {

    /// Refuses null in everything but the item.
    public ItemOutcome {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(timing, "timing");
        Objects.requireNonNull(worker, "worker");
    }
}
