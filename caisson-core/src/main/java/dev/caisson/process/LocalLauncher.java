package dev.caisson.process;

import dev.caisson.spi.LaunchCommand;
import dev.caisson.spi.WorkerLauncher;
import java.io.IOException;

/// Starts workers as children of this process, with a pipe as standard input. The default.
public final class LocalLauncher implements WorkerLauncher {

    @Override
    public Process launch(LaunchCommand command) throws IOException {
        var builder = new ProcessBuilder(command.command())
                .directory(command.workingDirectory().toFile());
        var environment = builder.environment();
        environment.clear();
        environment.putAll(command.environment());
        return builder.start();
    }
}
