package dev.caisson.cli;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.tools.JavaCompiler;

/// What a source file says of itself: its package, and the classes it declares.
///
/// @param packageName empty if there is none
/// @param classNames simple names of the top-level classes, in their order
record SourceHead(String packageName, List<String> classNames) {

    /// Reads a file as far as it can be; what is wrong with it is for the compilation to tell.
    static SourceHead of(JavaCompiler compiler, Path file) throws IOException {
        try (var files = compiler.getStandardFileManager(_ -> {}, null, StandardCharsets.UTF_8)) {
            var task = (JavacTask) compiler.getTask(
                    Writer.nullWriter(), files, _ -> {}, List.of(), null, files.getJavaFileObjects(file));
            for (var unit : task.parse()) {
                return of(unit);
            }
            return new SourceHead("", List.of());
        }
    }

    private static SourceHead of(CompilationUnitTree unit) {
        var named = unit.getPackageName();
        return new SourceHead(
                named == null ? "" : named.toString(),
                unit.getTypeDecls().stream()
                        .filter(ClassTree.class::isInstance)
                        .map(type -> ((ClassTree) type).getSimpleName().toString())
                        .toList());
    }

    /// The folder where the packages begin, if the file lies where its package says: other sources are found from
    /// there.
    Optional<Path> root(Path file) {
        var folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null || packageName.isEmpty()) {
            return Optional.ofNullable(folder);
        }
        var packages = Path.of("", packageName.split("\\."));
        if (!folder.endsWith(packages)) {
            return Optional.empty();
        }
        for (var i = 0; i < packages.getNameCount() && folder != null; i++) {
            folder = folder.getParent();
        }
        return Optional.ofNullable(folder);
    }

    /// Binary name of the class that the file is named after, or else of its only one.
    ///
    /// @throws WrongUsage if there is neither
    String mainClass(Path file) {
        var name = String.valueOf(file.getFileName()).replaceFirst("\\.java$", "");
        if (classNames.isEmpty()) {
            throw new WrongUsage(file + " declares no class. A target is a static method of one");
        }
        if (!classNames.contains(name) && classNames.size() > 1) {
            throw new WrongUsage(file + " declares the classes " + String.join(", ", classNames)
                    + ", and none is named after it. Name the file after the one that holds the method");
        }
        var main = classNames.contains(name) ? name : classNames.getFirst();
        return packageName.isEmpty() ? main : packageName + "." + main;
    }
}
