package dev.caisson.process;

import java.util.Optional;

/// What a process exited with, and what that means.
///
/// @param value the number; 128 and the signal's number if a signal ended the process
public record ExitCode(int value) {

    /// The signal that ended the process.
    ///
    /// @return such as `SIGKILL`; empty if it exited by itself
    public Optional<String> signal() {
        return Optional.empty();
    }

    /// What the code means and what may be done about it, as a sentence for error messages.
    ///
    /// @return such as `137 means it was killed (SIGKILL), often for memory: …`
    public String meaning() {
        return "";
    }
}
