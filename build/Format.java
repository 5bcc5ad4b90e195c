import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks or rewrites the layout of every Java file below a folder with palantir-java-format. The build runs it as a
/// process of its own on JDK 25, because the formatter parses with the compiler of the JDK it runs on, and Maven may
/// run on an older one.
///
/// Two things the formatter does badly are kept from it. It breaks a long `///` line into a comment and a stray word,
/// so it gets to see short stand-ins for these lines, and [Comments] wraps them. And it puts a `@Nullable` that opens a
/// declaration on a line of its own, away from the type it belongs to.
///
/// A stamp file remembers the last time all was well, so that a build reads only what has changed since.
///
/// What is wrong goes to the file `complaints`, beside the stamp. The build fails if it is there.
///
/// Arguments: `check` or `write`, the folder, a folder for the stamp and the complaints, and optionally the one file or
/// folder below the first to look at.
final class Format {
    private static final Set<String> SKIPPED = Set.of("target", ".git", ".mvn");

    private static final int WIDTH = 120;
    private static final Pattern MARKDOWN = Pattern.compile("(?m)(?<=^[ \\t]{0,80})(///.*)$");
    private static final Pattern STAND_IN = Pattern.compile("(?m)(?<=^[ \\t]{0,80})/// ?(\\d+)$");
    private static final Pattern LONE_NULLABLE = Pattern.compile("(?m)^( +)@Nullable\\n +(.*)$");

    private final Formatter formatter = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    public static void main(String[] arguments) throws IOException {
        var write = arguments[0].equals("write");
        var root = Path.of(arguments[1]);
        var stamp = Path.of(arguments[2]).resolve("stamp");
        var report = Path.of(arguments[2]).resolve("complaints");
        var start = Instant.now();
        var part = root.resolve(arguments.length > 3 ? arguments[3] : "").normalize();
        var files = changedFiles(root, stamp).stream()
                .filter(file -> file.normalize().startsWith(part))
                .toList();
        var format = new Format();
        var complaints = files.parallelStream()
                .map(file -> format.visit(root, file, write))
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        if (complaints.isEmpty()) {
            Files.deleteIfExists(report);
            if (part.equals(root.normalize())) {
                Files.writeString(stamp, "");
                Files.setLastModifiedTime(stamp, FileTime.from(start));
            }
        } else {
            complaints.forEach(complaint -> System.err.println("[ERROR] " + complaint));
            Files.write(report, complaints);
        }
    }

    /// Formats one file. Returns what is wrong with it, or null.
    private String visit(Path root, Path file, boolean write) {
        var name = root.relativize(file);
        try {
            var before = Files.readString(file);
            var after = format(before);
            if (before.equals(after)) {
                return null;
            }
            if (write) {
                Files.writeString(file, after);
                System.out.println("formatted " + name);
                return null;
            }
            return "%s:%d: not formatted".formatted(name, firstDifference(before, after));
        } catch (FormatterException | IOException failure) {
            return "%s: %s".formatted(name, failure.getMessage());
        }
    }

    private String format(String source) throws FormatterException {
        var imports = RemoveUnusedImports.removeUnusedImports(ImportOrderer.reorderImports(source, Style.PALANTIR));
        var comments = new ArrayList<String>();
        var shielded = MARKDOWN.matcher(imports).replaceAll(comment -> {
            comments.add(comment.group(1).stripTrailing());
            return "///" + (comments.size() - 1);
        });
        var formatted = STAND_IN.matcher(formatter.formatSource(shielded))
                .replaceAll(line -> Matcher.quoteReplacement(comments.get(Integer.parseInt(line.group(1)))));
        return new Comments(WIDTH).wrap(LONE_NULLABLE.matcher(formatted).replaceAll(Format::joinIfItFits));
    }

    private static String joinIfItFits(MatchResult match) {
        var joined = match.group(1) + "@Nullable " + match.group(2);
        return Matcher.quoteReplacement(joined.length() <= WIDTH ? joined : match.group());
    }

    private static int firstDifference(String before, String after) {
        var left = before.lines().toList();
        var right = after.lines().toList();
        for (var line = 0; line < Math.min(left.size(), right.size()); line++) {
            if (!left.get(line).equals(right.get(line))) {
                return line + 1;
            }
        }
        return Math.min(left.size(), right.size()) + 1;
    }

    private static List<Path> changedFiles(Path root, Path stamp) throws IOException {
        var since = newerThan(
                stamp, root.resolve("pom.xml"), root.resolve("build/Format.java"), root.resolve("build/Comments.java"));
        var files = new ArrayList<Path>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return SKIPPED.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")
                        && attributes.lastModifiedTime().compareTo(since) >= 0) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    /// The time of the stamp, or the beginning of time if there is none or a file which decides the layout is newer.
    private static FileTime newerThan(Path stamp, Path... deciders) throws IOException {
        var never = FileTime.fromMillis(0);
        if (!Files.exists(stamp)) {
            return never;
        }
        var time = Files.getLastModifiedTime(stamp);
        for (var decider : deciders) {
            if (Files.getLastModifiedTime(decider).compareTo(time) >= 0) {
                return never;
            }
        }
        return time;
    }
}
