package dev.caisson.runtime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Batches that read on by themselves: [dev.caisson.BatchRun#future()]. They were handed to the pool as a whole, so a
/// pool that is closed finishes them first: it takes nothing new from then on, but what they still read. And consumers
/// of batches that wait for their input, of whom nothing else in the pool knows when it ends. Thread-safe.
public final class OpenBatches {

    private final String pool;

    /// Guarded by this, like the next.
    private int open;

    private @Nullable Runnable close;

    private final Set<WaitingPlace> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean poolGone;

    OpenBatches(String pool) {
        this.pool = pool;
    }

    /// Whether anything new may come in.
    ///
    /// @throws RejectedExecutionException if the pool is closed
    synchronized void requireTaking() {
        if (close != null) {
            throw new RejectedExecutionException(
                    "Pool " + pool + " takes no more tasks: it is closed. Submit before close(), or open a new pool.");
        }
    }

    /// A batch begins to read.
    ///
    /// @throws RejectedExecutionException if the pool is closed
    public synchronized void begin() {
        requireTaking();
        open++;
    }

    public void end() {
        Runnable last;
        synchronized (this) {
            open--;
            last = open == 0 ? close : null;
        }
        if (last != null) {
            last.run();
        }
    }

    public synchronized boolean isClosed() {
        return close != null;
    }

    /// A consumer is about to wait for its input, with nothing in the pool. It looks at [#isPoolGone] afterwards.
    ///
    /// @return false if it need not wait, since the pool is gone
    public boolean waitsForInput(WaitingPlace place) {
        waiting.add(place);
        if (poolGone) {
            waiting.remove(place);
        }
        return !poolGone;
    }

    public void waitsNoMore(WaitingPlace place) {
        waiting.remove(place);
    }

    public boolean isPoolGone() {
        return poolGone;
    }

    /// The pool has ended, and its last worker is gone.
    public void poolGone() {
        poolGone = true;
        waiting.forEach(WaitingPlace::signal);
    }

    /// Takes nothing new from now on.
    ///
    /// @param action closes the pool itself: now, or when the last batch has been read
    /// @return whether it is put off
    public boolean close(Runnable action) {
        synchronized (this) {
            close = action;
            if (open > 0) {
                return true;
            }
        }
        action.run();
        return false;
    }
}
