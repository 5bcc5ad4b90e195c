package dev.caisson.process;

import dev.caisson.ByteSize;
import dev.caisson.spi.LaunchCommand;
import java.io.IOException;
import java.nio.file.Path;
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

    /// Copies the lists, and refuses a folder that holds no `bin/java`.
    public JvmCommand {
        launchPrefix = List.copyOf(launchPrefix);
        jvmOptions = List.copyOf(jvmOptions);
        classPath = List.copyOf(classPath);
        arguments = List.copyOf(arguments);
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

    /// Program and arguments. A long class path goes into an argument file in the folder, once for all workers.
    ///
    /// @return unmodifiable
    /// @throws IOException if the argument file can't be written
    public List<String> line() throws IOException {
        return List.of("java");
    }

    /// Everything that a launcher needs.
    ///
    /// @param environment variables to add to this process's own
    /// @param workingDirectory where it starts; empty for this process's own
    /// @return the command
    /// @throws IOException if the argument file can't be written
    public LaunchCommand launch(Map<String, String> environment, Optional<Path> workingDirectory) throws IOException {
        return new LaunchCommand(line(), environment, workingDirectory.orElse(Path.of("")));
    }
}
