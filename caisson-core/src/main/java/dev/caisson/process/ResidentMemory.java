package dev.caisson.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// How much memory of the machine a process holds now (RSS): heap, code, stacks, native memory, mapped files. Told on
/// Linux only. Not its peak: what it has given back must not count against it.
public final class ResidentMemory {

    private static final int PAGE_SIZE_ENTRY = 6;
    private static final long PAGE_BYTES = pageBytes();

    private ResidentMemory() {}

    /// Whether this system tells it.
    ///
    /// @return true on Linux
    public static boolean isTold() {
        return PAGE_BYTES > 0;
    }

    /// Of a process, without those it has started. Costs a few microseconds.
    ///
    /// @param pid its process id
    /// @return bytes; empty if there is no such process, or the system doesn't tell
    public static OptionalLong of(long pid) {
        if (!isTold()) {
            return OptionalLong.empty();
        }
        try {
            var pages = Files.readString(Path.of("/proc/" + pid + "/statm"), StandardCharsets.US_ASCII);
            int begin = pages.indexOf(' ') + 1;
            return OptionalLong.of(Long.parseLong(pages, begin, pages.indexOf(' ', begin), 10) * PAGE_BYTES);
        } catch (IOException | RuntimeException gone) {
            return OptionalLong.empty();
        }
    }

    /// The kernel tells each process at its start, as pairs of a key and a value.
    private static long pageBytes() {
        try {
            var entries = ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/self/auxv")))
                    .order(ByteOrder.nativeOrder());
            while (entries.remaining() >= 2 * Long.BYTES) {
                long key = entries.getLong();
                long value = entries.getLong();
                if (key == PAGE_SIZE_ENTRY) {
                    return value;
                }
            }
            return 0;
        } catch (IOException untold) {
            return 0;
        }
    }
}
