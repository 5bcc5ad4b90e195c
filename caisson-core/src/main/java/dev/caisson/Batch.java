package dev.caisson;

import org.jspecify.annotations.Nullable;

/// Many inputs for one function, and how they are to be handed out: `pool.batch(items).chunkSize(10).map(function)`.
///
/// Immutable and thread-safe: each method returns a changed copy. Nothing is read or run before the results of a
/// [#map(TaskFunction)] are taken.
///
/// @param <A> type of an item, serializable
public interface Batch<A extends @Nullable Object> {

    /// Sends items in chunks of a fixed size.
    ///
    /// A chunk saves the cost of sending items one by one. It does not tie them together: each item has an outcome of
    /// its own, and limits and crashes cost one item. A chunk has fewer items when the input ends, or when workers are
    /// idle and no more has been read yet.
    ///
    /// By default the size follows the measured time of items, anew for each run: it begins with 1, stays there while
    /// items take long, and grows for short ones to what takes about 3 ms, at most to 1024 items or 64 KiB. It never is
    /// more than half of each worker's even share of what is left, as far as that is known, or of the look-ahead.
    ///
    /// @param size items a chunk, at least 1
    /// @return a changed copy
    /// @throws IllegalArgumentException if the size is below 1
    Batch<A> chunkSize(int size);

    /// Sets the options of each item; by default [TaskOptions#DEFAULT].
    ///
    /// @param each options, whose limits and retries hold for each item and not for a chunk
    /// @return a changed copy
    Batch<A> options(TaskOptions each);

    /// Limits how many items are read beyond those that the consumer has taken.
    ///
    /// By default that is four chunks for each worker, but at least 64 items, and at most 65,536 if the size of chunks
    /// is not set. An endless or expensive input is never read further than this. Inputs and results are held in memory
    /// within the look-ahead: set it where they are large.
    ///
    /// @param items how many, at least 1
    /// @return a changed copy
    /// @throws IllegalArgumentException if the number is below 1
    Batch<A> ahead(int items);

    /// Starts a run that applies a function to each item.
    ///
    /// @param function what to apply; it travels to each worker once and is decoded there once, so what it has captured
    /// is
    ///     shared by the items of a worker
    /// @param <R> type of a result
    /// @return the run, which must be closed unless its results are all taken
    /// @throws TaskSerializationException if the function can't travel
    /// @throws PoolBrokenException if the pool is broken
    /// @throws java.util.concurrent.RejectedExecutionException if the pool is closed
    <R extends @Nullable Object> BatchRun<A, R> map(TaskFunction<? super A, ? extends R> function);
}
