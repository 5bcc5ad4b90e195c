package dev.caisson.codec;

import java.io.InvalidClassException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Why bytes that were written can't be read in the other process, in words: nearly always the two see different
/// classes.
final class Unreadable {

    private static final int LONGEST_CHAIN = 64;
    private static final Set<String> READERS =
            Set.of("readObject", "readResolve", "readExternal", "readObjectNoData", "validateObject");

    private Unreadable() {}

    static String inWorker(Throwable thrown) {
        return explain(
                thrown,
                "the worker",
                "It gets this program's own class path unless Builder.classPath(…) says otherwise: add there what is"
                        + " missing. Classes of other class loaders come from the pool's own process, if their loader shows their bytes as a resource.");
    }

    static String inParent(Throwable thrown) {
        return explain(
                thrown,
                "this process",
                "A class that only workers have can't be a result: return a type that both know, or add it to this"
                        + " program's class path too.");
    }

    private static String explain(Throwable thrown, String where, String missing) {
        @Nullable Throwable current = thrown;
        for (int i = 0; current != null && i < LONGEST_CHAIN; i++) {
            @Nullable String reason = reason(current, where, missing);
            if (reason != null) {
                return reason;
            }
            current = current.getCause();
        }
        return "reading it threw " + Refusal.told(thrown) + reader(thrown) + ".";
    }

    /// The class whose own code was reading, if it was such code that threw: deserialization tells no path.
    private static String reader(Throwable thrown) {
        for (var frame : thrown.getStackTrace()) {
            if (READERS.contains(frame.getMethodName())
                    && !frame.getClassName().startsWith("java.io.")
                    && !frame.getClassName().startsWith("dev.caisson.codec.")) {
                return ", in " + frame.getClassName() + "." + frame.getMethodName();
            }
        }
        return "";
    }

    private static @Nullable String reason(Throwable thrown, String where, String missing) {
        var message = messageOf(thrown);
        if (thrown instanceof ExceptionInInitializerError || message.startsWith("Could not initialize class")) {
            return "a class could not be initialized in " + where + " (" + Refusal.told(rootOf(thrown))
                    + "). Reading a lambda runs the static initializer of the class it was written in: what that needs"
                    + " must be there too.";
        }
        if (thrown instanceof ClassNotFoundException || thrown instanceof NoClassDefFoundError) {
            return where + " has no class " + message.replace('/', '.') + ". " + missing;
        }
        if (thrown instanceof InvalidClassException && message.contains("serialVersionUID")) {
            return where + " has another version of a class than it was written with (" + message
                    + "). Both must see the same jar: look for two of them, or a rebuild since this program started.";
        }
        if (thrown instanceof InvalidClassException && message.contains("no valid constructor")) {
            return message + ". A serializable class whose superclass is not serializable needs that to have an"
                    + " accessible constructor without parameters.";
        }
        if (message.startsWith("Invalid lambda deserialization")) {
            return where
                    + " has another version of the class that the lambda was written in. Both must see the same jar:"
                    + " look for two of them, or a rebuild since this program started.";
        }
        return thrown instanceof StackOverflowError
                ? "it is nested too deeply for this thread's stack: send a list or an array instead of a chain."
                : null;
    }

    private static String messageOf(Throwable thrown) {
        try {
            return String.valueOf(thrown.getMessage());
        } catch (RuntimeException e) {
            return "";
        }
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        for (int i = 0; root.getCause() != null && i < LONGEST_CHAIN; i++) {
            root = root.getCause();
        }
        return root;
    }
}
