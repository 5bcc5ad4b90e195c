package dev.caisson.cli;

/// Text from outside, made fit for a terminal: documents and the programs that parse them print control characters
/// too, and these could hide lines or change the terminal.
final class Printable {

    private static final int LONGEST_LOOK = 4096;

    private Printable() {}

    /// The text with its control characters replaced.
    static String of(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\t]]", "\uFFFD");
    }

    /// The text in one line, cut to a length. Of a text of megabytes only the beginning is looked at.
    static String line(String text, int length) {
        var head = text.length() > LONGEST_LOOK ? text.substring(0, LONGEST_LOOK) : text;
        var line = of(head.replaceAll("\\s+", " ").strip());
        return line.length() <= length ? line : line.substring(0, Math.max(0, length - 1)) + "…";
    }
}
