package dev.caisson;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stands in for an exception of a task whose class or state could not travel from the worker.
///
/// Causes and suppressed exceptions that could not travel either are stand-ins too, so the shape of the original is
/// kept. The stack trace is that of the original.
///
/// Text is bounded, since an error must arrive: all messages together are cut beyond 4 Mi characters, and of causes and
/// suppressed at most 256 are told, of causes in a row 64. An exception that is longer than 8 MiB when serialized
/// arrives as a stand-in too.
public final class RemoteTaskException extends CaissonException {

    private static final long serialVersionUID = 1L;

    private final String className;
    private final @Nullable String remoteMessage;
    private final String remoteStack;

    /// Creates a stand-in; its creator sets the stack trace and adds what is suppressed.
    ///
    /// @param className binary name of the original's class
    /// @param remoteMessage message of the original, or null if it had none
    /// @param remoteStack the original's printed stack trace, causes and suppressed included
    /// @param cause cause of the original, itself or its stand-in, or null if it had none
    public RemoteTaskException(
            String className, @Nullable String remoteMessage, String remoteStack, @Nullable Throwable cause) {
        super(remoteMessage == null ? className : className + ": " + remoteMessage, cause);
        this.className = className;
        this.remoteMessage = remoteMessage;
        this.remoteStack = remoteStack;
    }

    /// The class of the original.
    ///
    /// @return its binary name
    public String className() {
        return className;
    }

    /// The message of the original.
    ///
    /// @return the message, if it had one
    public Optional<String> remoteMessage() {
        return Optional.ofNullable(remoteMessage);
    }

    /// The stack trace of the original as the worker printed it, causes and suppressed included.
    ///
    /// @return text of several lines
    public String remoteStack() {
        return remoteStack;
    }
}
