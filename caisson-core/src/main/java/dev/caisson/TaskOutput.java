package dev.caisson;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// The output of one task: what it printed itself, and what subprocesses and native code printed meanwhile.
///
/// @param lines of both streams, in the order in which they were read: that of each stream is certain, that among the
/// two
///     is not. Unmodifiable
/// @param linesDropped how many were printed before these, and not kept for lack of room
public record TaskOutput(List<OutputLine> lines, long linesDropped) {

    /// Refuses null, and copies the list.
    public TaskOutput {
        lines = List.copyOf(Objects.requireNonNull(lines, "lines"));
    }

    /// The lines as one text, each with a line feed; before them, if any were dropped, a line that says how many.
    ///
    /// @return for people to read; empty if nothing was printed
    public String text() {
        var note = linesDropped == 0
                ? ""
                : "… " + linesDropped + (linesDropped == 1 ? " line" : " lines") + " of output before these dropped\n";
        return lines.stream().map(line -> line.text() + "\n").collect(Collectors.joining("", note, ""));
    }
}
