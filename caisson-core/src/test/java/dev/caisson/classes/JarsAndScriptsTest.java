package dev.caisson.classes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.ProcessPool;
import dev.caisson.testing.CompiledSource;
import dev.caisson.testing.MemoryLoader;
import dev.caisson.testing.Pools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Classes in jars that are on nobody's class path, in jars inside a jar, and in source files run by `java`.
@Tag("row-9")
class JarsAndScriptsTest {

    private static final Map<String, byte[]> LIBRARY = CompiledSource.of("lib.Greeting", """
                    package lib;
                    public record Greeting(String name) implements java.io.Serializable {
                        public String text() throws java.io.IOException {
                            try (var in = Greeting.class.getResourceAsStream("/greeting.txt")) {
                                return new String(in.readAllBytes()) + " " + name;
                            }
                        }
                    }
                    """);

    private static ProcessPool pool;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(1);
    }

    @Test
    void runsTasksOfAPlugInsJar(@TempDir Path folder) throws Exception {
        var file = Files.write(folder.resolve("plugin.jar"), jar(application()));

        try (var plugIn =
                new URLClassLoader(new URL[] {file.toUri().toURL()}, getClass().getClassLoader())) {
            assertThat(pool.submit(task(plugIn)).get()).isEqualTo("hello jar");
        }
    }

    @Test
    void runsTasksOfAJarInAJar(@TempDir Path folder) throws Exception {
        var outer = new HashMap<String, byte[]>();
        var inner = application();
        outer.put("BOOT-INF/lib/all.jar", jar(inner));
        var file = Files.write(folder.resolve("fat.jar"), jar(outer));
        var nested = MemoryLoader.of(Map.of());
        try (var fat = new JarFile(file.toFile());
                var in = new JarInputStream(fat.getInputStream(fat.getEntry("BOOT-INF/lib/all.jar")))) {
            for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                var ignored = nested.with(entry.getName(), in.readAllBytes());
            }
        }

        assertThat(pool.submit(task(nested)).get()).isEqualTo("hello jar");
    }

    @Test
    @Tag("F12")
    void runsTasksOfASourceFile(@TempDir Path folder) throws Exception {
        var script = Files.writeString(folder.resolve("Script.java"), """
                import dev.caisson.*;
                import java.util.*;
                record Answer(int value) implements java.io.Serializable {}
                public class Script {
                    static int twice(int n) { return 2 * n; }
                    public static void main(String[] arguments) throws Exception {
                        try (var pool = ProcessPool.create(1)) {
                            System.out.println(pool.submit(() -> new Answer(twice(21))).get());
                            System.out.println(pool.map(Script::twice, List.of(1, 2, 3)));
                        }
                    }
                }
                """);

        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        script.toString())
                .redirectErrorStream(true)
                .start();
        try {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(output).contains("Answer[value=42]").contains("[2, 4, 6]");
        } finally {
            process.destroyForcibly();
        }
    }

    @SuppressWarnings("unchecked") // the test knows
    private static Callable<String> task(ClassLoader loader) throws ReflectiveOperationException {
        return (Callable<String>)
                loader.loadClass("app.Job").getDeclaredConstructor().newInstance();
    }

    private static Map<String, byte[]> application() {
        var files = new HashMap<String, byte[]>();
        CompiledSource.of(
                        "lib.Greeting",
                        "package lib; public record Greeting(String name) { public String text() throws java.io.IOException { return null; } }",
                        "app.Job",
                        """
                package app;
                public class Job implements java.util.concurrent.Callable<String>, java.io.Serializable {
                    public String call() throws Exception { return new lib.Greeting("jar").text(); }
                }
                """)
                .forEach((name, bytes) -> files.put(name.replace('.', '/') + ".class", bytes));
        LIBRARY.forEach((name, bytes) -> files.put(name.replace('.', '/') + ".class", bytes));
        files.put("greeting.txt", "hello".getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private static byte[] jar(Map<String, byte[]> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                jar.putNextEntry(new JarEntry(file.getKey()));
                jar.write(file.getValue());
                jar.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
