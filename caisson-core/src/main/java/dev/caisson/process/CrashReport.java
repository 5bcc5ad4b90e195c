package dev.caisson.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The decisive lines of what a crashing JVM wrote about its end (`hs_err`).
///
/// The file is the worker's, so anything may stand in it, and anything may lie in its place: it is opened as a
/// [PlainFile], lines are cut, and each is looked at once, from its begin to its end.
///
/// @param signal the signal that it died of, such as `SIGSEGV`; empty if it gave up for another reason
/// @param text at most 15 lines: the reason, the problematic frame, the crashing thread and its Java frames
public record CrashReport(Optional<String> signal, String text) {

    /// Name of the file, in the JVM's own notation: `%p` is its process id.
    static final String FILE = "hs_err_%p.log";

    static final int LINE_CHARACTERS = 300;

    /// Reports run to megabytes; what decides is at their start.
    private static final int READ_BYTES = 128 * 1024;

    private static final int REASON_LINES = 4;
    private static final int FRAMES = 7;
    private static final int LONGEST_SIGNAL = 12;

    /// Whose frames say nothing about what the task did.
    private static final List<String> INTERNAL =
            List.of("jdk.internal.", "java.lang.invoke.", "dev.caisson.worker.", "dev.caisson.TaskContext");

    private static final String LAMBDA = "$$Lambda";

    /// Takes the report that a JVM left, and deletes the file. Blocks for a second at most.
    ///
    /// @param folder where the worker was told to write it
    /// @param pid process id of that JVM
    /// @return the report; empty if it left none that can be read
    public static Optional<CrashReport> take(Path folder, long pid) {
        var file = folder.resolve(FILE.replace("%p", Long.toString(pid)));
        var report = PlainFile.head(file, READ_BYTES).map(bytes -> parse(new String(bytes, StandardCharsets.UTF_8)));
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // A folder with something in it, say: it goes with the pool's own.
        }
        return report;
    }

    static CrashReport parse(String report) {
        var lines = report.lines().map(CrashReport::cut).toList();
        var quoted = new ArrayList<String>();
        quoteReason(lines, quoted);
        quoteProblematicFrame(lines, quoted);
        lines.stream()
                .filter(line -> line.startsWith("Current thread"))
                .findFirst()
                .ifPresent(quoted::add);
        quoteJavaFrames(lines, quoted);
        lines.stream().filter(line -> line.startsWith("siginfo:")).findFirst().ifPresent(quoted::add);
        return new CrashReport(
                lines.stream()
                        .map(CrashReport::signalIn)
                        .flatMap(Optional::stream)
                        .findFirst(),
                String.join("\n", quoted));
    }

    private static String cut(String line) {
        return line.length() <= LINE_CHARACTERS ? line : line.substring(0, LINE_CHARACTERS) + " …";
    }

    /// Such as in `#  SIGSEGV (0xb) at pc=…`.
    private static Optional<String> signalIn(String line) {
        var text = line.startsWith("#") ? withoutHash(line) : "";
        int end = text.indexOf(" (");
        if (!text.startsWith("SIG") || end < 0 || end > LONGEST_SIGNAL) {
            return Optional.empty();
        }
        var name = text.substring(0, end);
        return name.chars().allMatch(each -> each >= 'A' && each <= 'Z') ? Optional.of(name) : Optional.empty();
    }

    private static void quoteReason(List<String> lines, List<String> quoted) {
        lines.stream()
                .takeWhile(line -> line.startsWith("#") && !line.startsWith("# JRE version"))
                .map(CrashReport::withoutHash)
                .filter(line -> !line.isEmpty() && !line.startsWith("A fatal error has been detected"))
                .limit(REASON_LINES)
                .forEach(quoted::add);
    }

    private static void quoteProblematicFrame(List<String> lines, List<String> quoted) {
        var title = lines.indexOf("# Problematic frame:");
        if (title >= 0 && title + 1 < lines.size()) {
            quoted.add("Problematic frame: " + withoutHash(lines.get(title + 1)));
        }
    }

    /// Leaves out the inner frames of the JDK and the worker, so that the user's own are among the few which are
    /// quoted.
    private static void quoteJavaFrames(List<String> lines, List<String> quoted) {
        var frames = framesOf(lines, "Java frames:");
        if (frames.isEmpty()) { // it crashed in compiled code
            frames = framesOf(lines, "Native frames:");
        }
        if (!frames.isEmpty()) {
            quoted.add("Java frames:");
            quoted.addAll(frames);
        }
    }

    private static List<String> framesOf(List<String> lines, String title) {
        return lines.stream()
                .dropWhile(line -> !line.startsWith(title))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .filter(line -> line.startsWith("j ") || line.startsWith("J "))
                .filter(line -> !isInternal(line))
                .limit(FRAMES)
                .map(line -> "  " + line)
                .toList();
    }

    /// Such as `j  java.lang.invoke.…` or `J 4711% c2 jdk.internal.…`.
    private static boolean isInternal(String frame) {
        var words = frame.strip().split("\\s+", 5); // one class of characters, so each is looked at once
        int at = 1;
        if (at < words.length && isNumber(words[at])) {
            at++;
            if (at < words.length && (words[at].equals("c1") || words[at].equals("c2"))) {
                at++;
            }
        }
        if (at >= words.length) {
            return false;
        }
        var method = words[at];
        int lambda = method.indexOf(LAMBDA);
        int parameters = method.indexOf('(');
        return INTERNAL.stream().anyMatch(method::startsWith)
                || (lambda >= 0 && (parameters < 0 || lambda < parameters));
    }

    private static boolean isNumber(String word) {
        var digits = word.endsWith("%") ? word.substring(0, word.length() - 1) : word;
        return !digits.isEmpty() && digits.chars().allMatch(each -> each >= '0' && each <= '9');
    }

    /// The text of a line that may have no hash, or nothing at all.
    private static String withoutHash(String line) {
        return (line.startsWith("#") ? line.substring(1) : line).strip();
    }
}
