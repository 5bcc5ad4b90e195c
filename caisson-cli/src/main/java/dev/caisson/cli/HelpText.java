package dev.caisson.cli;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// Breaks the help of a command, and other text for people, into lines at spaces only: names of methods, patterns and
/// options stay whole, so that they can be copied.
final class HelpText {

    /// Wider than any paragraph, so that the lines which come are whole.
    private static final int ENDLESS = 5000;

    private static final int INDENT_OF_EXAMPLES = 6;

    private static final Pattern USAGE = Pattern.compile("Usage: caisson( [a-z]+)? ");
    private static final Pattern BEFORE_DESCRIPTION =
            Pattern.compile(" +(?:-\\w+, )?--\\S+ +(?=\\S)| *\\S.*? {2,}(?=\\S)| {10,}");

    private HelpText() {}

    /// The help, as wide as the terminal.
    static String of(CommandSpec command) {
        var usage = command.usageMessage();
        var columns = usage.width();
        usage.autoWidth(false);
        usage.width(ENDLESS);
        return wrapped(command.commandLine().getUsageMessage(), columns);
    }

    static String wrapped(String text, int columns) {
        return text.lines()
                .map(line -> wrappedLine(line, columns, indent(line)))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /// Lines for people that are no help, such as a summary: what a row of a table has too much goes on below it.
    static String wrappedRows(String text, int columns) {
        return text.lines()
                .map(line -> wrappedLine(line, columns, line.startsWith(" ") ? INDENT_OF_EXAMPLES : 0))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String wrappedLine(String line, int columns, int indent) {
        var lines = new StringBuilder();
        var rest = line;
        while (rest.length() > columns) {
            var end = rest.lastIndexOf(' ', columns);
            if (end <= indent) {
                end = rest.indexOf(' ', columns);
            }
            if (end < 0) {
                break;
            }
            lines.append(rest.substring(0, end).stripTrailing()).append('\n');
            rest = " ".repeat(indent) + rest.substring(end).strip();
        }
        return lines.append(rest).toString();
    }

    /// Where the further lines of a paragraph begin.
    private static int indent(String line) {
        var usage = USAGE.matcher(line);
        if (usage.lookingAt()) {
            return usage.end();
        }
        var before = BEFORE_DESCRIPTION.matcher(line);
        if (before.lookingAt()) {
            return before.end();
        }
        return line.startsWith(" ") ? INDENT_OF_EXAMPLES : 0;
    }
}
