package dev.caisson.spi;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything that is needed to start one worker process.
///
/// @param command program and arguments; unmodifiable
/// @param environment all variables of the process, not only those that differ from this process's; unmodifiable
/// @param workingDirectory the folder it starts in
public record LaunchCommand(List<String> command, Map<String, String> environment, Path workingDirectory) {

    /// Copies the collections and refuses a command without a program.
    public LaunchCommand {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("A launch command needs at least the program to start, but is empty");
        }
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        workingDirectory = workingDirectory.toAbsolutePath();
    }
}
