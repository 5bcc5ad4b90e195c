package dev.caisson;

import org.jspecify.annotations.Nullable;

/// What a pool itself has to report: the sealed family of its errors.
///
/// What a task throws is not one of these; it keeps its own type. Each error carries its facts as typed accessors
/// besides the message, and can be sent from one process to another.
public abstract sealed class CaissonException extends RuntimeException
        permits RemoteTaskException,
                WorkerExitedException,
                TaskTimeoutException,
                WorkerStartException,
                WorkerLostException,
                TaskSerializationException,
                ResultSerializationException,
                PayloadTooLargeException,
                PoolBrokenException {

    private static final long serialVersionUID = 1L;

    CaissonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
