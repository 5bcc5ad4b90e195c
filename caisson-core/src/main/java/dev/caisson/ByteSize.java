package dev.caisson;

import java.util.Locale;
import java.util.regex.Pattern;

/// An amount of memory, as JVM options write it: `"512m"`.
///
/// @param bytes how many, at least 1
public record ByteSize(long bytes) {

    private static final Pattern FORM = Pattern.compile("([0-9]+)([kmgtKMGT]?)");
    private static final String UNITS = "kmgt";

    /// Refuses less than one byte.
    public ByteSize {
        if (bytes < 1) {
            throw new IllegalArgumentException("A memory size is at least 1 byte, but was " + bytes);
        }
    }

    /// Reads a size such as `"512m"`, `"2g"`, `"64K"` or `"1048576"` (bytes); units are powers of 1024.
    ///
    /// @param text a whole number, and one of k, m, g, t or nothing
    /// @return the size
    /// @throws IllegalArgumentException if the text is no size, or beyond 2^63-1 bytes
    public static ByteSize parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            throw refusal(text, "is no memory size");
        }
        var unit = form.group(2).toLowerCase(Locale.ROOT);
        var unitBytes = unit.isEmpty() ? 1 : 1L << (10 * (UNITS.indexOf(unit) + 1));
        long bytes;
        try {
            bytes = Math.multiplyExact(Long.parseLong(form.group(1)), unitBytes);
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            throw refusal(text, "is beyond what a long can count");
        }
        if (bytes == 0) {
            throw refusal(text, "is no memory at all");
        }
        return new ByteSize(bytes);
    }

    /// The size as [#parse(String)] reads it, in the largest unit that divides it.
    @Override
    public String toString() {
        var unit = Math.min(UNITS.length(), Long.numberOfTrailingZeros(bytes) / 10);
        return unit == 0 ? Long.toString(bytes) : (bytes >> (10 * unit)) + UNITS.substring(unit - 1, unit);
    }

    private static IllegalArgumentException refusal(String text, String why) {
        return new IllegalArgumentException("'" + text + "' " + why
                + ": write a whole number above 0 and one of k, m, g or t (times 1024), such as \"512m\" or \"2g\"");
    }
}
