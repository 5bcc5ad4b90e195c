package dev.caisson.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The three streams of a command, and which of them are a terminal.
///
/// @param in inputs, if they come this way
/// @param out results and nothing else; unbuffered
/// @param err everything that is for people
/// @param inIsTerminal whether someone would have to type the inputs
/// @param outIsTerminal whether results share the screen with what is for people
/// @param errIsTerminal whether a progress bar makes sense
record Streams(
        InputStream in,
        OutputStream out,
        PrintStream err,
        boolean inIsTerminal,
        boolean outIsTerminal,
        boolean errIsTerminal) {

    static Streams ofThisProcess() {
        return new Streams(
                System.in,
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                isTerminal(0),
                isTerminal(1),
                isTerminal(2));
    }

    /// What is for people but asked for, such as a table, goes to standard output as text.
    PrintStream text() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    // The JDK tells only whether both standard input and output are terminals, and a bar is wanted just when output
    // goes
    // elsewhere. Where there is no /proc there is no bar, unless all are terminals.
    @SuppressWarnings("SystemConsoleNull") // it is null on JDK 25 when there is none
    private static boolean isTerminal(int descriptor) {
        try {
            var target = Path.of("/proc/self/fd/" + descriptor);
            if (!Files.isSymbolicLink(target)) {
                var console = System.console();
                return console != null && console.isTerminal();
            }
            var name = Files.readSymbolicLink(target).toString();
            return name.startsWith("/dev/pts/") || name.startsWith("/dev/tty") || name.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
