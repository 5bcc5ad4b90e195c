import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Wraps `///` lines that are too long. What is cut off goes to the front of the next line if that one continues the
/// sentence, or to a line of its own. Blocks of code, tables and lines that can't be broken stay as they are.
final class Comments {
    /// The indentation and slashes, the mark of a list item if it is one, the text.
    private static final Pattern LINE = Pattern.compile("( *///)( *)((?:[-*+]|\\d+\\.) +)?(.*)");

    private static final String OPENS_MARKDOWN = "-*+#|>@=~0123456789";

    private final int width;
    private boolean inBlock;

    Comments(int width) {
        this.width = width;
    }

    String wrap(String source) {
        var lines = new ArrayList<>(List.of(source.split("\n", -1)));
        inBlock = false;
        for (var i = 0; i < lines.size(); i++) {
            if (isText(lines.get(i)) && lines.get(i).length() > width) {
                wrapAt(lines, i);
            }
        }
        return String.join("\n", lines);
    }

    private boolean isText(String line) {
        var text = line.strip();
        if (!text.startsWith("///")) {
            inBlock = false;
            return false;
        }
        var content = text.substring(3).strip();
        if (content.startsWith("```")) {
            inBlock = !inBlock;
            return false;
        }
        return !inBlock && !content.startsWith("|");
    }

    private void wrapAt(List<String> lines, int index) {
        var line = lines.get(index);
        var parts = LINE.matcher(line);
        if (!parts.matches()) {
            return;
        }
        var mark = parts.group(3) == null ? "" : parts.group(3);
        var end = lastBreak(line, parts.start(4));
        if (end < 0) {
            return;
        }
        var prefix = parts.group(1) + parts.group(2) + " ".repeat(mark.length());
        var rest = line.substring(end + 1);
        lines.set(index, line.substring(0, end));
        if (index + 1 < lines.size() && continues(lines.get(index + 1), prefix)) {
            lines.set(index + 1, prefix + rest + " " + lines.get(index + 1).substring(prefix.length()));
        } else {
            lines.add(index + 1, prefix + rest);
        }
    }

    private static boolean continues(String line, String prefix) {
        if (!line.startsWith(prefix) || line.length() == prefix.length()) {
            return false;
        }
        var first = line.charAt(prefix.length());
        return first != ' ' && OPENS_MARKDOWN.indexOf(first) < 0 && !line.startsWith("```", prefix.length());
    }

    /// The last space at which the line may be broken: not within code or a link, and not before what would read as a
    /// list or a tag at the start of a line.
    private int lastBreak(String line, int textStart) {
        var found = -1;
        var inCode = false;
        var brackets = 0;
        for (var i = textStart; i <= width && i < line.length() - 1; i++) {
            switch (line.charAt(i)) {
                case '`' -> inCode = !inCode;
                case '[', '{' -> brackets += inCode ? 0 : 1;
                case ']', '}' -> brackets -= inCode ? 0 : 1;
                case ' ' -> {
                    if (!inCode && brackets <= 0 && OPENS_MARKDOWN.indexOf(line.charAt(i + 1)) < 0) {
                        found = i;
                    }
                }
                default -> {}
            }
        }
        return found;
    }
}
