package dev.caisson.fleet;

import dev.caisson.ByteSize;
import dev.caisson.WorkerInfo;
import dev.caisson.process.OutputCapture;
import dev.caisson.protocol.Assignment;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One worker: a generation in a slot. Thread-safe.
///
/// The first group of methods is called under the pool's lock: they are quick and never block. The others are called
/// without it, and don't wait for the worker either, but for [#start].
public interface WorkerHandle {

    int slot();

    int generation();

    /// Puts a task in line for the worker; [#flush] sends it.
    void send(Assignment assignment);

    /// Keeps the output of a task that is sent next, by [Assignment#marksOutput].
    ///
    /// @param limit how much of it, in characters
    /// @return null where that can't be
    default @Nullable OutputCapture capture(long task, ByteSize limit) {
        return null;
    }

    /// See [dev.caisson.engine.Boards#takeBack].
    int takeBack(long task);

    /// See [dev.caisson.engine.Boards#runningItem].
    int runningItem(long task);

    /// See [dev.caisson.engine.Boards#runningSince].
    long runningSince(long task);

    /// See [dev.caisson.engine.Boards#condemn].
    boolean condemn(long task, int item);

    /// Nothing will be asked about this task any more.
    void forget(long task);

    /// Who it is; empty until its process has been started.
    Optional<WorkerInfo> info();

    /// Starts the process. Returns when it exists, not when it is ready. Called once, and may block for as long as a
    /// launch takes.
    ///
    /// @throws IOException if it can't be started; no event follows then
    void start() throws IOException;

    /// Sends what is in line.
    void flush();

    /// Interrupts an item, if it still runs in that attempt.
    void interrupt(long task, int item, int attempt);

    /// Asks for the stacks of the task's threads: [WorkerEvents#stacks] brings them, if the worker can still answer.
    void dumpStacks(long task, int item);

    void ping();

    /// Asks it to leave by itself.
    void stop();

    /// Ends it and all processes that it started, by force. Idempotent; [WorkerEvents#exited] follows.
    void kill();
}
