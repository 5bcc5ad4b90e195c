package dev.caisson.cli;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// A source file's classes, compiled into a private temporary folder that [#close()] removes, or else the end of this
/// process, if a signal ends it.
final class CompiledSource implements AutoCloseable {

    private static final int MOST_LINES = 40;
    private static final int WIDEST = 300;

    private final String className;
    private final Thread atExit = new Thread(this::delete, "caisson-target-delete");

    // Guarded by this.
    private @Nullable OwnedFolder folder;
    private boolean deleted;

    /// From here on no folder stays behind, even if a signal ends the process.
    ///
    /// @param className see [#className()]
    /// @throws IllegalStateException if the process ends right now
    CompiledSource(String className) {
        this.className = className;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /// Compiles a file.
    ///
    /// @param classPath what the file may use
    /// @throws WrongUsage with the compiler's messages if it doesn't compile
    static CompiledSource compile(Path file, List<Path> classPath) {
        if (!Files.isRegularFile(file)) {
            throw new WrongUsage("There is no file " + file.toAbsolutePath()
                    + ". A target that ends in .java names a source file; a class is named without .java");
        }
        var compiler = compiler(file);
        try (var classes = ClassesInMemory.of(compiler)) {
            OwnedFolder.sweep();
            var head = SourceHead.of(compiler, file);
            compile(compiler, file, head, classPath, classes);
            var source = new CompiledSource(head.mainClass(file));
            try {
                source.fill(classes);
                return source;
            } catch (IOException | RuntimeException e) {
                source.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder for compiled classes can't be used", e);
        }
    }

    /// Makes the folder and puts the classes into it.
    ///
    /// @throws IllegalStateException if the process ends right now
    synchronized void fill(ClassesInMemory classes) throws IOException {
        if (deleted) {
            throw new IllegalStateException("The process ends while it starts");
        }
        folder = OwnedFolder.create();
        classes.writeTo(folder.path());
    }

    /// A class path with these classes in front.
    synchronized List<Path> before(List<Path> classPath) {
        return Stream.concat(Stream.ofNullable(folder).map(OwnedFolder::path), classPath.stream())
                .toList();
    }

    /// Binary name of the class that the file is named after.
    String className() {
        return className;
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process ends right now, and the hook finds nothing left to do.
            return;
        }
    }

    private synchronized void delete() {
        deleted = true;
        if (folder == null) {
            return;
        }
        try {
            folder.delete();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder.path() + " of compiled classes can't be removed", e);
        }
    }

    private static JavaCompiler compiler(Path file) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new WrongUsage(
                    "The Java runtime in " + System.getProperty("java.home") + " has no compiler, so " + file
                            + " can't be compiled. Run caisson with a JDK, or compile the file first and name its class");
        }
        return compiler;
    }

    private static void compile(
            JavaCompiler compiler, Path file, SourceHead head, List<Path> classPath, ClassesInMemory classes) {
        var messages = new StringWriter();
        // The sources that lie beside it are newer than their classes in the mind of whoever runs the source.
        var options = new ArrayList<>(
                List.of("--class-path", joined(classPath), "-proc:none", "-implicit:class", "-Xprefer:source", "-g"));
        head.root(file).ifPresent(root -> options.addAll(List.of("--source-path", root.toString())));
        var compiled = compiler.getTask(messages, classes, null, options, null, classes.source(file))
                .call();
        if (!compiled || !classes.illegible().isEmpty()) {
            throw new WrongUsage(file + " doesn't compile:\n" + shortened(classes.illegible() + messages));
        }
    }

    /// The first of the compiler's messages, fit for a terminal: of a file that is no source there are hundreds.
    private static String shortened(String messages) {
        var lines = messages.lines()
                .map(line -> Printable.of(line.length() > WIDEST ? line.substring(0, WIDEST) + "…" : line))
                .toList();
        return String.join("\n", lines.subList(0, Math.min(MOST_LINES, lines.size())))
                + (lines.size() > MOST_LINES ? "\n… and " + (lines.size() - MOST_LINES) + " more lines" : "");
    }

    private static String joined(List<Path> classPath) {
        return Stream.concat(classPath.stream(), Stream.of(ClassPath.library()))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
