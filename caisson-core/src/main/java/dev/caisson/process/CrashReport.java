package dev.caisson.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The decisive lines of what a crashing JVM wrote about its end (`hs_err`).
///
/// @param signal the signal that it died of, such as `SIGSEGV`; empty if it gave up for another reason
/// @param text at most 15 lines: the reason, the problematic frame, the crashing thread and its Java frames
public record CrashReport(Optional<String> signal, String text) {

    /// Name of the file, in the JVM's own notation: `%p` is its process id.
    static final String FILE = "hs_err_%p.log";

    /// Reports run to megabytes; what decides is at their start.
    private static final int READ_BYTES = 128 * 1024;

    private static final int REASON_LINES = 4;
    private static final int FRAMES = 7;
    private static final Pattern SIGNAL = Pattern.compile("(?m)^#\\s+(SIG[A-Z]+) \\(");
    private static final Pattern INTERNAL_FRAME = Pattern.compile(
            "\\S\\s+(?:\\d+%?\\s+(?:c[12]\\s+)?)?(?:jdk\\.internal\\.|java\\.lang\\.invoke\\.|dev\\.caisson\\.worker\\.|dev\\.caisson\\.TaskContext|[^ (]*\\$\\$Lambda).*");

    /// Takes the report that a JVM left, and deletes the file.
    ///
    /// @param folder where the worker was told to write it
    /// @param pid process id of that JVM
    /// @return the report; empty if it left none that can be read
    public static Optional<CrashReport> take(Path folder, long pid) {
        var file = folder.resolve(FILE.replace("%p", Long.toString(pid)));
        try (var content = Files.newInputStream(file)) {
            var text = new String(content.readNBytes(READ_BYTES), StandardCharsets.UTF_8);
            Files.delete(file);
            return Optional.of(parse(text));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    static CrashReport parse(String report) {
        var lines = report.lines().toList();
        var quoted = new ArrayList<String>();
        quoteReason(lines, quoted);
        quoteProblematicFrame(lines, quoted);
        lines.stream()
                .filter(line -> line.startsWith("Current thread"))
                .findFirst()
                .ifPresent(quoted::add);
        quoteJavaFrames(lines, quoted);
        lines.stream().filter(line -> line.startsWith("siginfo:")).findFirst().ifPresent(quoted::add);
        var signal = SIGNAL.matcher(report);
        return new CrashReport(
                signal.find() ? Optional.of(signal.group(1)) : Optional.empty(), String.join("\n", quoted));
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
                .filter(line -> !INTERNAL_FRAME.matcher(line).matches())
                .limit(FRAMES)
                .map(line -> "  " + line)
                .toList();
    }

    private static String withoutHash(String line) {
        return line.substring(1).strip();
    }
}
