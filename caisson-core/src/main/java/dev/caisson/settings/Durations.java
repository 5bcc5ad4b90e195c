package dev.caisson.settings;

import java.time.Duration;

/// How a pool counts and tells durations.
public final class Durations {

    private Durations() {}

    /// A duration of more than a long can hold is as good as the longest.
    public static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException centuries) {
            return Long.MAX_VALUE;
        }
    }

    /// Such as `12.4 s`, `350 ms`, or `20 µs`.
    public static String text(Duration duration) {
        if (duration.compareTo(Duration.ofMillis(1)) < 0 && duration.isPositive()) {
            long nanos = duration.toNanos();
            return nanos < 1000 ? nanos + " ns" : nanos / 1000 + " µs";
        }
        long millis = duration.toMillis();
        return millis < 1000 ? millis + " ms" : millis / 1000 + "." + millis % 1000 / 100 + " s";
    }
}
