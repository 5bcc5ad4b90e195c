package dev.caisson.transport;

import dev.caisson.protocol.ClassWanted;
import dev.caisson.protocol.Encoded;
import java.util.Optional;

/// What a worker tells, by its [WorkerChannel]. Called on the channel's reader thread or on the pool's control thread,
/// never under a lock. Whoever waits here makes the worker wait, and on the control thread the whole pool.
public interface ChannelListener {

    /// The worker has connected and shown its token. Control thread.
    void connected(long pid);

    /// Its initializer is done: it takes tasks. Reader thread, like all up to [#framesDelivered()].
    void ready();

    /// Its initializer failed; it exits by itself. The failure is one for `Failures.read`.
    void startFailed(Encoded failure);

    /// An item has begun. Only told for tasks that asked for it.
    void itemBegan(long task, int item, long beganNanos);

    /// An item has ended, with a result for the codec or a failure for `Failures.read`.
    void itemFinished(long task, int item, boolean succeeded, Encoded result, long beganNanos, long endedNanos);

    /// An item has ended, but this process had no room for what it sent.
    ///
    /// @param sizeBytes how much that was
    void itemLost(long task, int item, boolean succeeded, long sizeBytes, long beganNanos, long endedNanos);

    /// All that one read has brought has been told.
    void framesDelivered();

    /// The answer to a ping. Control thread, like all below.
    void answered();

    /// The answer to a request for stacks.
    void stacks(String text);

    /// A first answer to a request for stacks, which another one follows.
    void stacksSoFar(String text);

    /// What a task last said of its progress.
    void progress(long task, int item, double fraction, String note);

    /// It lacks a class or a resource. To be answered by [WorkerChannel#classPart] and one of the two after it, on
    /// another thread.
    void classWanted(ClassWanted wanted);

    /// What the worker shares with the pool was overwritten or cut, so nothing can be told by it any more: it is to be
    /// killed. What it has sent still comes, and then the same words by [#closed(Optional)].
    void spoiled(String breach);

    /// Nothing more will come. Called once, as the last. Any violation says which rule the worker broke.
    void closed(Optional<String> violation);
}
