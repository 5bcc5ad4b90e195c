package dev.caisson;

import org.jspecify.annotations.Nullable;

/// The task ran and returned, but its result can't travel back, or was refused by the pool's result filter.
public final class ResultSerializationException extends CaissonException {

    private static final long serialVersionUID = 1L;

    /// Creates the error of one task.
    ///
    /// @param message what can't travel, where it was found, and the way out
    /// @param cause what the encoder or decoder threw, or null
    public ResultSerializationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
