package dev.caisson.process;

import java.util.ArrayDeque;
import java.util.List;

/// The last lines a worker printed, for the errors that tell of its end. Thread-safe.
///
/// Of the banner that a crashing JVM prints only the reason is kept: the crash report says more, and the banner would
/// push out what the worker printed before.
final class OutputTail {

    static final int LINES = 20;
    static final int LINE_CHARACTERS = 4 * 1024;

    private static final String BANNER = "# A fatal error has been detected by the Java Runtime Environment:";

    private final ArrayDeque<String> lines = new ArrayDeque<>(LINES);
    private boolean crashing;

    synchronized void add(String line) {
        if (line.equals("#") || (crashing && isBanner(line))) {
            return;
        }
        crashing = crashing || line.equals(BANNER);
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(line.length() <= LINE_CHARACTERS ? line : line.substring(0, LINE_CHARACTERS) + " …");
    }

    private static boolean isBanner(String line) {
        return (line.startsWith("#") && (!line.startsWith("#  ") || line.startsWith("#   ")))
                || line.endsWith("Loading hsdis library failed");
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
