package dev.caisson.process;

import java.io.IOException;
import java.io.Serial;

/// A worker could not be started for a reason in the program or its settings, which no other try will change.
public final class LaunchImpossibleException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /// A failure for good.
    ///
    /// @param message what is wrong, and the way out
    LaunchImpossibleException(String message) {
        super(message);
    }
}
