package dev.caisson.transport;

import dev.caisson.protocol.Assignment;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.ExitMark;
import java.nio.file.Path;
import java.util.Optional;

/// The parent's end of one worker: what is sent to it, what comes from it, and its board.
public final class WorkerChannel {

    private final Path introduction;

    WorkerChannel(Path introduction) {
        this.introduction = introduction;
    }

    /// What a worker tells. Called on the channel's reader thread, or on the pool's control thread, never under a lock.
    public interface Listener {
        /// The worker has connected and shown its token. Control thread.
        void connected(long pid);

        /// Its initializer is done: it takes tasks. Reader thread, like all up to [#framesDelivered()].
        void ready();

        /// Its initializer failed; it exits by itself. The failure is one for `Failures.read`.
        void startFailed(Encoded failure);

        /// An item has begun. Only told for tasks that asked for it.
        void itemBegan(long task, int item, long beganNanos);

        /// An item has ended, with a result for the codec or a failure for `Failures.read`.
        void itemFinished(
                long task, int item, boolean succeeded, Encoded result, long beganNanos, long endedNanos);

        /// All that one read has brought has been told.
        void framesDelivered();

        /// The answer to a ping. Control thread, like all below.
        void answered();

        /// The answer to a request for stacks.
        void stacks(String text);

        /// What a task last said of its progress.
        void progress(long task, int item, double fraction, String note);

        /// Nothing more will come. Called once, as the last. Any violation says which rule the worker broke.
        void closed(Optional<String> violation);
    }

    /// The file whose path is the worker's only argument.
    public Path introduction() {
        return introduction;
    }

    /// Queues a task for the worker and offers its items on the board. Quick; nothing is written until [#flush()].
    public void send(Assignment assignment) {}

    /// See `Boards.takeBack`.
    public int takeBack(long task) {
        return 0;
    }

    /// See `Boards.runningItem`.
    public int runningItem(long task) {
        return -1;
    }

    /// See `Boards.runningSince`.
    public long runningSince(long task) {
        return 0;
    }

    /// See `Boards.condemn`.
    public boolean condemn(long task, int item) {
        return false;
    }

    /// All items of the task are settled: its claim word may be used again.
    public void forget(long task) {}

    /// Writes what was sent, without blocking.
    public void flush() {}

    /// Interrupts an item, if it still runs. Never blocks.
    public void interrupt(long task, int item) {}

    /// Asks for the stacks of an item. Never blocks.
    public void requestStacks(long task, int item) {}

    /// Asks for a sign of life. Never blocks.
    public void ping() {}

    /// Asks the worker to leave after the task it has begun. Never blocks.
    public void stop() {}

    /// To be called after the process has exited; returns after [Listener#closed].
    public void drainAfterExit() {}

    /// What the worker noted about its end.
    public ExitMark exitMark() {
        return ExitMark.NONE;
    }

    /// Closes the connections and deletes the board.
    public void close() {}
}
