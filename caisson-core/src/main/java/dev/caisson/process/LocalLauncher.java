package dev.caisson.process;

import dev.caisson.spi.LaunchCommand;
import dev.caisson.spi.WorkerLauncher;
import java.io.File;
import java.io.IOException;

/// Starts workers as children of this process, with an empty standard input. The default.
public final class LocalLauncher implements WorkerLauncher {

    private static final File NOTHING = new File(File.separatorChar == '/' ? "/dev/null" : "NUL");

    @Override
    public Process launch(LaunchCommand command) throws IOException {
        var builder = new ProcessBuilder(command.command())
                .directory(command.workingDirectory().toFile())
                .redirectInput(NOTHING);
        var environment = builder.environment();
        environment.clear();
        environment.putAll(command.environment());
        return builder.start();
    }
}
