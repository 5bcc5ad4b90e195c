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

    /// Such as `12.4 s`, or `350 ms`.
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis < 1000 ? millis + " ms" : millis / 1000 + "." + millis % 1000 / 100 + " s";
    }
}
