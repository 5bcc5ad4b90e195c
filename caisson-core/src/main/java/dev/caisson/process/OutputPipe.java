package dev.caisson.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The reading end of a pipe that a process prints to, as a stream whose `close` ends a read that waits.
///
/// The streams of [Process] don't do that: where somebody else holds the other end after the process is gone, their
/// readers, and the JDK's own thread that awaits the exit, wait for as long as that one lives. So the pipe is opened
/// once more, as a channel, and the stream of the JDK is closed. Where that can't be done (there is no `/proc`, the
/// process is another user's, or prints to something else by now) the JDK's stream has to do.
final class OutputPipe {

    static final int OUT = 1;
    static final int ERR = 2;

    private static final Path PROCESSES = Path.of("/proc");
    private static final Path OWN_DESCRIPTORS = Path.of("/proc/self/fd");

    private OutputPipe() {}

    /// The better stream in place of the JDK's.
    ///
    /// @param process a child of this process, which has just been started
    /// @param command how
    /// @param descriptor [#OUT] or [#ERR]
    /// @param stream what `process` has for it, not read from yet
    static InputStream of(Process process, List<String> command, int descriptor, InputStream stream) {
        try {
            var end = PROCESSES.resolve(Long.toString(process.pid())).resolve("fd/" + descriptor);
            if (!isPrefixed(command) || isOwn(Files.readSymbolicLink(end))) {
                return instead(process, end, stream);
            }
            return stream;
        } catch (IOException | RuntimeException _) {
            return stream;
        }
    }

    /// What a process prints as it ends the JDK takes from the pipe. So the stream stays where that may have begun.
    @SuppressWarnings("StreamResourceLeak") // the caller closes it
    private static InputStream instead(Process process, Path end, InputStream stream) throws IOException {
        var channel = FileChannel.open(end, StandardOpenOption.READ);
        if (!process.isAlive()) {
            channel.close();
            return stream;
        }
        stream.close();
        return Channels.newInputStream(channel);
    }

    /// A prefix may send its output elsewhere; a JVM does not.
    private static boolean isPrefixed(List<String> command) {
        return !new File(command.getFirst()).getName().startsWith("java");
    }

    /// Whether this process has that pipe, too.
    private static boolean isOwn(Path pipe) throws IOException {
        try (var descriptors = Files.newDirectoryStream(OWN_DESCRIPTORS)) {
            for (var descriptor : descriptors) {
                if (leadsTo(descriptor, pipe)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean leadsTo(Path descriptor, Path pipe) {
        try {
            return Files.readSymbolicLink(descriptor).equals(pipe);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
