package dev.caisson.process;

import dev.caisson.ByteSize;
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

/// How to start a worker JVM: from what the user set to a command line.
///
/// @param javaHome the JDK or runtime it runs on
/// @param launchPrefix what stands before the JVM's command, such as `nice -n 10`
/// @param jvmOptions the user's options; they win over the library's own
/// @param maxHeap largest heap; empty for the JVM's own choice
/// @param classPath class path of the worker; empty for this process's own
/// @param folder the pool's folder, for argument files and crash reports
/// @param mainClass name of the class to run
/// @param arguments what it is given
public record JvmCommand(
        Path javaHome,
        List<String> launchPrefix,
        List<String> jvmOptions,
        Optional<ByteSize> maxHeap,
        List<Path> classPath,
        Path folder,
        String mainClass,
        List<String> arguments) {

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
    /// @param folder the pool's folder
    /// @param mainClass name of the class to run
    /// @return a command on this process's JDK, class path and options
    public static JvmCommand of(Path folder, String mainClass) {
        return new JvmCommand(
                Path.of(System.getProperty("java.home")),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                folder,
                mainClass,
                List.of());
    }

    /// The same command with other arguments: what differs among the workers of a pool.
    ///
    /// @param changed what the main class is given
    /// @return the changed copy
    public JvmCommand withArguments(String... changed) {
        return new JvmCommand(
                javaHome, launchPrefix, jvmOptions, maxHeap, classPath, folder, mainClass, List.of(changed));
    }

    /// Everything that a launcher needs. A long class path goes into an argument file in the folder, once for all
    /// workers.
    ///
    /// @param added variables of the environment, besides this process's own, of which only debugger and JMX ports are
    ///     left out
    /// @param workingDirectory where it starts; empty for this process's own
    /// @return the command
    /// @throws IOException if the argument file can't be written, or workers could not load the library itself
    public LaunchCommand launch(Map<String, String> added, Optional<Path> workingDirectory) throws IOException {
        var environment = new HashMap<>(System.getenv());
        InheritedOptions.clean(environment);
        environment.putAll(added);

        var path = WorkerPath.of(classPath, mainClass);
        var line = new ArrayList<>(launchPrefix);
        line.add(program(javaHome).toString());
        line.addAll(JvmDefaults.options(maxHeap, jvmOptions, environment, folder));
        line.addAll(brief(path.options()));
        line.addAll(jvmOptions);
        line.addAll(path.main());
        line.addAll(arguments);
        return new LaunchCommand(line, environment, workingDirectory.orElse(Path.of("")));
    }

    private List<String> brief(List<String> options) throws IOException {
        var characters = options.stream().mapToInt(String::length).sum();
        return characters <= INLINE_CHARACTERS ? options : List.of(ArgumentFile.write(folder, options));
    }

    private static Path program(Path javaHome) {
        var name = File.separatorChar == '/' ? "java" : "java.exe";
        return javaHome.toAbsolutePath().resolve("bin").resolve(name);
    }
}
