package dev.caisson.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarFile;

/// The files and folders that options of the `java` command name: what a JVM must be able to read to start.
final class OptionPaths {

    private static final Set<String> PATH_FOLLOWS =
            Set.of("-cp", "-classpath", "--class-path", "-p", "--module-path", "--upgrade-module-path");

    /// Those that hold a path, up to the next `=`.
    private static final List<String> BEFORE_PATH = List.of(
            "@",
            "-javaagent:",
            "-agentpath:",
            "-XX:AOTCache=",
            "-XX:SharedArchiveFile=",
            "-Djava.library.path=",
            "-Djava.security.manager.policy=",
            "-Djavax.net.ssl.trustStore=",
            "-Dlog4j.configurationFile=");

    private OptionPaths() {}

    /// Finds them, and what the manifests of jars among them name in turn.
    ///
    /// @return absolute; also such as do not exist
    static Set<Path> of(List<String> options) {
        var found = new LinkedHashSet<Path>();
        for (int index = 0; index < options.size(); index++) {
            var option = options.get(index);
            if (PATH_FOLLOWS.contains(option) && index + 1 < options.size()) {
                addAll(options.get(++index), found);
            } else {
                BEFORE_PATH.stream()
                        .filter(option::startsWith)
                        .forEach(
                                start -> addAll(option.substring(start.length()).split("=", 2)[0], found));
            }
        }
        return found;
    }

    private static void addAll(String path, Set<Path> found) {
        Arrays.stream(path.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().normalize())
                .forEach(entry -> add(entry, found));
    }

    private static void add(Path entry, Set<Path> found) {
        if (found.add(entry) && entry.toString().endsWith(".jar") && Files.isRegularFile(entry)) {
            namedByManifest(entry).forEach(named -> add(named, found));
        }
    }

    private static List<Path> namedByManifest(Path jar) {
        var named = new ArrayList<Path>();
        try (var file = new JarFile(jar.toFile())) {
            var manifest = file.getManifest();
            var path = manifest == null ? null : manifest.getMainAttributes().getValue("Class-Path");
            for (var entry : Objects.requireNonNullElse(path, "").split(" ", -1)) {
                if (!entry.isEmpty()) {
                    named.add(Path.of(jar.toUri().resolve(entry)).normalize());
                }
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            // The worker will not read it either.
        }
        return named;
    }
}
