package dev.caisson.runtime;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Where the one consumer of a batch waits until something is true. Whoever may have made it true calls [#signal()];
/// that costs next to nothing while nobody waits, or while it is still false.
///
/// The blocker of the parked thread is this object, so that anyone who looks at the thread can tell whether it is about
/// to go on.
public final class WaitingPlace implements ForkJoinPool.ManagedBlocker {

    /// Asked by any thread, so it may look only at what is safe to look at.
    private final BooleanSupplier condition;

    private volatile @Nullable Thread waiting;

    public WaitingPlace(BooleanSupplier condition) {
        this.condition = condition;
    }

    /// Waits until the condition holds, or for so long.
    ///
    /// @param limitNanos `Long.MAX_VALUE` for no limit
    /// @return whether it holds
    public boolean await(long limitNanos) throws InterruptedException {
        long begin = System.nanoTime();
        waiting = Thread.currentThread();
        try {
            while (!condition.getAsBoolean()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("Interrupted while waiting for an item of a batch");
                }
                if (limitNanos == Long.MAX_VALUE) {
                    LockSupport.park(this);
                } else {
                    long left = limitNanos - (System.nanoTime() - begin);
                    if (left <= 0) {
                        return false;
                    }
                    LockSupport.parkNanos(this, left);
                }
            }
            return true;
        } finally {
            waiting = null;
        }
    }

    public void signal() {
        var thread = waiting;
        if (thread != null && condition.getAsBoolean()) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public boolean block() throws InterruptedException {
        return await(Long.MAX_VALUE);
    }

    @Override
    public boolean isReleasable() {
        return condition.getAsBoolean();
    }
}
