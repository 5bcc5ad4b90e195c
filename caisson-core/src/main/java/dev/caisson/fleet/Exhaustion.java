package dev.caisson.fleet;

import dev.caisson.WorkerDeath;
import dev.caisson.protocol.ExitMark;
import java.util.Optional;

/// Finds what a worker's JVM ran out of, in what it left behind.
///
/// The worker notes it itself. If the user has told the JVM to see to that (`-XX:+ExitOnOutOfMemoryError`,
/// `-XX:+CrashOnOutOfMemoryError`), its output or its report says so. A task can write all of these, and anything in
/// them: what is found is one short line, whatever stands there.
final class Exhaustion {

    private static final String TERMINATING = "Terminating due to java.lang.OutOfMemoryError: ";
    private static final String CRASHING = "OutOfMemory encountered: ";
    private static final String NATIVE = "insufficient memory for the Java Runtime Environment";
    private static final String HEAP = "Java heap space";
    private static final String UNNAMED = "it did not say of which kind";
    private static final int EXIT_ON_OUT_OF_MEMORY = 3;
    private static final int MOST_CHARACTERS = 120;

    private Exhaustion() {}

    /// Reads all places where it may stand.
    ///
    /// @return empty if it ended for another reason
    static Optional<String> in(WorkerDeath death, ExitMark mark, String lastWords) {
        if (mark == ExitMark.OUT_OF_MEMORY) {
            return Optional.of(firstLine(lastWords, 0, HEAP));
        }
        if (mark != ExitMark.NONE) {
            return Optional.empty();
        }
        var report = death.crashReport().orElse("");
        if (report.contains(NATIVE)) {
            return Optional.of("native memory");
        }
        int crashing = report.indexOf(CRASHING);
        if (crashing >= 0) {
            return Optional.of(firstLine(report, crashing + CRASHING.length(), UNNAMED));
        }
        return death.exitCode() == EXIT_ON_OUT_OF_MEMORY
                ? death.outputTail().stream()
                        .filter(line -> line.startsWith(TERMINATING))
                        .map(line -> firstLine(line, TERMINATING.length(), UNNAMED))
                        .findFirst()
                : Optional.empty();
    }

    /// What stands there up to the end of the line.
    ///
    /// @param otherwise if there is nothing
    private static String firstLine(String text, int begin, String otherwise) {
        int end = begin;
        while (end < text.length() && end - begin < MOST_CHARACTERS && !Character.isISOControl(text.charAt(end))) {
            end++;
        }
        var line = text.substring(begin, end).strip();
        return line.isEmpty() ? otherwise : line;
    }
}
