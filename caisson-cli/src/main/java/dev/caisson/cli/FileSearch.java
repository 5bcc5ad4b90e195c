package dev.caisson.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Finds the files that patterns name: `*.pdf`, `in/**/*.pdf` (folders at any depth, none included), `in/**`.
///
/// The command does this itself, since a shell's list of a hundred thousand files is longer than a command line may be.
final class FileSearch {

    private static final String GLOB_CHARACTERS = "*?[{";

    private static final Pattern LINE_ENDS = Pattern.compile("\\R");

    private FileSearch() {}

    /// The regular files, in the order of their paths, each once. Folders that can't be read are passed over.
    ///
    /// @throws WrongUsage if a pattern is none or matches nothing
    static List<String> files(List<String> patterns) {
        var found = new TreeSet<Path>();
        for (var pattern : patterns) {
            var matching = find(pattern);
            if (matching.isEmpty()) {
                throw new WrongUsage(nothing(pattern));
            }
            found.addAll(matching);
        }
        return found.stream().map(Path::toString).toList();
    }

    private static List<Path> find(String pattern) {
        var literal = literalPath(pattern);
        if (literal != null && Files.isRegularFile(literal)) {
            return List.of(literal);
        }
        var matcher = matcher(pattern);
        var start = start(pattern);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        var found = new ArrayList<Path>();
        try {
            Files.walkFileTree(
                    start, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Collector(matcher, found));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("The files of " + start + " can't be listed", e);
        }
    }

    private static PathMatcher matcher(String pattern) {
        try {
            // People expect that in/**/x finds in/x too, as in shells; the JDK's patterns want a folder there.
            var loose = pattern.replaceAll("/+", "/").replace("**/", "{,**/}");
            return FileSystems.getDefault().getPathMatcher("glob:" + loose.replaceFirst("^\\./", ""));
        } catch (PatternSyntaxException e) {
            throw new WrongUsage("\"" + pattern + "\" is not a pattern of files: " + e.getDescription()
                    + ". * stands for any name, ** for any folders, {a,b} for alternatives");
        }
    }

    /// The folders before the first pattern character.
    private static Path start(String pattern) {
        var end = 0;
        for (var i = 0; i < pattern.length() && GLOB_CHARACTERS.indexOf(pattern.charAt(i)) < 0; i++) {
            if (pattern.charAt(i) == '/') {
                end = i + 1;
            }
        }
        return Path.of(pattern.substring(0, end).replaceFirst("^\\./", ""));
    }

    private static @Nullable Path literalPath(String pattern) {
        try {
            return Path.of(pattern);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static String nothing(String pattern) {
        var literal = literalPath(pattern);
        if (literal != null && Files.isDirectory(literal)) {
            return pattern + " is a folder. For the files in it write '" + literal
                    + "/*', for those in its folders too '" + literal + "/**'";
        }
        return "No file matches " + pattern + " in " + Path.of("").toAbsolutePath()
                + ". Put the pattern in quotes, or else the shell replaces it: --files 'in/**/*.pdf'";
    }

    private static final class Collector extends SimpleFileVisitor<Path> {

        private final PathMatcher matcher;
        private final List<Path> found;

        Collector(PathMatcher matcher, List<Path> found) {
            this.matcher = matcher;
            this.found = found;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && (matcher.matches(file) || matcher.matches(inOneLine(file)))) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        // The JDK's ** stops at the end of a line, and names may have one.
        private static Path inOneLine(Path file) {
            return Path.of(LINE_ENDS.matcher(file.toString()).replaceAll("_"));
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException error) {
            return FileVisitResult.CONTINUE;
        }
    }
}
