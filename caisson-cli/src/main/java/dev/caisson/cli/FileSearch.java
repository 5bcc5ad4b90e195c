package dev.caisson.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
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

    /// What was found.
    ///
    /// @param files the regular files, in the order of their paths, each once
    /// @param passedOver what can't be looked into or named, or matches and is no regular file, each with the reason
    record Found(List<String> files, List<String> passedOver) {}

    /// Finds files. Links to files count as files; links to folders are gone into only where the pattern names them, so
    /// that a file comes once and a link to a folder above does no harm.
    ///
    /// @throws WrongUsage if a pattern is none or matches nothing
    static Found files(List<String> patterns) {
        var found = new TreeSet<Path>();
        var passedOver = new TreeSet<String>();
        for (var pattern : patterns) {
            var collector = find(pattern);
            if (collector.found.isEmpty()) {
                throw new WrongUsage(nothing(pattern, collector.passedOver));
            }
            found.addAll(collector.found);
            passedOver.addAll(collector.passedOver);
        }
        return new Found(found.stream().map(Path::toString).toList(), List.copyOf(passedOver));
    }

    private static Collector find(String pattern) {
        var start = start(pattern);
        var literal = literalPath(pattern);
        if (literal != null && Files.isRegularFile(literal)) {
            var collector = new Collector(start, literal::equals);
            collector.add(literal);
            return collector;
        }
        var collector = new Collector(start, matcher(pattern));
        try {
            Files.walkFileTree(start, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth(pattern), collector);
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException("The files of " + start + " can't be listed", e);
        }
    }

    /// How far down a file can match: folders below need not be looked into.
    private static int depth(String pattern) {
        var rest = pattern.substring(startLength(pattern));
        return rest.contains("**")
                ? Integer.MAX_VALUE
                : 1 + (int) rest.chars().filter(letter -> letter == '/').count();
    }

    private static PathMatcher matcher(String pattern) {
        try {
            // People expect that in/**/x finds in/x too, as in shells; the JDK's patterns want a folder there.
            var loose = pattern.replaceAll("/+", "/").replace("**/", "{,**/}");
            return FileSystems.getDefault().getPathMatcher("glob:" + loose.replaceFirst("^\\./", ""));
        } catch (PatternSyntaxException e) {
            throw new WrongUsage("\"" + pattern + "\" is not a pattern of files: "
                    + e.getDescription().replace("'", "")
                    + ". * stands for any name, ** for any folders, {a,b} for alternatives");
        }
    }

    /// The folders before the first pattern character.
    private static Path start(String pattern) {
        return Path.of(pattern.substring(0, startLength(pattern)).replaceFirst("^\\./", ""));
    }

    private static int startLength(String pattern) {
        var end = 0;
        for (var i = 0; i < pattern.length() && GLOB_CHARACTERS.indexOf(pattern.charAt(i)) < 0; i++) {
            if (pattern.charAt(i) == '/') {
                end = i + 1;
            }
        }
        return end;
    }

    private static @Nullable Path literalPath(String pattern) {
        try {
            return Path.of(pattern);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static String nothing(String pattern, List<String> passedOver) {
        var literal = literalPath(pattern);
        if (literal != null && Files.isDirectory(literal)) {
            return pattern + " is a folder. For the files in it write '" + literal
                    + "/*', for those in its folders too '" + literal + "/**'";
        }
        var none = "No file matches " + pattern + " in " + Path.of("").toAbsolutePath() + ". ";
        return passedOver.isEmpty()
                ? none + "Put the pattern in quotes, or else the shell replaces it: --files 'in/**/*.pdf'"
                : none + "There may be some that can't be read: " + String.join("; ", passedOver);
    }

    /// Goes through the files.
    static final class Collector extends SimpleFileVisitor<Path> {

        private final Path start;
        private final PathMatcher matcher;
        private final List<Path> found = new ArrayList<>();
        private final List<String> passedOver = new ArrayList<>();

        Collector(Path start, PathMatcher matcher) {
            this.start = start;
            this.matcher = matcher;
        }

        List<String> passedOver() {
            return passedOver;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.equals(start) || !Files.isSymbolicLink(folder)
                    ? FileVisitResult.CONTINUE
                    : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isDirectory() && (matcher.matches(file) || matchesInOneLine(file))) {
                if (attributes.isRegularFile()) {
                    add(file);
                } else {
                    // Links are followed, so what is still one leads nowhere.
                    passedOver.add(file
                            + (attributes.isSymbolicLink()
                                    ? ": a link to nothing"
                                    : ": a FIFO, socket or device, not a regular file"));
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException error) {
            // A link that goes round in a circle is a link to a folder, and what is gone needs no reading.
            if (!(error instanceof FileSystemLoopException) && !(error instanceof NoSuchFileException)) {
                passedOver.add(
                        file + (error instanceof AccessDeniedException ? ": no permission" : ": " + Reason.of(error)));
            }
            return FileVisitResult.CONTINUE;
        }

        /// Takes a file, if its name survives as text: that is what inputs are.
        private void add(Path file) {
            if (file.equals(literalPath(file.toString()))) {
                found.add(file);
            } else {
                passedOver.add(file + " (" + file.toUri().getRawPath() + "): its name is not valid "
                        + System.getProperty("sun.jnu.encoding") + ", so that it can't be written as text: rename it");
            }
        }

        // The JDK's ** stops at the end of a line, and names may have one.
        private boolean matchesInOneLine(Path file) {
            var line = literalPath(LINE_ENDS.matcher(file.toString()).replaceAll("_"));
            return line != null && matcher.matches(line);
        }
    }
}
