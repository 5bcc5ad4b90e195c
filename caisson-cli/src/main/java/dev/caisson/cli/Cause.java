package dev.caisson.cli;

import dev.caisson.TaskTimeoutException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Why an input is not ok, in one line for people. The results have the whole of it.
final class Cause {

    private static final String INTERRUPTED = "interrupted at --soft-time-limit, threw ";
    private static final String CAUSED_BY = "Caused by: ";
    /// Where the causes come back to one that stands above.
    private static final String CIRCLE = CAUSED_BY + "[CIRCULAR REFERENCE";

    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+(?=[\\p{Lu}\\d])");
    private static final Pattern FRAME = Pattern.compile("\\s*at (?:[\\w.@-]*/)*([\\w.$<>]+\\([^)]*\\)).*");
    private static final Pattern PACKAGES = Pattern.compile("(?:\\p{Ll}[\\w]*\\.)+(?=\\p{Lu})");

    /// How a report of stacks tells of threads that wait for each other for ever.
    private static final String DEADLOCK = "Deadlock: ";

    private static final Pattern WHY_NO_STACKS = Pattern.compile("could not tell where it hung|^In that moment it");
    private static final Pattern WHERE = Pattern.compile("^It could not tell where it hung");

    private Cause() {}

    /// The first sentence of the message, and of a time-out the place where it hung; cut to a length.
    static String of(Account account, int length) {
        var fault = account.fault();
        if (fault == null) {
            return "";
        }
        var text = switch (account.status()) {
            case TIMEOUT -> wasInterrupted(fault) ? INTERRUPTED + failure(fault) : hang(fault);
            case FAILED -> failure(fault);
            case CRASHED, OUT_OF_MEMORY -> death(fault);
            default -> firstSentence(fault.message());
        };
        return Printable.line(text, length);
    }

    /// What it has in common with others of the same cause: no numbers, names or other particulars of the input.
    static String kind(Account account, int length) {
        var fault = account.fault();
        if (fault == null) {
            return "";
        }
        var text = switch (account.status()) {
            case TIMEOUT -> wasInterrupted(fault) ? INTERRUPTED + thrown(fault) : hang(fault);
            case FAILED -> thrown(fault);
            default -> fault.kind();
        };
        return Printable.line(text, length);
    }

    /// Whether it is what the method threw when its soft limit struck, rather than that its worker was killed.
    private static boolean wasInterrupted(Fault fault) {
        return !fault.type().equals(TaskTimeoutException.class.getName());
    }

    /// Which kinds of exceptions there were.
    private static String thrown(Fault fault) {
        return simpleName(fault.type())
                + rootCause(fault)
                        .map(root -> ", caused by " + simpleName(root.split("[:\\s]", 2)[0]))
                        .orElse("");
    }

    /// From the crash report if there is one; else by whose code, or what the message says after which worker it was.
    private static String death(Fault fault) {
        if (fault.stack() != null) {
            return "JVM crashed: " + fault.kind();
        }
        var message = fault.message() == null ? "" : fault.message();
        return fault.kind()
                + innermost(message).map(frame -> ", by " + frame).orElseGet(() -> {
                    var sentences = SENTENCE_END.split(message, 3);
                    return sentences.length < 2 ? "" : ": " + sentences[1];
                });
    }

    /// What was thrown, or what caused it in the end: wrappers tell less.
    private static String failure(Fault fault) {
        var message = firstSentence(fault.message());
        var thrown = simpleName(fault.type());
        return rootCause(fault)
                .map(root -> thrown + ", caused by " + simpleName(root))
                .orElse(message.isEmpty() ? thrown : thrown + ": " + message);
    }

    private static Optional<String> rootCause(Fault fault) {
        return Optional.ofNullable(fault.stack()).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(CAUSED_BY) && !line.startsWith(CIRCLE))
                .reduce((_, last) -> last)
                .map(line -> line.substring(CAUSED_BY.length()));
    }

    private static String firstSentence(@Nullable String message) {
        return message == null ? "" : SENTENCE_END.split(message, 2)[0];
    }

    /// Without the packages of a class at the beginning of a text.
    private static String simpleName(String text) {
        var packages = PACKAGES.matcher(text);
        return packages.lookingAt() ? text.substring(packages.end()) : text;
    }

    /// Without the packages of all classes in a text.
    static String withoutPackages(String text) {
        return PACKAGES.matcher(text).replaceAll("");
    }

    /// Where it hung, or why nobody knows.
    private static String hang(Fault fault) {
        if (fault.stack() != null) {
            var prefix = fault.stack().contains(DEADLOCK) ? "deadlock in " : "hung in ";
            return innermost(fault.stack())
                    .map(frame -> prefix + frame)
                    .orElse("hung in code of the JDK or native code");
        }
        return "no stacks: "
                + SENTENCE_END
                        .splitAsStream(fault.message() == null ? "" : fault.message())
                        .filter(sentence -> WHY_NO_STACKS.matcher(sentence).find())
                        .map(sentence -> WHERE.matcher(sentence).replaceFirst("its worker could not tell"))
                        .findFirst()
                        .orElseGet(() -> firstSentence(fault.message()));
    }

    /// The innermost frame that is not the JDK's: where the program hung, rather than what it called.
    private static Optional<String> innermost(String stack) {
        var frames = stack.lines()
                .map(FRAME::matcher)
                .filter(Matcher::matches)
                .map(frame -> frame.group(1))
                .toList();
        return frames.stream()
                .filter(frame -> !frame.startsWith("java.") && !frame.startsWith("jdk.") && !frame.startsWith("sun."))
                .findFirst()
                .or(() -> frames.stream().findFirst())
                .map(Cause::simpleName);
    }
}
