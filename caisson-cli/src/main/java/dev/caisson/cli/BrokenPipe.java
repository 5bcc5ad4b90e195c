package dev.caisson.cli;

import java.io.Serial;

/// Whoever read the results has ended, as in `caisson map … | head`. Ends the command without a word.
final class BrokenPipe extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    BrokenPipe(Throwable cause) {
        super("nobody reads the results any more", cause);
    }
}
