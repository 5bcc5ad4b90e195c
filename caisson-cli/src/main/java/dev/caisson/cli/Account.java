package dev.caisson.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How one input ended.
///
/// @param input the input, as it was given
/// @param status how it ended
/// @param value what the method returned, as [PlainValue] made it; null if it returned null or didn't return
/// @param fault why it is not ok; null if it is
/// @param millis how long it ran, or, if it never began, waited
/// @param attempts how often it was begun
/// @param worker process id of the worker that ran it last, if one did
record Account(
        String input,
        Status status,
        @Nullable Object value,
        @Nullable Fault fault,
        long millis,
        int attempts,
        Optional<Long> worker) {

    /// The same account without what the method returned, which may be large.
    Account withoutValue() {
        return new Account(input, status, null, fault, millis, attempts, worker);
    }

    /// The same account, with the input's path relative to a folder.
    Account shownAs(Path folder) {
        return new Account(
                folder.relativize(Path.of(input)).toString(), status, value, fault, millis, attempts, worker);
    }
}
