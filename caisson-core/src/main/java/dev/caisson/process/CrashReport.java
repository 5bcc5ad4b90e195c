package dev.caisson.process;

import java.nio.file.Path;
import java.util.Optional;

/// The decisive lines of what a crashing JVM wrote about its end (`hs_err`).
///
/// @param signal the signal that it died of, such as `SIGSEGV`; empty if it gave up for another reason
/// @param text a few lines: the reason, the problematic frame, the crashing thread and its Java frames
public record CrashReport(Optional<String> signal, String text) {

    /// Takes the report that a JVM left, and deletes the file.
    ///
    /// @param folder where the worker was told to write it
    /// @param pid process id of that JVM
    /// @return the report; empty if it left none
    public static Optional<CrashReport> take(Path folder, long pid) {
        return Optional.empty();
    }
}
