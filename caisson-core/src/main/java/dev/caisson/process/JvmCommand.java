package dev.caisson.process;

import dev.caisson.ByteSize;
import dev.caisson.Sandbox;
import dev.caisson.spi.LaunchCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How to start a worker JVM: from what the user set to a command line.
///
/// @param javaHome the JDK or runtime it runs on
/// @param launchPrefix what stands before the JVM's command, such as `nice -n 10`
/// @param sandbox what the JVM runs in; its own prefix stands after the other
/// @param jvmOptions the user's options; they win over the library's own
/// @param inheritsProperties whether it gets the system properties and assertions of this JVM's command line
/// @param maxHeap largest heap; empty for the JVM's own choice
/// @param classPath class path of the worker; empty for this process's own
/// @param files where argument files, crash reports and temporary files go
/// @param mainClass name of the class to run
/// @param arguments what it is given
public record JvmCommand(
        Path javaHome,
        List<String> launchPrefix,
        Sandbox sandbox,
        List<String> jvmOptions,
        boolean inheritsProperties,
        Optional<ByteSize> maxHeap,
        List<Path> classPath,
        WorkerFolder files,
        String mainClass,
        List<String> arguments) {

    /// Where programs look for the folder for temporary files.
    private static final String TEMPORARY = "TMPDIR";

    /// Longer ones fill the process list, and on some systems exceed what a command may have.
    private static final int INLINE_CHARACTERS = 4 * 1024;

    /// Copies the lists, and refuses a folder that holds no `bin/java`.
    public JvmCommand {
        launchPrefix = List.copyOf(launchPrefix);
        jvmOptions = List.copyOf(jvmOptions);
        classPath = List.copyOf(classPath);
        arguments = List.copyOf(arguments);
        if (!Files.isExecutable(program(javaHome))) {
            throw new IllegalArgumentException("The Java home " + javaHome.toAbsolutePath() + " holds no program "
                    + program(javaHome).getFileName() + " in its folder bin: give the folder of a JDK or runtime, such "
                    + "as " + System.getProperty("java.home"));
        }
    }

    /// The command with all defaults.
    ///
    /// @param files where its files go
    /// @param mainClass name of the class to run
    /// @return a command on this process's JDK, class path and options
    public static JvmCommand of(WorkerFolder files, String mainClass) {
        return new JvmCommand(
                Path.of(System.getProperty("java.home")),
                List.of(),
                Sandbox.NONE,
                List.of(),
                true,
                Optional.empty(),
                List.of(),
                files,
                mainClass,
                List.of());
    }

    /// The same command with other arguments: what differs among the workers of a pool.
    ///
    /// @param changed what the main class is given
    /// @return the changed copy
    public JvmCommand withArguments(String... changed) {
        return new JvmCommand(
                javaHome,
                launchPrefix,
                sandbox,
                jvmOptions,
                inheritsProperties,
                maxHeap,
                classPath,
                files,
                mainClass,
                List.of(changed));
    }

    /// Everything that a launcher needs, with this process's environment, of which only debugger and JMX ports are left
    /// out.
    ///
    /// @param added variables besides these
    /// @param workingDirectory where it starts; empty for this process's own
    /// @return the command
    /// @throws IOException if the argument file can't be written, or workers could not load the library itself
    public LaunchCommand launch(Map<String, String> added, Optional<Path> workingDirectory) throws IOException {
        var environment = new HashMap<>(System.getenv());
        InheritedOptions.clean(environment);
        environment.put(TEMPORARY, files.temporary().toString());
        environment.putAll(added);
        return command(environment, workingDirectory);
    }

    /// As [#launch(Map, Optional)], with nothing of this process's environment.
    ///
    /// @param only all variables but that of the folder for temporary files
    public LaunchCommand launchOnlyWith(Map<String, String> only, Optional<Path> workingDirectory) throws IOException {
        var environment = new HashMap<String, String>();
        environment.put(TEMPORARY, files.temporary().toString());
        environment.putAll(only);
        return command(environment, workingDirectory);
    }

    /// A long class path goes into an argument file in the worker's folder: neighbours have no business with it.
    private LaunchCommand command(Map<String, String> environment, Optional<Path> workingDirectory) throws IOException {
        var path = WorkerPath.of(classPath, mainClass, inheritsProperties, files.pool());
        var options = brief(path.options());
        var directory = workingDirectory.orElse(Path.of("")).toAbsolutePath();
        var line = new ArrayList<>(launchPrefix);
        line.addAll(sandboxPrefix(Stream.concat(path.options().stream(), options.stream()), directory));
        line.add(program(javaHome).toString());
        line.addAll(JvmDefaults.options(maxHeap, jvmOptions, environment, files));
        line.addAll(options);
        line.addAll(jvmOptions);
        line.addAll(path.main());
        line.addAll(arguments);
        return new LaunchCommand(line, environment, directory);
    }

    private List<String> sandboxPrefix(Stream<String> pathOptions, Path directory) throws IOException {
        if (sandbox.level() == Sandbox.Level.NONE) {
            return List.of();
        }
        var search = SandboxTool.find(sandbox.level());
        var tool = search.tool().orElseThrow(() -> new IOException(search.refusal()));
        var needed = new ArrayList<Path>();
        needed.add(javaHome.toAbsolutePath());
        needed.addAll(
                OptionPaths.of(Stream.concat(pathOptions, jvmOptions.stream()).toList()));
        return new SandboxPrefix(tool, sandbox).of(new SandboxPrefix.View(files, needed, directory));
    }

    private List<String> brief(List<String> options) throws IOException {
        var characters = options.stream().mapToInt(String::length).sum();
        return characters <= INLINE_CHARACTERS ? options : List.of(ArgumentFile.write(files.path(), options));
    }

    private static Path program(Path javaHome) {
        var name = File.separatorChar == '/' ? "java" : "java.exe";
        return javaHome.toAbsolutePath().resolve("bin").resolve(name);
    }
}
