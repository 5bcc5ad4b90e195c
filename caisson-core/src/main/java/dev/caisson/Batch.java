package dev.caisson;

import org.jspecify.annotations.Nullable;

/// Many inputs for one function, and how they are to be handed out: `pool.batch(items).chunkSize(10).map(function)`.
///
/// Immutable and thread-safe: each method returns a changed copy. Nothing is read or run before [#map(TaskFunction)].
///
/// @param <A> type of an item, serializable
public interface Batch<A extends @Nullable Object> {

    /// Sends items in chunks of a fixed size.
    ///
    /// A chunk saves the cost of sending items one by one. It does not tie them together: each item has an outcome of
    /// its own, and limits and crashes cost one item. By default the size follows the measured time of an item.
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
    /// By default the limit follows the number of workers and the size of chunks. An endless or expensive input is
    /// never read further than this.
    ///
    /// @param items how many, at least 1
    /// @return a changed copy
    /// @throws IllegalArgumentException if the number is below 1
    Batch<A> ahead(int items);

    /// Starts a run that applies a function to each item.
    ///
    /// @param function what to apply; it travels to the workers
    /// @param <R> type of a result
    /// @return the run, which must be closed unless its results are all taken
    /// @throws TaskSerializationException if the function can't travel
    /// @throws PoolBrokenException if the pool is broken
    /// @throws java.util.concurrent.RejectedExecutionException if the pool is closed
    <R extends @Nullable Object> BatchRun<A, R> map(TaskFunction<? super A, ? extends R> function);
}
