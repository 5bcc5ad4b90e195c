package dev.caisson.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Programs started in the ways programs are started, each of which starts a worker that must find the same classes.
@Timeout(30)
final class WorkerPathTest {

    private static final Path LIBRARY = location(JvmCommand.class);
    private static final Path TESTS = location(TestWorker.class);
    private static final String PARENT = TestParent.class.getName();
    private static final String WORKER = TestWorker.class.getName();

    private final Path base;
    private Path start;

    WorkerPathTest(@TempDir Path base) {
        this.base = base;
        this.start = base;
    }

    @BeforeEach
    void resolveLinks() throws IOException {
        start = base.toRealPath();
    }

    @Test
    void makesRelativeEntriesAbsolute() throws Exception {
        var path = start.relativize(LIBRARY) + ":" + start.relativize(TESTS);

        assertThat(java("-cp", path, PARENT, WORKER, "property", "java.class.path")
                        .split(":"))
                .allMatch(entry -> Path.of(entry).isAbsolute() && Files.isDirectory(Path.of(entry)));
    }

    @Test
    void keepsTheWorkingDirectoryThatAnEmptyEntryMeans() throws Exception {
        assertThat(java("-cp", ":" + LIBRARY + ":" + TESTS, PARENT, WORKER, "property", "java.class.path"))
                .startsWith(start + ":");
    }

    @Test
    void followsTheClassPathOfAnExecutableJar() throws Exception {
        var manifest = manifest(Map.of(
                "Main-Class",
                PARENT,
                "Class-Path",
                LIBRARY.toUri() + " " + TESTS.toUri(),
                "Add-Opens",
                "java.base/java.lang"));
        writeJar(start.resolve("app.jar"), manifest, base.resolve("nothing"));

        assertThat(java("-jar", "app.jar", WORKER, "where"))
                .isEqualTo(TESTS.toUri().toURL().toString());
        assertThat(java("-jar", "app.jar", WORKER, "opened")).isEqualTo("true");
    }

    @Test
    void inheritsWhatCodeMayDo() throws Exception {
        var options = Files.writeString(start.resolve("options"), "--add-opens java.base/java.lang=ALL-UNNAMED");
        var path = LIBRARY + ":" + TESTS;

        assertThat(java("@" + options, "-cp", path, PARENT, WORKER, "opened")).isEqualTo("true");
        assertThat(java("-cp", path, PARENT, WORKER, "opened")).isEqualTo("false");
    }

    @Test
    void runsInTheModulesOfAModularProgram() throws Exception {
        var modules = Files.createDirectories(start.resolve("modules"));
        writeJar(
                modules.resolve("caisson.jar"), manifest(Map.of("Automatic-Module-Name", "dev.caisson.core")), LIBRARY);
        writeJar(modules.resolve("shipyard.jar"), manifest(Map.of()), compileShipyard(modules));

        assertThat(java(
                        "--add-exports=dev.caisson.core/dev.caisson.process=shipyard",
                        "--add-modules=java.sql",
                        "-p",
                        "modules",
                        "-m",
                        "shipyard/shipyard.Launch"))
                .isEqualTo("module shipyard, library in module dev.caisson.core, java.sql true, class path ''");
    }

    private Path compileShipyard(Path modules) throws IOException {
        var sources = Files.createDirectories(start.resolve("source"));
        Files.createDirectories(sources.resolve("shipyard"));
        Files.writeString(sources.resolve("module-info.java"), "module shipyard { requires dev.caisson.core; }");
        Files.writeString(sources.resolve("shipyard/Launch.java"), """
                package shipyard;
                import dev.caisson.process.*;
                import java.nio.file.Path;
                import java.util.*;
                public class Launch {
                    public static void main(String[] arguments) throws Exception {
                        var command = JvmCommand.of(files(), "shipyard.Hull")
                                .launch(Map.of(), Optional.of(Path.of("/")));
                        var worker = new ProcessBuilder(command.command()).directory(new java.io.File("/"));
                        System.exit(worker.inheritIO().start().waitFor());
                    }
                    static WorkerFolder files() {
                        var here = Path.of("").toAbsolutePath();
                        return new WorkerFolder(here, here, here);
                    }
                }
                """);
        Files.writeString(sources.resolve("shipyard/Hull.java"), """
                package shipyard;
                public class Hull {
                    public static void main(String[] arguments) {
                        System.out.print(Hull.class.getModule() + ", library in "
                                + dev.caisson.process.JvmCommand.class.getModule() + ", java.sql "
                                + ModuleLayer.boot().findModule("java.sql").isPresent() + ", class path '"
                                + System.getProperty("java.class.path") + "'");
                    }
                }
                """);
        var classes = start.resolve("classes");
        var arguments = List.of(
                "-d",
                classes.toString(),
                "-p",
                modules.toString(),
                "--add-exports=dev.caisson.core/dev.caisson.process=shipyard",
                sources.resolve("module-info.java").toString(),
                sources.resolve("shipyard/Launch.java").toString(),
                sources.resolve("shipyard/Hull.java").toString());
        var compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, OutputStream.nullOutputStream(), null, arguments.toArray(String[]::new)))
                .isZero();
        return classes;
    }

    private String java(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java", "-Djava.io.tmpdir=" + start, "-XX:+UseSerialGC"));
        command.addAll(Arrays.asList(arguments));
        var process = new ProcessBuilder(command)
                .directory(start.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(10, SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private static Manifest manifest(Map<String, String> attributes) {
        var manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        attributes.forEach(manifest.getMainAttributes()::putValue);
        return manifest;
    }

    private static void writeJar(Path jar, Manifest manifest, Path classes) throws IOException {
        try (var output = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            if (!Files.exists(classes)) {
                return;
            }
            try (var files = Files.walk(classes)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    output.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                    Files.copy(file, output);
                }
            }
        }
    }

    private static Path location(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
