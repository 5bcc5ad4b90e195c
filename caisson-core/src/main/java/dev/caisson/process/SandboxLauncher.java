package dev.caisson.process;

import dev.caisson.spi.LaunchCommand;
import dev.caisson.spi.WorkerLauncher;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Starts each process by a thread of its own, which stays until the process has ended.
///
/// A sandbox ends with its starter (`PR_SET_PDEATHSIG`), and to the kernel that is the thread which started it: with a
/// thread that ends after the start, the sandbox would end at once.
///
/// @param launcher does the start
/// @param threadName of that thread
public record SandboxLauncher(WorkerLauncher launcher, String threadName) implements WorkerLauncher {

    private static final long STACK_BYTES = 256 * 1024;

    @Override
    public Process launch(LaunchCommand command) throws IOException {
        var started = new CompletableFuture<Process>();
        try {
            Thread.ofPlatform().daemon().name(threadName).stackSize(STACK_BYTES).start(() -> hold(command, started));
            return started.join();
        } catch (CompletionException failure) {
            throw new IOException(
                    failure.getCause() == null
                            ? failure.toString()
                            : failure.getCause().getMessage(),
                    failure.getCause());
        }
    }

    private void hold(LaunchCommand command, CompletableFuture<Process> started) {
        try {
            var process = launcher.launch(command);
            started.complete(process);
            awaitExit(process);
        } catch (IOException | RuntimeException | Error failure) {
            started.completeExceptionally(failure);
        }
    }

    private static void awaitExit(Process process) {
        while (true) {
            try {
                process.waitFor();
                return;
            } catch (InterruptedException _) {
                // Nobody has a reason to interrupt this thread, and its end would be the sandbox's.
            }
        }
    }
}
