package dev.caisson.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Words of a command as a shell reads them, without its expansions: spaces separate, single and double quotes and the
/// backslash keep together.
final class ShellWords {

    private ShellWords() {}

    /// Splits a text.
    ///
    /// @throws WrongUsage if a quote is never closed, or there is no word
    static List<String> split(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var inWord = false;
        var quote = ' ';
        for (var i = 0; i < text.length(); i++) {
            var letter = text.charAt(i);
            if (letter == '\\' && quote != '\'' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
                inWord = true;
            } else if (quote != ' ' && letter == quote) {
                quote = ' ';
            } else if (quote == ' ' && (letter == '\'' || letter == '"')) {
                quote = letter;
                inWord = true;
            } else if (quote == ' ' && Character.isWhitespace(letter)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(letter);
                inWord = true;
            }
        }
        if (quote != ' ') {
            throw new WrongUsage("The quote " + quote + " in " + text + " is never closed");
        }
        if (inWord) {
            words.add(word.toString());
        }
        if (words.isEmpty()) {
            throw new WrongUsage("There is no command in \"" + text + "\". Write one such as 'nice -n 10'");
        }
        return List.copyOf(words);
    }

    /// Looks whether the first word is a program.
    ///
    /// @param option which option names it
    /// @throws WrongUsage if it is not found
    static void requireCommand(String option, List<String> words) {
        var name = words.getFirst();
        var places = name.indexOf(File.separatorChar) >= 0
                ? Stream.of(Path.of(name))
                : Arrays.stream(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name));
        if (places.noneMatch(file -> Files.isExecutable(file) && !Files.isDirectory(file))) {
            throw new WrongUsage(option + " names the command " + name + ", but there is no such program"
                    + (name.indexOf(File.separatorChar) >= 0 ? "" : " on the PATH"));
        }
    }
}
