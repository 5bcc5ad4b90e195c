package dev.caisson.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the build of `caisson-examples` left in its target folder: documents, classes and their libraries.
///
/// @param target that folder
record ExampleBuild(Path target) {

    private static final String WAY_OUT = " The 'caisson' script at the root of the repository builds and finds them;"
            + " or give --documents and --class-path";

    /// Finds it below the root of the repository, which the launcher script tells.
    ///
    /// @throws WrongUsage if nothing was built
    static ExampleBuild in(Optional<Path> root) {
        var target = root.map(folder -> folder.resolve("caisson-examples").resolve("target"))
                .orElseThrow(() -> new WrongUsage("It is not known where the examples are." + WAY_OUT));
        if (!Files.isDirectory(target)) {
            throw new WrongUsage("The examples are not built: there is no folder " + target + "." + WAY_OUT);
        }
        return new ExampleBuild(target);
    }

    /// The folder of the documents.
    Path documents() {
        return target.resolve("documents");
    }

    /// What workers need to run the examples.
    List<Path> classPath() {
        var entries = new ArrayList<>(jars(target, "caisson-examples-"));
        if (entries.isEmpty()) {
            throw new WrongUsage("The examples are not built: there is no jar of them in " + target + "." + WAY_OUT);
        }
        entries.addAll(jars(target.resolve("lib"), ""));
        return entries;
    }

    /// All files of a folder and its folders, those of `hostile` spread evenly among the others: at the beginning they
    /// would leave no worker for the rest.
    ///
    /// @throws WrongUsage if there is none
    static List<String> documentsOf(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new WrongUsage("There is no folder of documents " + folder.toAbsolutePath() + "." + WAY_OUT);
        }
        try (var walk = Files.walk(folder)) {
            var files = walk.filter(Files::isRegularFile).sorted().toList();
            if (files.isEmpty()) {
                throw new WrongUsage("The folder " + folder.toAbsolutePath() + " is empty." + WAY_OUT);
            }
            var hostile = folder.resolve("hostile");
            return spread(
                    files.stream()
                            .filter(file -> file.startsWith(hostile))
                            .map(Path::toString)
                            .toList(),
                    files.stream()
                            .filter(file -> !file.startsWith(hostile))
                            .map(Path::toString)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("The documents can't be listed", e);
        }
    }

    private static List<String> spread(List<String> few, List<String> many) {
        var all = new ArrayList<>(many);
        for (var i = 0; i < few.size(); i++) {
            // After each insertion the places behind it are one further on.
            all.add((int) ((long) many.size() * i / few.size()) + i, few.get(i));
        }
        return all;
    }

    private static List<Path> jars(Path folder, String prefix) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)
                            && file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new WrongUsage("The examples are not built: " + folder + " can't be read: " + e + "." + WAY_OUT);
        }
    }
}
