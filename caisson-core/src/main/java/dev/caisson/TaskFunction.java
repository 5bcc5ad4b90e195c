package dev.caisson;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// A function of one argument that can travel to a worker process, where it is applied to items.
///
/// The function is sent once per worker or chunk, not once per item, so it may capture something large.
///
/// @param <A> type of an item, serializable
/// @param <R> type of a result, serializable; may be null
/// @see Task what may be captured
@FunctionalInterface
public interface TaskFunction<A extends @Nullable Object, R extends @Nullable Object> extends Serializable {

    /// Computes the result of one item.
    ///
    /// @param item the item, a copy of the caller's
    /// @return the result
    /// @throws Exception whatever went wrong; the outcome of this item, and of no other, is that failure
    R apply(A item) throws Exception;
}
