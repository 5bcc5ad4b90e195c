package dev.caisson.chaos;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a task can do to connections it never opened: native code knows only numbers.
final class Descriptors {

    private static final Path OPEN = Path.of("/proc/self/fd");

    private Descriptors() {}

    /// Writes to every socket of this process.
    ///
    /// @param head what a frame's length would be
    /// @param length how many bytes to write
    @SuppressWarnings("restricted")
    static void write(int head, int length) {
        var write = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("write"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG));
        try (var arena = Arena.ofConfined()) {
            var garbage = arena.allocate(length);
            garbage.set(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 0, head);
            for (int socket : sockets()) {
                var ignored = (long) write.invokeExact(socket, garbage, (long) length);
            }
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// Closes every socket of this process.
    @SuppressWarnings("restricted")
    static void close() {
        var close = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("close"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            for (int socket : sockets()) {
                var ignored = (int) close.invokeExact(socket);
            }
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static List<Integer> sockets() {
        var found = new ArrayList<Integer>();
        var names = OPEN.toFile().list();
        for (var name : names == null ? new String[0] : names) {
            var file = OPEN.resolve(name);
            if (target(file).startsWith("socket:")) {
                found.add(Integer.valueOf(name));
            }
        }
        return found;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
