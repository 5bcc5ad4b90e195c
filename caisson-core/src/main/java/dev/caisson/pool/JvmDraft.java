package dev.caisson.pool;

import dev.caisson.Compilation;
import dev.caisson.Sandbox;
import dev.caisson.process.LocalLauncher;
import dev.caisson.process.SandboxTool;
import dev.caisson.settings.PoolSettings;
import dev.caisson.spi.WorkerLauncher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a builder was told about the worker JVMs, unchecked. Not thread-safe.
final class JvmDraft {

    private static final WorkerLauncher LOCAL = new LocalLauncher();

    final List<String> options = new ArrayList<>();
    final Map<String, String> environment = new LinkedHashMap<>();
    final List<Path> classPath = new ArrayList<>();
    List<String> launchPrefix = List.of();
    Sandbox sandbox = Sandbox.NONE;
    boolean inheritsEnvironment = true;
    WorkerLauncher launcher = LOCAL;

    Compilation compilation = Compilation.ADAPTIVE;
    boolean inheritsProperties = true;
    boolean endsOnSignal;

    @Nullable String maxHeap;

    @Nullable Path workingDirectory;

    Path home = Path.of(System.getProperty("java.home"));

    PoolSettings.Jvm checked(Complaints wrong) {
        wrong.unless(
                Files.isExecutable(home.resolve("bin").resolve("java"))
                        || Files.isExecutable(home.resolve("bin").resolve("java.exe")),
                "javaHome is " + home + ", which holds no bin/java");
        wrong.unless(
                workingDirectory == null || Files.isDirectory(workingDirectory),
                "workingDirectory is " + workingDirectory + ", which is no directory");
        checkSandbox(wrong);
        return new PoolSettings.Jvm(
                home,
                launchPrefix,
                sandbox,
                launcher,
                compilation,
                List.copyOf(options),
                inheritsProperties,
                wrong.size("maxHeap", maxHeap),
                List.copyOf(classPath),
                Map.copyOf(environment),
                inheritsEnvironment,
                Optional.ofNullable(workingDirectory),
                endsOnSignal);
    }

    private void checkSandbox(Complaints wrong) {
        if (sandbox.level() == Sandbox.Level.NONE) {
            return;
        }
        for (var path : sandbox.readablePaths()) {
            wrong.unless(Files.exists(path), "sandbox: readable(" + path + ") doesn't exist");
        }
        for (var path : sandbox.writablePaths()) {
            wrong.unless(Files.exists(path), "sandbox: writable(" + path + ") doesn't exist");
        }
        var search = SandboxTool.find(sandbox.level());
        wrong.unless(search.tool().isPresent(), search.refusal());
    }
}
