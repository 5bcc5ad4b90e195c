package dev.caisson.runtime;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The attempts at an item that were lost with their workers, of which the error tells that comes in the end.
///
/// @param count how many there were
/// @param last the last few of them
record LostAttempts(int count, List<Finish> last) {

    static final LostAttempts NONE = new LostAttempts(0, List.of());

    private static final int MOST_TOLD = 5;

    LostAttempts and(Finish next) {
        var told = Stream.concat(last.stream(), Stream.of(next))
                .skip(Math.max(0, last.size() + 1 - MOST_TOLD))
                .toList();
        return new LostAttempts(count + 1, told);
    }

    /// Such as `pid 4711 (code 137), pid 4712 (code 1)`.
    String workers() {
        var workers = last.stream()
                .map(Finish::departure)
                .filter(Objects::nonNull)
                .map(departure -> "pid " + departure.death().pid() + " (code "
                        + departure.death().exitCode() + ")")
                .collect(Collectors.joining(", "));
        return count > last.size() ? "at last " + workers : workers;
    }
}
