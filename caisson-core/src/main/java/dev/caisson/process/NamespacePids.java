package dev.caisson.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The ids of a process in the namespaces that it is in, as Linux tells them.
final class NamespacePids {

    private static final String LINE = "NSpid:";

    private NamespacePids() {}

    /// From this process's namespace inwards, each after a tab; empty for a process that is in no other.
    static String of(long pid) {
        try {
            var lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.ISO_8859_1);
            for (var line : lines) {
                if (line.startsWith(LINE)) {
                    var inner = line.indexOf('\t', LINE.length() + 1);
                    return inner < 0 ? "" : line.substring(inner);
                }
            }
        } catch (IOException _) {
            // It is gone.
        }
        return "";
    }
}
