package dev.caisson.cli;

import java.util.regex.Pattern;

/// Why an input is not ok, in one line for people. The results have the whole of it.
final class Cause {

    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+(?=\\p{Lu})");
    private static final Pattern FRAME = Pattern.compile("\\s*at (?:[\\w.@-]+/)?([\\w.$<>]+\\([^)]*\\)).*");
    private static final Pattern PACKAGES = Pattern.compile("(?:\\p{Ll}[\\w]*\\.)+(?=\\p{Lu})");

    private Cause() {}

    /// The first sentence of the message, and of a time-out the place where it hung; cut to a length.
    static String of(Account account, int length) {
        var fault = account.fault();
        if (fault == null) {
            return "";
        }
        var message = fault.message() == null ? "" : fault.message();
        var text =
                switch (account.status()) {
                    case TIMEOUT -> "hung in " + place(fault);
                    case FAILED -> simpleName(fault.type()) + (message.isEmpty() ? "" : ": " + firstSentence(message));
                    default -> firstSentence(message);
                };
        return Printable.line(text, length);
    }

    private static String firstSentence(String message) {
        return SENTENCE_END.split(message, 2)[0];
    }

    private static String simpleName(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /// The innermost frame that is not the JDK's: where the program hung, rather than what it called.
    private static String place(Fault fault) {
        if (fault.stack() == null) {
            return "an unknown place: " + (fault.message() == null ? "" : firstSentence(fault.message()));
        }
        var frames = fault.stack()
                .lines()
                .map(FRAME::matcher)
                .filter(frame -> frame.matches())
                .map(frame -> frame.group(1))
                .toList();
        return frames.stream()
                .filter(frame -> !frame.startsWith("java.") && !frame.startsWith("jdk.") && !frame.startsWith("sun."))
                .findFirst()
                .or(() -> frames.stream().findFirst())
                .map(frame -> PACKAGES.matcher(frame).replaceFirst(""))
                .orElse("an unknown place");
    }
}
