package dev.caisson.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A process as a test sees it. A zombie is not running: only process 1 has yet to note that it is gone.
///
/// @param pid its process id
/// @param command what it was started with
public record RunningProcess(long pid, String command) {

    private static final Path PROCESSES = Path.of("/proc");

    /// Whether the process runs, or could run: a stopped one does.
    public static boolean isRunning(long pid) {
        try {
            var line = Files.readString(PROCESSES.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            char state = line.charAt(line.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X';
        } catch (IOException _) {
            return false;
        }
    }

    /// Everything that this JVM started, directly or not, and that runs: its descendants, and those that lost their
    /// parent but bear the mark of one of its pools.
    public static List<RunningProcess> ofThisJvm() {
        var found = new TreeMap<Long, RunningProcess>();
        try (var descendants = ProcessHandle.current().descendants()) {
            descendants
                    .map(ProcessHandle::pid)
                    .filter(RunningProcess::isRunning)
                    .forEach(pid -> found.put(pid, of(pid)));
        }
        bearing("CAISSON_FAMILY=caisson-" + ProcessHandle.current().pid() + "-")
                .forEach(process -> found.put(process.pid, process));
        return List.copyOf(found.values());
    }

    /// All running processes with a text in their environment.
    public static List<RunningProcess> bearing(String mark) {
        var found = new ArrayList<RunningProcess>();
        try (var processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (var process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (text(process.resolve("environ")).contains(mark) && isRunning(pid)) {
                    found.add(of(pid));
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // no such file system: nobody can be found
        }
        return found;
    }

    /// Sends a signal, and returns when it is sent.
    ///
    /// @param signal name such as `STOP`
    public static void signal(long pid, String signal) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill -" + signal + " " + pid + " exited with " + code);
        }
    }

    @Override
    public String toString() {
        return "pid " + pid + ": " + command;
    }

    private static RunningProcess of(long pid) {
        var command = text(PROCESSES.resolve(pid + "/cmdline")).replace('\0', ' ');
        return new RunningProcess(pid, command.isBlank() ? "(unknown)" : command);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }
}
