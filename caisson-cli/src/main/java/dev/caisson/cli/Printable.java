package dev.caisson.cli;

/// Text from outside, made fit for a terminal: documents and the programs that parse them print control characters
/// too, and these could hide lines or change the terminal.
final class Printable {

    private Printable() {}

    /// The text with its control characters replaced.
    static String of(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\t]]", "\uFFFD");
    }

    /// The text in one line, cut to a length.
    static String line(String text, int length) {
        var line = of(text.replaceAll("\\s+", " ").strip());
        return line.length() <= length ? line : line.substring(0, Math.max(0, length - 1)) + "…";
    }
}
