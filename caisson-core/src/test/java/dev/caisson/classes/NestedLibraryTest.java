package dev.caisson.classes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.ProcessPool;
import dev.caisson.testing.CompiledSource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A program whose class loader has the library from a jar inside a jar, as that of an executable Spring Boot jar.
class NestedLibraryTest {

    /// Loads all classes by itself, and tells a place that is no file.
    private static final String LAUNCHER = """
            package boot;
            import java.net.*;
            import java.nio.file.*;
            import java.security.*;
            import java.security.cert.Certificate;
            import java.util.*;
            public class Launcher extends ClassLoader {
                private final List<Path> folders;
                private final ProtectionDomain domain;
                Launcher(List<Path> folders) throws Exception {
                    super(getPlatformClassLoader());
                    this.folders = folders;
                    var handler = new URLStreamHandler() {
                        protected URLConnection openConnection(URL url) { throw new UnsupportedOperationException(); }
                    };
                    var place = URL.of(URI.create("jar:nested:/app.jar/!BOOT-INF/lib/caisson-core.jar!/"), handler);
                    domain = new ProtectionDomain(new CodeSource(place, (Certificate[]) null), null, this, null);
                }
                protected Class<?> findClass(String name) throws ClassNotFoundException {
                    try {
                        var bytes = Files.readAllBytes(find(name.replace('.', '/') + ".class").orElseThrow());
                        return defineClass(name, bytes, 0, bytes.length, domain);
                    } catch (Exception e) {
                        throw new ClassNotFoundException(name, e);
                    }
                }
                protected URL findResource(String name) {
                    try {
                        return find(name).isEmpty() ? null : find(name).get().toUri().toURL();
                    } catch (MalformedURLException e) {
                        throw new IllegalStateException(e);
                    }
                }
                protected Enumeration<URL> findResources(String name) {
                    var found = findResource(name);
                    return found == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(found));
                }
                private Optional<Path> find(String name) {
                    return folders.stream().map(folder -> folder.resolve(name)).filter(Files::isRegularFile).findFirst();
                }
                public static void main(String[] arguments) throws Exception {
                    var loader = new Launcher(Arrays.stream(arguments).map(Path::of).toList());
                    Thread.currentThread().setContextClassLoader(loader);
                    loader.loadClass("app.Main").getMethod("main").invoke(null);
                }
            }
            """;

    private static final String PROGRAM = """
            package app;
            import dev.caisson.*;
            import java.util.List;
            public class Main {
                record Answer(int value) implements java.io.Serializable {}
                public static void main() throws Exception {
                    try (var pool = ProcessPool.create(1)) {
                        System.out.println(pool.submit(() -> new Answer(42)).get());
                        System.out.println(pool.map(number -> 2 * number, List.of(1, 2, 3)));
                    }
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void startsWorkersWithACopyOfTheLibrary() throws Exception {
        compile("boot.Launcher", LAUNCHER, "boot");
        compile("app.Main", PROGRAM, "app");

        assertThat(run()).containsExactly("Answer[value=42]", "[2, 4, 6]");

        var copy = onlyFileOf(folder.resolve("cache/caisson"));
        assertThat(copy.getFileName().toString()).matches("caisson-core-[0-9a-f]+\\.jar");
        Files.writeString(copy, "not what it was");

        assertThat(run()).containsExactly("Answer[value=42]", "[2, 4, 6]");
        assertThat(onlyFileOf(folder.resolve("cache/caisson"))).isEqualTo(copy);
    }

    private void compile(String name, String source, String into) throws IOException {
        for (var type : CompiledSource.of(name, source).entrySet()) {
            var file = folder.resolve(into).resolve(type.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, type.getValue());
        }
    }

    private List<String> run() throws Exception {
        var library = Path.of(URI.create(ProcessPool.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder.resolve("boot").toString(),
                        "boot.Launcher",
                        folder.resolve("app").toString(),
                        library.toString())
                .redirectErrorStream(true);
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        var process = builder.start();
        try {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return output.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path onlyFileOf(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            var all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }
}
