package dev.caisson.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be told of a throwable in plain text, whatever its class: enough to print it, and to stand in for it.
///
/// @param className binary name of its class
/// @param message its message, if it has one
/// @param frames its stack trace
/// @param cause what caused it, if known
/// @param suppressed what it suppressed
/// @param encoded the throwable itself as its codec wrote it, with causes and suppressed; empty if it could not, or if
///     it is part of one that could
record ErrorDescription(
        String className,
        @Nullable String message,
        List<StackTraceElement> frames,
        @Nullable ErrorDescription cause,
        List<ErrorDescription> suppressed,
        EncodedError encoded) {

    /// How many throwables of one error are told of, and how deep causes may follow one another.
    static final int MOST_ERRORS = 256;

    static final int DEEPEST = 64;

    /// The virtual machine itself keeps no more by default.
    static final int MOST_FRAMES = 1024;

    /// As [Throwable#printStackTrace()] prints it.
    String printed() {
        var text = new StringBuilder();
        print(text, "", "", List.of());
        return text.toString();
    }

    private void print(StringBuilder text, String caption, String indent, List<StackTraceElement> enclosing) {
        text.append(indent).append(caption).append(className);
        if (message != null) {
            text.append(": ").append(message);
        }
        text.append('\n');
        int common = framesInCommon(enclosing);
        for (var frame : frames.subList(0, frames.size() - common)) {
            text.append(indent).append("\tat ").append(frame).append('\n');
        }
        if (common > 0) {
            text.append(indent).append("\t... ").append(common).append(" more\n");
        }
        for (var each : suppressed) {
            each.print(text, "Suppressed: ", indent + "\t", frames);
        }
        if (cause != null) {
            cause.print(text, "Caused by: ", indent, frames);
        }
    }

    private int framesInCommon(List<StackTraceElement> enclosing) {
        int common = 0;
        while (common < Math.min(frames.size(), enclosing.size())
                && frames.get(frames.size() - 1 - common).equals(enclosing.get(enclosing.size() - 1 - common))) {
            common++;
        }
        return common;
    }
}
