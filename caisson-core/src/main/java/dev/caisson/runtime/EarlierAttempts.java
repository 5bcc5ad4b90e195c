package dev.caisson.runtime;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The attempts at an item that came to nothing, of which the error tells that comes in the end.
///
/// @param lost how many were lost with their workers
/// @param last the last few of all
record EarlierAttempts(int lost, List<Finish> last) {

    static final EarlierAttempts NONE = new EarlierAttempts(0, List.of());

    private static final int MOST_TOLD = 5;

    EarlierAttempts and(Finish next) {
        var told = Stream.concat(last.stream(), Stream.of(next))
                .skip(Math.max(0, last.size() + 1 - MOST_TOLD))
                .toList();
        return new EarlierAttempts(next.isLost() ? lost + 1 : lost, told);
    }

    /// Such as `pid 4711 (code 137), pid 4712 (code 1)`.
    String workers() {
        var told = last.stream().filter(Finish::isLost).toList();
        var workers = told.stream()
                .map(Finish::departure)
                .filter(Objects::nonNull)
                .map(departure -> "pid " + departure.death().pid() + " (code "
                        + departure.death().exitCode() + ")")
                .collect(Collectors.joining(", "));
        return lost > told.size() ? "at last " + workers : workers;
    }
}
