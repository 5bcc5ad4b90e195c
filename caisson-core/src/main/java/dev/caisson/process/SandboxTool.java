package dev.caisson.process;

import dev.caisson.Sandbox.Level;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A program of this machine that runs others in namespaces of their own.
///
/// @param kind which one
/// @param program its path
public record SandboxTool(Kind kind, String program) {

    /// The programs that are known.
    public enum Kind {
        /// Serves all levels.
        BUBBLEWRAP("bwrap"),
        /// Leaves files as they are; needs `setpriv` of the same package.
        UNSHARE("unshare");

        private final String command;

        Kind(String command) {
            this.command = command;
        }
    }

    /// What was found.
    ///
    /// @param tool empty if there is none that works
    /// @param refusal why, and what to do about it
    public record Search(Optional<SandboxTool> tool, String refusal) {}

    private static final long PROBE_SECONDS = 10;
    private static final String REMEDY = " Install bubblewrap (package bubblewrap), and let this user make namespaces:"
            + " user.max_user_namespaces above 0, kernel.apparmor_restrict_unprivileged_userns=0 or a profile of AppArmor"
            + " for bwrap; in a container a seccomp profile that allows it. Or do without: sandbox(Sandbox.NONE)";

    private static final Map<Level, Search> FOUND = new ConcurrentHashMap<>();

    /// Looks once in the life of this process which program works, by a try. Blocks for some milliseconds.
    public static Search find(Level level) {
        return FOUND.computeIfAbsent(
                level,
                wanted -> search(
                        wanted,
                        Objects.requireNonNullElse(System.getenv("PATH"), "/usr/bin" + File.pathSeparator + "/bin")));
    }

    static Search search(Level level, String path) {
        var tried = new StringBuilder("sandbox(Sandbox." + level + ") can't be had on this machine:");
        for (var kind : level == Level.STRICT ? List.of(Kind.BUBBLEWRAP) : List.of(Kind.values())) {
            var program = Stream.of(path.split(File.pathSeparator))
                    .map(folder -> Path.of(folder, kind.command))
                    .filter(Files::isExecutable)
                    .findFirst();
            if (program.isEmpty()) {
                tried.append(" There is no ").append(kind.command).append(" on the PATH.");
                continue;
            }
            var tool = new SandboxTool(kind, program.get().toString());
            var failure = tool.failure();
            if (failure.isEmpty()) {
                return new Search(Optional.of(tool), "");
            }
            tried.append(' ')
                    .append(tool.program)
                    .append(" failed: ")
                    .append(failure.get())
                    .append('.');
        }
        return new Search(Optional.empty(), tried.append(REMEDY).toString());
    }

    /// Empty if it works.
    private Optional<String> failure() {
        try {
            var command = Stream.concat(SandboxPrefix.probe(this).stream(), Stream.of("true"))
                    .toList();
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of("it did not end within " + PROBE_SECONDS + " s");
            }
            if (process.exitValue() == 0) {
                return Optional.empty();
            }
            var words = new String(process.getInputStream().readNBytes(500), StandardCharsets.UTF_8).strip();
            return Optional.of("exit code " + process.exitValue() + (words.isEmpty() ? "" : ", " + words));
        } catch (IOException unusable) {
            return Optional.of(Objects.requireNonNullElse(unusable.getMessage(), unusable.toString()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of("the search was interrupted");
        }
    }
}
