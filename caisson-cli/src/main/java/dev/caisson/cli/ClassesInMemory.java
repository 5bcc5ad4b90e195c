package dev.caisson.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;

/// Where the compiler puts classes. Not into a folder, for a compilation can't be stopped: it would go on to write
/// there when a signal has ended this process and the folder is removed.
final class ClassesInMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {

    private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

    private final StringBuilder illegible;

    private ClassesInMemory(StandardJavaFileManager files, StringBuilder illegible) {
        super(files);
        this.illegible = illegible;
    }

    static ClassesInMemory of(JavaCompiler compiler) {
        var illegible = new StringBuilder();
        return new ClassesInMemory(
                compiler.getStandardFileManager(
                        error -> illegible.append(error).append('\n'), null, StandardCharsets.UTF_8),
                illegible);
    }

    /// Messages on sources that are no text in UTF-8, in lines; empty if all are.
    String illegible() {
        return illegible.toString();
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
        var bytes = new ByteArrayOutputStream();
        var name = className.replace('.', '/') + kind.extension;
        classes.put(name, bytes);
        return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
            @Override
            public OutputStream openOutputStream() {
                return bytes;
            }
        };
    }

    /// A source file, for the compiler to read.
    Iterable<? extends JavaFileObject> source(Path file) {
        return fileManager.getJavaFileObjects(file);
    }

    /// Writes them as the class path needs them.
    void writeTo(Path folder) throws IOException {
        for (var entry : classes.entrySet()) {
            var file = folder.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue().toByteArray());
        }
    }
}
