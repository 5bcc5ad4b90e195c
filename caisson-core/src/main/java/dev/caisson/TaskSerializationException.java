package dev.caisson;

import org.jspecify.annotations.Nullable;

/// A task or item can't travel to a worker. Thrown by `submit` itself, so nothing has run.
public final class TaskSerializationException extends CaissonException {

    private static final long serialVersionUID = 1L;

    private final String path;

    /// Creates the error.
    ///
    /// @param message what can't travel, where it was found, and the way out
    /// @param path the way from the task to the object at fault
    /// @param cause what the encoder threw, or null
    public TaskSerializationException(String message, String path, @Nullable Throwable cause) {
        super(message, cause);
        this.path = path;
    }

    /// The way from the task to the object that can't travel.
    ///
    /// @return fields and captured variables from the outside in; empty if it is the task itself or not known
    public String path() {
        return path;
    }
}
