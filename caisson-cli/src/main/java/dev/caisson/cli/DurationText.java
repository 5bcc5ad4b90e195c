package dev.caisson.cli;

import java.time.Duration;
import java.util.regex.Pattern;

/// Durations as people write them on a command line: `500ms`, `30s`, `2m`, `1h`, `1m30s`.
final class DurationText {

    private static final Pattern WHOLE = Pattern.compile("(\\d+(?:\\.\\d+)?(?:ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");

    private DurationText() {}

    /// Reads a duration longer than zero.
    ///
    /// @throws IllegalArgumentException if it is not one; the message says how to write it
    static Duration parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a duration: write a number and a unit, such as 500ms, 30s, 2m or 1h");
        }
        double millis = 0;
        for (var parts = PART.matcher(text); parts.find(); ) {
            millis += Double.parseDouble(parts.group(1)) * millisPer(parts.group(2));
        }
        if (millis < 1 || millis > Long.MAX_VALUE / 1e6) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is out of range: the shortest limit is 1ms, the longest some hundred years;"
                            + " for no limit leave the option out");
        }
        return Duration.ofMillis((long) millis);
    }

    /// Writes a duration for people: `1.4 s`, `12 ms`, `3 min 20 s`.
    static String of(long millis) {
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 120_000) {
            return millis / 1000 + "." + millis % 1000 / 100 + " s";
        }
        return millis / 60_000 + " min " + millis % 60_000 / 1000 + " s";
    }

    private static double millisPer(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> throw new IllegalStateException("the pattern lets no unit " + unit + " through");
        };
    }
}
