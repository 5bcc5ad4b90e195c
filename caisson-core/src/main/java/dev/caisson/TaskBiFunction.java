package dev.caisson;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// A function of two arguments that can travel to a worker process, where it is applied to pairs of items.
///
/// @param <A> type of the first argument, serializable
/// @param <B> type of the second argument, serializable
/// @param <R> type of a result, serializable; may be null
/// @see Task what may be captured
@FunctionalInterface
public interface TaskBiFunction<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
        extends Serializable {

    /// Computes the result of one pair.
    ///
    /// @param first the first argument, a copy of the caller's
    /// @param second the second argument, a copy of the caller's
    /// @return the result
    /// @throws Exception whatever went wrong; the outcome of this pair, and of no other, is that failure
    R apply(A first, B second) throws Exception;
}
