package dev.caisson;

import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// How one item ended: with a value or with an error.
///
/// The error of a [Failure] is what the item threw, or the [CaissonException] of what ended it, never a wrapper.
///
/// @param <T> type of the value
public sealed interface Outcome<T extends @Nullable Object> {

    /// Returns the value or throws the error, wrapped.
    ///
    /// @return the value, which may be null if the function returned null
    /// @throws CompletionException with the error as its cause, if this is a failure
    T orElseThrow();

    /// Tells whether there is a value.
    ///
    /// @return true for a [Success], false for a [Failure]
    default boolean isSuccess() {
        return this instanceof Success<T>;
    }

    /// The item ended with a value.
    ///
    /// @param value what the function returned, possibly null
    /// @param <T> type of the value
    record Success<T extends @Nullable Object>(T value) implements Outcome<T> {
        @Override
        public T orElseThrow() {
            return value;
        }
    }

    /// The item ended with an error.
    ///
    /// @param error what the item threw or what ended it
    /// @param <T> type of the value there would have been
    record Failure<T extends @Nullable Object>(Throwable error) implements Outcome<T> {

        /// Refuses null.
        public Failure {
            Objects.requireNonNull(error, "error");
        }

        @Override
        public T orElseThrow() {
            throw new CompletionException(error);
        }
    }
}
