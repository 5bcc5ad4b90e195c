package dev.caisson.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Classes compiled a moment ago, against the test's class path, and kept in memory.
public final class CompiledSource {

    private CompiledSource() {}

    /// Compiles source files.
    ///
    /// @param sources pairs of a class name and its source
    /// @return the bytes of all classes by their binary names
    public static Map<String, byte[]> of(String... sources) {
        var files = new ArrayList<JavaFileObject>();
        for (int i = 0; i < sources.length; i += 2) {
            files.add(new Source(sources[i], sources[i + 1]));
        }
        return compile(files);
    }

    private static Map<String, byte[]> compile(List<JavaFileObject> files) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var complaints = new StringWriter();
        try (var memory = new Memory(compiler.getStandardFileManager(null, null, null))) {
            var options = List.of("-proc:none", "-cp", System.getProperty("java.class.path"));
            if (!compiler.getTask(complaints, memory, null, options, null, files)
                    .call()) {
                throw new AssertionError("The test's own source doesn't compile: " + complaints);
            }
            var classes = new LinkedHashMap<String, byte[]>();
            memory.written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        } catch (IOException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, ByteArrayOutputStream> written = new LinkedHashMap<>();

        Memory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    var bytes = new ByteArrayOutputStream();
                    written.put(name, bytes);
                    return bytes;
                }
            };
        }
    }
}
