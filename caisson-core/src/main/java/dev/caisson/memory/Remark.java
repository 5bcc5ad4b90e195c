package dev.caisson.memory;

import java.lang.System.Logger.Level;

/// A line in the log about a failure, from a thread that must go on: logging itself may fail.
public final class Remark {

    private Remark() {}

    /// Without the logging, which takes a young JVM some time.
    ///
    /// @return nothing that matters
    static boolean rehearse() {
        return Scarcity.isCauseOf(new OutOfMemoryError("a rehearsal"));
    }

    /// Logs, or doesn't. Never throws.
    ///
    /// Where memory is short nothing is logged: the logging of the JDK, used for the first time in such a moment, would
    /// never work again.
    public static void log(Class<?> where, Level level, String text, Throwable failure) {
        try {
            if (!Scarcity.isCauseOf(failure) || Headroom.isThere()) {
                System.getLogger(where.getName()).log(level, text, failure);
            }
        } catch (Throwable unlogged) {
            // What it was about has been told to those concerned.
        }
    }
}
