package dev.caisson.house;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The files of this repository, without what is built from them.
final class SourceTree {
    private static final Set<String> NOT_SOURCES = Set.of("target", ".git", ".mvn");

    private final Path root;

    private SourceTree(Path root) {
        this.root = root;
    }

    /// Starts where the build says the root is, or, when a test is run by hand, at the nearest folder above that holds
    /// the wrapper.
    static SourceTree find() {
        var told = System.getProperty("caisson.root");
        if (told != null) {
            return new SourceTree(Path.of(told));
        }
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("mvnw"))) {
                return new SourceTree(folder);
            }
        }
        throw new IllegalStateException(
                "No folder with mvnw above " + Path.of("").toAbsolutePath());
    }

    Path root() {
        return root;
    }

    List<Path> filesEndingWith(String suffix) throws IOException {
        var files = new ArrayList<Path>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_SOURCES.contains(nameOf(folder)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (nameOf(file).endsWith(suffix)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static String nameOf(Path path) {
        var name = path.getFileName();
        return name == null ? "" : name.toString();
    }
}
