package dev.caisson.cli;

import java.io.Serial;

/// The user asked for something that can't be: the message says what, and the way out. Ends the command with exit
/// code 2.
final class WrongUsage extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    WrongUsage(String message) {
        super(message);
    }
}
