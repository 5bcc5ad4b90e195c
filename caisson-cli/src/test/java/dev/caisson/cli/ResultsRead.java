package dev.caisson.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Lines of results, read back; an input that has two lines is an error.
///
/// @param byInput the lines
record ResultsRead(Map<String, ResultLine> byInput) {

    static ResultsRead of(List<String> lines) {
        return new ResultsRead(lines.stream()
                .map(ResultLine::of)
                .collect(Collectors.toMap(line -> line.field("input"), Function.identity())));
    }

    ResultLine get(String input) {
        return Objects.requireNonNull(byInput.get(input), () -> input + " in " + byInput);
    }
}
