package dev.caisson.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Argument files of the `java` launcher: `@file` on a command line stands for what is in the file.
///
/// The form is that of the `java` command's manual, "java Command-Line Argument Files": arguments are separated by
/// white space, quotes keep it, a backslash escapes within quotes, `#` begins a comment.
final class ArgumentFile {

    private static final String ESCAPED = "nrtf";
    private static final String MEANT = "\n\r\t\f";

    private final String content;
    private int position;

    private ArgumentFile(String content) {
        this.content = content;
    }

    /// Name of the file that is written for a worker.
    static final String NAME = "arguments.txt";

    /// Writes arguments to a file in a folder. One that is there is replaced.
    ///
    /// @return the argument that stands for them
    static String write(Path folder, List<String> arguments) throws IOException {
        var file = folder.resolve(NAME);
        Files.write(file, arguments.stream().map(ArgumentFile::quoted).toList());
        return "@" + file;
    }

    /// The arguments with each argument file replaced by what is in it. One that can't be read stays as it is.
    static List<String> expand(List<String> arguments) {
        return arguments.stream().flatMap(ArgumentFile::expand).toList();
    }

    static List<String> parse(String content) {
        return new ArgumentFile(content).arguments();
    }

    private static Stream<String> expand(String argument) {
        if (!argument.startsWith("@") || argument.startsWith("@@")) {
            return Stream.of(argument);
        }
        try {
            return parse(Files.readString(Path.of(argument.substring(1)))).stream();
        } catch (IOException | UncheckedIOException _) {
            return Stream.of(argument);
        }
    }

    private static String quoted(String argument) {
        var quoted = argument.replace("\\", "\\\\").replace("\"", "\\\"");
        return '"' + quoted.replace("\n", "\\n").replace("\r", "\\r") + '"';
    }

    private List<String> arguments() {
        var arguments = new ArrayList<String>();
        for (skipGaps(); position < content.length(); skipGaps()) {
            arguments.add(argument());
        }
        return arguments;
    }

    private void skipGaps() {
        while (position < content.length()) {
            if (content.charAt(position) == '#') {
                var end = content.indexOf('\n', position);
                position = end < 0 ? content.length() : end;
            } else if (Character.isWhitespace(content.charAt(position))) {
                position++;
            } else {
                return;
            }
        }
    }

    private String argument() {
        var argument = new StringBuilder();
        while (position < content.length() && !Character.isWhitespace(content.charAt(position))) {
            var next = content.charAt(position++);
            if (next == '"' || next == '\'') {
                appendQuoted(next, argument);
            } else {
                argument.append(next);
            }
        }
        return argument.toString();
    }

    private void appendQuoted(char quote, StringBuilder argument) {
        while (position < content.length() && content.charAt(position) != quote) {
            var next = content.charAt(position++);
            if (next == '\\' && position < content.length()) {
                appendEscaped(content.charAt(position++), argument);
            } else {
                argument.append(next);
            }
        }
        position++;
    }

    private void appendEscaped(char escaped, StringBuilder argument) {
        if (escaped == '\n' || escaped == '\r') {
            skipGaps(); // the argument goes on in the next line
            return;
        }
        var index = ESCAPED.indexOf(escaped);
        argument.append(index < 0 ? escaped : MEANT.charAt(index));
    }
}
