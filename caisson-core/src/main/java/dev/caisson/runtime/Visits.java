package dev.caisson.runtime;

import dev.caisson.PoolBrokenException;
import dev.caisson.memory.Headroom;
import dev.caisson.memory.Rehearsal;
import dev.caisson.memory.Remark;
import dev.caisson.memory.Scarcity;
import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Visits to the engine, one at a time: the pool's one lock, and what is to be done once it is released. Thread-safe.
///
/// Every visit has the same shape, in [#decide]: take the lock, tell the engine what happened, release the lock, and
/// only then do what the engine asked for.
///
/// No visit begins where there is no room for what it may decide. What can't be done afterwards for lack of memory is
/// done after a later visit; the alarm makes one come. A visit that fails leaves an engine that may have half a
/// decision in it, which can be neither repeated nor undone: the engine is ruined. Its collapse is begun with the
/// memory kept for that, and tried again in each visit until it is through.
final class Visits {

    /// What the visits mean to the pool. All of it is called under the lock.
    interface House {

        /// At the end of each visit. Called again, at a later one, if it throws.
        void leaving();

        /// Another visit should come soon, to do what this one left undone. Needs no memory.
        void comeAgain();

        /// Ends everything without the engine. Called again, at a later visit, if it throws.
        void collapse(Throwable failure);
    }

    private static final int RESERVE_BYTES = 256 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final House house;

    /// What the current visit has to do after the unlock. Guarded by the lock.
    private Aftermath aftermath = new Aftermath();

    /// How the engine failed. Guarded by the lock, like the next two.
    private @Nullable Throwable ruin;

    private boolean collapsed;

    @SuppressWarnings("unused") // held to be let go of
    private byte @Nullable [] reserve = new byte[RESERVE_BYTES];

    /// What could not be done yet. Written under the monitor, and taken out whole.
    private volatile @Nullable Aftermath undone;

    /// What is to be done when nothing else is left, if that time has come. Written under the monitor.
    private volatile @Nullable Runnable last;

    Visits(House house) {
        Rehearsal.run();
        this.house = house;
    }

    /// A visit without an answer. An engine that has failed is told nothing more: it would only fail again.
    void tell(Runnable event) {
        decide(() -> {
            if (ruin == null) {
                event.run();
            }
            return Boolean.TRUE;
        });
    }

    /// One visit, and its answer. A refusal is thrown on as the caller's; whatever else is thrown is the engine's
    /// failure.
    ///
    /// @throws OutOfMemoryError also if there is no room for a decision: then none was begun, and the call may be
    /// repeated
    <T> T decide(Supplier<T> visit) {
        Headroom.requireLittle();
        lock.lock();
        try {
            return visit.get();
        } catch (RejectedExecutionException | PoolBrokenException refusal) {
            throw refusal;
        } catch (RuntimeException | Error failure) {
            ruinBy(failure);
            throw failure;
        } finally {
            var actions = leave();
            lock.unlock();
            finish(actions);
        }
    }

    /// Notes what is to be done after the unlock. Called inside a visit.
    void after(Runnable action) {
        aftermath.add(action);
    }

    /// Notes what is to be done when there is nothing else to do any more. Called inside a visit.
    void last(Runnable action) {
        last = action;
    }

    /// How the engine failed; null while it has not. Called inside a visit.
    @Nullable Throwable ruin() {
        return ruin;
    }

    /// Lets everybody who waits for room look again. Called inside a visit.
    void roomInQueue() {
        room.signalAll();
    }

    /// Waits until somebody may try again. Called inside a visit, which it suspends.
    ///
    /// @param nanos how long at most; `Long.MAX_VALUE` for ever
    /// @return how much of the time is left; nothing, or less, when it is over
    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's, who tries again
    long awaitRoom(long nanos) throws InterruptedException {
        if (nanos == Long.MAX_VALUE) {
            room.await();
            return nanos;
        }
        return room.awaitNanos(nanos);
    }

    private void ruinBy(Throwable failure) {
        if (ruin == null) {
            ruin = failure;
        }
        collapse(ruin);
    }

    private void collapse(Throwable failure) {
        if (!collapsed) {
            reserve = null;
            try {
                house.collapse(failure);
                collapsed = true;
            } catch (RuntimeException | Error notYet) {
                // The next visit goes on with it.
            }
        }
    }

    /// Never throws: the lock must be released. What it could not do it does at the next visit.
    private @Nullable Aftermath leave() {
        try {
            house.leaving();
            if (ruin != null && !collapsed) {
                collapse(ruin);
                house.comeAgain();
            }
            if (aftermath.isEmpty()) {
                return null;
            }
            var next = new Aftermath();
            var taken = aftermath;
            aftermath = next;
            return taken;
        } catch (RuntimeException | Error failure) {
            if (!Scarcity.isCauseOf(failure)) {
                ruinBy(failure);
            }
            house.comeAgain();
            return null;
        }
    }

    private void finish(@Nullable Aftermath actions) {
        var before = undone == null ? null : takeUndone();
        while (before != null) {
            var following = before.next;
            perform(before);
            before = following;
        }
        if (actions != null) {
            perform(actions);
        }
        if (undone == null && last != null) {
            performLast();
        }
        if (undone != null || last != null) {
            lock.lock();
            try {
                house.comeAgain();
            } finally {
                lock.unlock();
            }
        }
    }

    private void perform(Aftermath actions) {
        if (!actions.perform()) {
            synchronized (this) {
                actions.next = undone;
                undone = actions;
            }
        }
    }

    private synchronized @Nullable Aftermath takeUndone() {
        var taken = undone;
        undone = null;
        return taken;
    }

    private synchronized @Nullable Runnable takeLast() {
        var taken = last;
        last = null;
        return taken;
    }

    private void performLast() {
        var action = takeLast();
        if (action == null) {
            return;
        }
        try {
            action.run();
        } catch (RuntimeException | Error failure) {
            if (Scarcity.isCauseOf(failure)) {
                last = action;
            } else {
                Remark.log(Visits.class, Level.ERROR, "A pool has ended, but not all of it could be done", failure);
            }
        }
    }
}
