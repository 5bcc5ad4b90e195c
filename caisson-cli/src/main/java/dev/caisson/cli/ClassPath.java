package dev.caisson.cli;

import dev.caisson.ProcessPool;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// Class paths as the `java` command reads them.
final class ClassPath {

    private ClassPath() {}

    /// Reads entries separated by the system's path separator; `folder/*` stands for the jars of a folder.
    ///
    /// @throws WrongUsage if an entry is not there
    static List<Path> parse(String text) {
        var entries = new ArrayList<Path>();
        for (var entry : text.split(File.pathSeparator, -1)) {
            if (entry.equals("*") || entry.endsWith("/*") || entry.endsWith(File.separator + "*")) {
                entries.addAll(jars(Path.of(entry.equals("*") ? "." : entry.substring(0, entry.length() - 2))));
            } else {
                entries.add(existing(Path.of(entry.isEmpty() ? "." : entry)));
            }
        }
        return List.copyOf(entries);
    }

    /// The class path to use: what the user gave, or else what `java` would take, the environment's or this folder.
    static List<Path> of(@Nullable String given) {
        if (given != null) {
            return parse(given);
        }
        return Optional.ofNullable(System.getenv("CLASSPATH"))
                .filter(text -> !text.isBlank())
                .map(ClassPath::parse)
                .orElse(List.of(Path.of("").toAbsolutePath()));
    }

    /// Where this program's own classes are: the worker needs [TargetCall], and none of this program's libraries.
    static Path own() {
        return placeOf(TargetCall.class);
    }

    /// Where the library's classes are, which targets may use. Workers have them without being told.
    static Path library() {
        return placeOf(ProcessPool.class);
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of " + type + " is no path", e);
        }
    }

    private static List<Path> jars(Path folder) {
        try (var files = Files.list(existing(folder))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .map(file -> readable(file.toAbsolutePath()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new WrongUsage("The folder " + folder + " of the class path can't be read: " + e);
        }
    }

    private static Path existing(Path entry) {
        if (Files.notExists(entry)) {
            throw new WrongUsage("The class path has " + entry + ", but there is no such file or folder"
                    + (entry.isAbsolute() ? "" : " in " + Path.of("").toAbsolutePath()));
        }
        return readable(entry.toAbsolutePath().normalize());
    }

    /// The JVM passes over what it can't read, and then misses classes.
    private static Path readable(Path entry) {
        try (var _ = Files.isDirectory(entry) ? Files.newDirectoryStream(entry) : new ZipFile(entry.toFile())) {
            return entry;
        } catch (IOException e) {
            throw new WrongUsage("The class path has " + entry + ", which can't be read: "
                    + (Files.isReadable(entry) ? Reason.of(e) : "no permission")
                    + ". An entry is a folder of classes or a jar");
        }
    }
}
