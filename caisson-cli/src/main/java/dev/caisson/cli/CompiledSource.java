package dev.caisson.cli;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/// A source file's classes, compiled into a private temporary folder that [#close()] removes, or else the end of this
/// process, if a signal ends it.
final class CompiledSource implements AutoCloseable {

    private final OwnedFolder folder;
    private final Thread atExit = new Thread(this::delete, "caisson-target-delete");

    /// Found out by the compilation. Guarded by this.
    private String className = "";

    /// From here on the folder goes, even if a signal ends the process.
    private CompiledSource(OwnedFolder folder) {
        this.folder = folder;
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
        try {
            OwnedFolder.sweep();
            var source = new CompiledSource(OwnedFolder.create());
            try {
                source.fill(file, classPath);
                return source;
            } catch (IOException | RuntimeException e) {
                source.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder for compiled classes can't be used", e);
        }
    }

    /// Whoever deletes the folder meanwhile waits: the compiler would go on to write into it.
    private synchronized void fill(Path file, List<Path> classPath) throws IOException {
        var compiler = compiler(file);
        var head = SourceHead.of(compiler, file);
        compile(compiler, file, head, classPath, folder.path());
        className = head.mainClass(file);
    }

    /// A class path with these classes in front.
    List<Path> before(List<Path> classPath) {
        return Stream.concat(Stream.of(folder.path()), classPath.stream()).toList();
    }

    /// Binary name of the class that the file is named after.
    synchronized String className() {
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

    private static void compile(JavaCompiler compiler, Path file, SourceHead head, List<Path> classPath, Path folder)
            throws IOException {
        var messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var options = new ArrayList<>(List.of(
                    "-d", folder.toString(), "--class-path", joined(classPath), "-proc:none", "-implicit:class", "-g"));
            head.root(file).ifPresent(root -> options.addAll(List.of("--source-path", root.toString())));
            var compiled = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
                    .call();
            if (!compiled) {
                throw new WrongUsage(
                        file + " doesn't compile:\n" + messages.toString().strip());
            }
        }
    }

    private static String joined(List<Path> classPath) {
        return Stream.concat(classPath.stream(), Stream.of(ClassPath.library()))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
