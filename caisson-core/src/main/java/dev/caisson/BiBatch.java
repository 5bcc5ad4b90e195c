package dev.caisson;

import org.jspecify.annotations.Nullable;

/// Pairs of inputs for one function of two arguments. The shorter input ends the batch.
///
/// Immutable and thread-safe: each method returns a changed copy.
///
/// @param <A> type of a first item, serializable
/// @param <B> type of a second item, serializable
/// @see Batch the same for one input, with the meaning of each setting
public interface BiBatch<A extends @Nullable Object, B extends @Nullable Object> {

    /// Sends pairs in chunks of a fixed size.
    ///
    /// @param size pairs a chunk, at least 1
    /// @return a changed copy
    /// @throws IllegalArgumentException if the size is below 1
    BiBatch<A, B> chunkSize(int size);

    /// Sets the options of each pair; by default [TaskOptions#DEFAULT].
    ///
    /// @param each options, whose limits and retries hold for each pair and not for a chunk
    /// @return a changed copy
    BiBatch<A, B> options(TaskOptions each);

    /// Limits how many pairs are read beyond those that the consumer has taken.
    ///
    /// @param items how many, at least 1
    /// @return a changed copy
    /// @throws IllegalArgumentException if the number is below 1
    BiBatch<A, B> ahead(int items);

    /// Starts a run that applies a function to each pair.
    ///
    /// @param function what to apply; it travels to the workers
    /// @param <R> type of a result
    /// @return the run, which must be closed unless its results are all taken
    /// @throws TaskSerializationException if the function can't travel
    /// @throws PoolBrokenException if the pool is broken
    /// @throws java.util.concurrent.RejectedExecutionException if the pool is closed
    <R extends @Nullable Object> BatchRun<Pair<A, B>, R> map(
            TaskBiFunction<? super A, ? super B, ? extends R> function);
}
