package dev.caisson.cli;

import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What went wrong with an input, in words: a worker's exception without its class.
///
/// @param type name of the exception's class
/// @param message its message, or null if it has none
/// @param stack its stack trace, or null if it tells nothing
/// @param kind what it has in common with others like it, in a few words
/// @param firstOfWorker whether it is a time-out of the first input that its worker ran
record Fault(
        String type, @Nullable String message, @Nullable String stack, String kind, boolean firstOfWorker)
        implements Serializable {

    private static final int LONGEST_MESSAGE = 64 * 1024;
    private static final int MOST_LINES = 200;

    Fault {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(kind, "kind");
        message = message == null || message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, LONGEST_MESSAGE) + "… (cut off after " + LONGEST_MESSAGE + " characters)";
    }

    /// A fault of which it doesn't matter how warm the worker was.
    Fault(String type, @Nullable String message, @Nullable String stack, String kind) {
        this(type, message, stack, kind, false);
    }

    /// A fault whose type says what others have in common with it.
    Fault(String type, @Nullable String message, @Nullable String stack) {
        this(type, message, stack, type.substring(type.lastIndexOf('.') + 1));
    }

    /// Describes what the user's method threw, without the frames that called the method.
    static Fault of(Throwable error) {
        return new Fault(error.getClass().getName(), message(error), stack(error));
    }

    private static @Nullable String message(Throwable error) {
        try {
            return error.getMessage();
        } catch (RuntimeException e) {
            return "(its getMessage() threw " + e.getClass().getName() + ")";
        }
    }

    private static @Nullable String stack(Throwable error) {
        var text = new StringWriter();
        try {
            error.printStackTrace(new PrintWriter(text));
        } catch (RuntimeException e) {
            return null;
        }
        return text.toString()
                .lines()
                .filter(line -> !isCallOfMethod(line.strip()))
                .limit(MOST_LINES)
                .collect(Collectors.joining("\n"));
    }

    private static boolean isCallOfMethod(String line) {
        return line.startsWith("at java.base/jdk.internal.reflect.")
                || line.startsWith("at java.base/java.lang.reflect.Method.")
                || line.contains("dev.caisson.cli.TargetCall.")
                || line.contains("dev.caisson.cli.TargetRun.")
                || line.contains("dev.caisson.worker.")
                || line.contains("dev.caisson.TaskContext.");
    }
}
