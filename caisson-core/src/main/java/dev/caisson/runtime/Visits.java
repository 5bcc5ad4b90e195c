package dev.caisson.runtime;

import dev.caisson.PoolBrokenException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Visits to the engine, one at a time: the pool's one lock, and what is to be done once it is released. Thread-safe.
///
/// Every visit has the same shape, in [#decide]: take the lock, tell the engine what happened, release the lock, and
/// only then do what the engine asked for.
final class Visits {

    private static final System.Logger LOG = System.getLogger(Visits.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Consumer<Throwable> failed;
    private final Runnable leaving;

    /// What the current visit has to do after the unlock. Guarded by the lock.
    private List<Runnable> aftermath = new ArrayList<>();

    /// Whether the engine has failed. Guarded by the lock.
    private boolean ruined;

    /// @param failed told of what the engine may never throw; called under the lock
    /// @param leaving called at the end of each visit, under the lock
    Visits(Consumer<Throwable> failed, Runnable leaving) {
        this.failed = failed;
        this.leaving = leaving;
    }

    /// A visit without an answer. An engine that has failed is told nothing more: it would only fail again.
    void tell(Runnable event) {
        decide(() -> {
            if (!ruined) {
                event.run();
            }
            return Boolean.TRUE;
        });
    }

    /// One visit, and its answer. A refusal is thrown on as the caller's; whatever else is thrown is the engine's
    /// failure.
    <T> T decide(Supplier<T> visit) {
        List<Runnable> actions;
        lock.lock();
        try {
            return visit.get();
        } catch (RejectedExecutionException | PoolBrokenException refusal) {
            throw refusal;
        } catch (RuntimeException | Error failure) {
            ruined = true;
            failed.accept(failure);
            throw failure;
        } finally {
            leaving.run();
            actions = takeAftermath();
            lock.unlock();
            actions.forEach(Visits::perform);
        }
    }

    /// Notes what is to be done after the unlock. Called inside a visit.
    void after(Runnable action) {
        aftermath.add(action);
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

    private List<Runnable> takeAftermath() {
        if (aftermath.isEmpty()) {
            return List.of();
        }
        var taken = aftermath;
        aftermath = new ArrayList<>();
        return taken;
    }

    private static void perform(Runnable action) {
        try {
            action.run();
        } catch (Throwable failure) { // one action that fails must not keep the others from being done
            LOG.log(System.Logger.Level.ERROR, "A pool's action failed; the pool goes on", failure);
        }
    }
}
