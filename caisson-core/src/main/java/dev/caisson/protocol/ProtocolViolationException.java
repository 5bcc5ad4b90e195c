package dev.caisson.protocol;

import java.io.IOException;

/// The other side of a connection broke a rule of the protocol. Its connection can't be trusted any more.
///
/// The message says what came, what was expected, and what makes it happen.
public final class ProtocolViolationException extends IOException {

    private static final long serialVersionUID = 1L;

    /// Creates the error.
    ///
    /// @param message what came, what was expected, and the likely reason
    public ProtocolViolationException(String message) {
        super(message);
    }
}
