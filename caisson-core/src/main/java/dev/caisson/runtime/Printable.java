package dev.caisson.runtime;

/// Text of others, fit to stand in a message: of a bounded length, on one line, without control characters, which could
/// hide or forge what a terminal or a log shows.
final class Printable {

    private static final int LABEL_CHARACTERS = 200;
    private static final int LINE_CHARACTERS = 400;

    private Printable() {}

    /// A name that the user gave.
    static String label(String text) {
        return shortened(text, LABEL_CHARACTERS);
    }

    /// A line that a worker printed.
    static String line(String text) {
        return shortened(text, LINE_CHARACTERS);
    }

    private static String shortened(String text, int most) {
        var shown = new StringBuilder(Math.min(text.length(), most));
        text.codePoints().limit(most).forEach(point -> append(shown, point));
        return text.codePointCount(0, text.length()) <= most ? shown.toString() : shown + " …";
    }

    private static void append(StringBuilder shown, int point) {
        switch (point) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append(' ');
            default -> {
                if (Character.isISOControl(point)) {
                    shown.append("\\u%04x".formatted(point));
                } else {
                    shown.appendCodePoint(point);
                }
            }
        }
    }
}
