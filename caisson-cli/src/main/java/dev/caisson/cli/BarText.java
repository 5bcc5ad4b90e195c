package dev.caisson.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressState;

/// The progress bar in one line. Where the terminal is too narrow for all of it, what tells most stays longest: inputs
/// that are not ok, then how many are done.
///
/// @param name of what runs
/// @param done how many inputs have ended
/// @param size how many there are; zero or less if that is unknown
/// @param elapsed since the first
/// @param trouble how many are not ok; empty if none is
record BarText(String name, long done, long size, Duration elapsed, String trouble) {

    private static final int SHORTEST_BAR = 10;

    /// @param rank the highest goes first
    private record Part(int rank, String text) {}

    static BarText of(ProgressState state) {
        return new BarText(
                state.getTaskName(),
                state.getCurrent(),
                state.isIndefinite() ? 0 : state.getMax(),
                state.getElapsedAfterStart(),
                state.getExtraMessage());
    }

    /// Lays it out.
    ///
    /// @param columns how long it may be
    String in(int columns) {
        var parts = parts(columns);
        while (parts.size() > 1 && length(parts) > columns) {
            parts.remove(parts.stream().max(Comparator.comparingInt(Part::rank)).orElseThrow());
        }
        var left = columns - length(parts) - 1;
        if (size > 0 && left >= SHORTEST_BAR) {
            parts.add(2, new Part(0, bar(left)));
        }
        var text = joined(parts);
        return text.length() <= columns ? text : Printable.line(text, columns);
    }

    private List<Part> parts(int columns) {
        var parts = new ArrayList<Part>();
        parts.add(new Part(3, shortName(columns / 4)));
        if (size > 0) {
            parts.add(new Part(2, String.format(Locale.ROOT, "%3d%%", 100 * done / size)));
        }
        parts.add(new Part(1, size > 0 ? done + "/" + size : Long.toString(done)));
        parts.add(new Part(5, clock(elapsed) + remaining()));
        parts.add(new Part(4, String.format(Locale.ROOT, "%.1f/s", rate())));
        if (!trouble.isBlank()) {
            parts.add(new Part(0, trouble.strip()));
        }
        return parts;
    }

    /// Without packages if it is long; then cut.
    private String shortName(int longest) {
        return Printable.line(name.length() <= longest ? name : Cause.withoutPackages(name), Math.max(1, longest));
    }

    private String remaining() {
        if (size <= 0 || done == 0) {
            return "";
        }
        return ", " + clock(elapsed.multipliedBy(Math.max(0, size - done)).dividedBy(done)) + " left";
    }

    private double rate() {
        return elapsed.isZero() ? 0 : done * 1e9 / elapsed.toNanos();
    }

    private String bar(int columns) {
        var inside = columns - 2;
        var filled = (int) (inside * Math.min(done, size) / size);
        return "[" + "=".repeat(filled) + (filled < inside ? ">" + " ".repeat(inside - filled - 1) : "") + "]";
    }

    private static String clock(Duration time) {
        return String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    private static int length(List<Part> parts) {
        return joined(parts).length();
    }

    private static String joined(List<Part> parts) {
        return parts.stream().map(Part::text).collect(Collectors.joining(" "));
    }
}
