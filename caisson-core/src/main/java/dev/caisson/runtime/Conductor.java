package dev.caisson.runtime;

import dev.caisson.PoolBrokenException;
import dev.caisson.PoolListener;
import dev.caisson.PoolSnapshot;
import dev.caisson.WorkerInfo;
import dev.caisson.engine.Engine;
import dev.caisson.engine.ItemResult;
import dev.caisson.engine.PoolPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets events into the engine, one at a time, and sees to what follows from them. Thread-safe.
///
/// Every visit to the engine has the same shape, in [#decide]: take the lock, tell the engine what happened, release
/// the lock, and only then do what the engine asked for. A failure of the engine itself ends the pool loudly: every
/// open future fails, every worker is killed.
public final class Conductor implements WorkerEvents {

    private static final System.Logger LOG = System.getLogger(Conductor.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final String name;
    private final Clock clock;
    private final Engine engine;
    private final Workplace workplace;
    private final Executor launcher;
    private final Alarm alarm;
    private final Executor callbacks;
    private final PoolListener listener;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /// What the current visit to the engine has to do after the unlock. Guarded by the lock.
    private List<Runnable> aftermath = new ArrayList<>();

    /// How many workers are wanted. Guarded by the lock.
    private int workers;

    /// A bug that ended the pool. Guarded by the lock.
    private @Nullable Throwable bug;

    /// @param lazyStart whether no worker is started before the first submit
    /// @param launcher runs the start of a worker, which may block
    /// @param alarm calls [#timeReached]
    public Conductor(
            PoolSettings settings, boolean lazyStart, Clock clock, Fleet fleet, Executor launcher, Alarm alarm) {
        this.name = settings.name();
        this.clock = clock;
        this.launcher = launcher;
        this.alarm = alarm;
        this.callbacks = settings.hooks().callbacks();
        this.listener = new SerialListener(settings.hooks().listeners(), new SerialExecutor(callbacks));
        this.workplace = new Workplace(name, clock, fleet, this, listener);
        this.workers = settings.sizes().workers();
        this.engine = new Engine(settings.engine(lazyStart), workplace, workplace);
    }

    String name() {
        return name;
    }

    /// Completes, normally, when the pool has ended and its last worker is gone.
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /// Starts the first workers.
    public void open() {
        tell(() -> engine.opened(clock.nanos()));
    }

    /// Takes a submission in, and waits for room in the queue if it is full.
    ///
    /// @return the id of its first task
    /// @throws RejectedExecutionException if the pool takes nothing any more, or the wait was interrupted
    /// @throws PoolBrokenException if the pool is broken
    long submit(Submission submission) {
        return decide(() -> {
            while (true) {
                requireTaking();
                workplace.incoming = submission;
                int bytes = (int) Math.min(submission.bytes(), Integer.MAX_VALUE);
                long task =
                        engine.taskSubmitted(clock.nanos(), submission.items().size(), bytes, submission.terms());
                workplace.incoming = null;
                if (task >= 0) {
                    workplace.pieceOf(task, submission);
                    return task;
                }
                awaitRoom();
            }
        });
    }

    boolean cancel(long task, boolean interrupt) {
        return decide(() -> engine.cancelRequested(clock.nanos(), task, interrupt));
    }

    /// Cancels all that is open of a submission.
    void cancelAll(Submission submission) {
        tell(() -> {
            for (long task : List.copyOf(submission.tasks())) {
                engine.cancelRequested(clock.nanos(), task, true);
            }
        });
    }

    /// Finishes what there is, takes no more.
    ///
    /// @param limitNanos after this, what is left is cancelled and killed; `Long.MAX_VALUE` for never
    public void close(long limitNanos) {
        tell(() -> engine.closeRequested(clock.nanos(), limitNanos));
    }

    /// Ends everything now.
    void terminate() {
        tell(() -> engine.terminateRequested(clock.nanos()));
    }

    /// Ends everything now.
    ///
    /// @return what had certainly not begun
    List<Submission> terminateAndTellUnbegun() {
        return decide(() -> {
            workplace.unbegun = new ArrayList<>();
            engine.terminateRequested(clock.nanos());
            var unbegun = workplace.unbegun;
            workplace.unbegun = null;
            return unbegun;
        });
    }

    /// @param change from the number of workers now to the number wanted; what it throws is thrown, and changes nothing
    void resize(IntUnaryOperator change) {
        var refusal = decide(() -> {
            try {
                workers = change.applyAsInt(workers);
            } catch (RuntimeException refused) { // the caller's mistake, and no failure of the engine
                return Optional.of(refused);
            }
            engine.resizeRequested(clock.nanos(), workers);
            return Optional.<RuntimeException>empty();
        });
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    void restartWorkers() {
        tell(() -> engine.restartRequested(clock.nanos()));
    }

    boolean terminateWorker(long pid) {
        return decide(() -> {
            var seat = workplace.seatOf(pid);
            return seat != null
                    && engine.workerEndRequested(clock.nanos(), seat.worker.slot(), seat.worker.generation());
        });
    }

    /// Does what is due by now. Called by the alarm.
    public void timeReached() {
        tell(() -> engine.timeReached(clock.nanos()));
    }

    PoolPhase phase() {
        return decide(this::currentPhase);
    }

    int workers() {
        return decide(() -> workers);
    }

    /// How many items have no ending yet.
    public long openItems() {
        return decide(() -> engine.counts().open());
    }

    /// Refuses at once what would be refused later, when its first task is submitted.
    void checkTaking() {
        tell(this::requireTaking);
    }

    /// A consistent view of everything.
    PoolSnapshot snapshot() {
        return decide(() -> workplace.snapshot(engine, currentPhase()));
    }

    /// Who runs the task at this moment.
    Optional<WorkerInfo> whoRuns(long task) {
        return decide(() -> workplace.whoRuns(task));
    }

    /// Which attempt the task is at, 0 before it was sent.
    int attempt(long task) {
        return decide(() -> workplace.attempt(task));
    }

    @Override
    public void ready(WorkerHandle worker) {
        tell(() -> {
            workplace.ready(worker);
            engine.workerReady(clock.nanos(), worker.slot(), worker.generation());
        });
    }

    @Override
    public void itemBegan(WorkerHandle worker, long task, int item, long beganNanos) {
        tell(() -> {
            engine.itemBegan(clock.nanos(), worker.slot(), worker.generation(), task, item);
            workplace.accepted(worker, task, callbacks);
        });
    }

    @Override
    public void itemsFinished(WorkerHandle worker, List<ItemResultFrame> results) {
        tell(() -> {
            long now = clock.nanos();
            for (var result : results) {
                workplace.current = result;
                engine.itemFinished(
                        now,
                        worker.slot(),
                        worker.generation(),
                        result.task(),
                        result.item(),
                        result.succeeded() ? ItemResult.SUCCEEDED : ItemResult.FAILED,
                        result.endedNanos() - result.beganNanos());
                workplace.current = null;
                workplace.forgetIfEnded(worker, result.task());
            }
        });
    }

    @Override
    public void answered(WorkerHandle worker) {
        tell(() -> engine.workerAnswered(clock.nanos(), worker.slot(), worker.generation()));
    }

    @Override
    public void stacks(WorkerHandle worker, String text) {
        tell(() -> {
            workplace.stacks(worker, text);
            engine.stacksTaken(clock.nanos(), worker.slot(), worker.generation());
        });
    }

    @Override
    public void progress(WorkerHandle worker, long task, int item, double fraction, String note) {
        tell(() -> workplace.progress(worker, task, item, fraction, note));
    }

    @Override
    public void exited(WorkerHandle worker, Departure departure) {
        tell(() -> {
            boolean wasReady = workplace.departing(worker, departure);
            if (wasReady) {
                engine.workerExited(clock.nanos(), worker.slot(), worker.generation());
            } else {
                engine.launchFailed(clock.nanos(), worker.slot(), worker.generation());
            }
            workplace.departed(worker);
        });
    }

    void startFailed(WorkerHandle worker, Throwable failure) {
        tell(() -> {
            workplace.startFailed(worker, failure);
            engine.launchFailed(clock.nanos(), worker.slot(), worker.generation());
            workplace.departed(worker);
        });
    }

    /// Notes what is to be done after the unlock. Called inside a visit.
    void after(Runnable action) {
        aftermath.add(action);
    }

    /// Starts a worker on a thread that may wait for it. Called inside a visit.
    void afterwardsLaunch(WorkerHandle worker) {
        after(() -> launcher.execute(() -> {
            try {
                worker.start();
            } catch (Throwable failure) { // a launcher of the user's may throw anything
                startFailed(worker, failure);
            }
        }));
    }

    /// The pool has ended: no worker is left. Called inside a visit.
    void afterwardsEnd() {
        room.signalAll();
        after(() -> {
            ended.complete(null);
            listener.poolTerminated();
        });
    }

    void roomInQueue() {
        room.signalAll();
    }

    private void tell(Runnable event) {
        decide(() -> {
            event.run();
            return Boolean.TRUE;
        });
    }

    /// One visit to the engine.
    private <T> T decide(Supplier<T> visit) {
        List<Runnable> actions;
        lock.lock();
        try {
            return visit.get();
        } catch (RejectedExecutionException | PoolBrokenException refusal) {
            throw refusal;
        } catch (RuntimeException | Error failure) {
            collapse(failure);
            throw failure;
        } finally {
            alarm.setTo(bug == null ? engine.nextDeadline() : Long.MAX_VALUE);
            workplace.noteFlushes();
            actions = takeAftermath();
            lock.unlock();
            actions.forEach(Conductor::perform);
        }
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

    /// The engine failed: nothing that it knows can be relied on any more.
    private void collapse(Throwable failure) {
        if (bug != null) {
            return;
        }
        bug = failure;
        LOG.log(System.Logger.Level.ERROR, "Pool " + name + " failed by a bug of its own, and ends", failure);
        workplace.collapse(failure);
        afterwardsEnd();
    }

    private PoolPhase currentPhase() {
        return bug == null ? engine.phase() : PoolPhase.TERMINATED;
    }

    private void requireTaking() {
        if (bug != null) {
            throw new PoolBrokenException(Diagnosis.poolFailed(name), bug);
        }
        if (workplace.broken()) {
            throw workplace.brokenException();
        }
        if (engine.phase() != PoolPhase.RUNNING) {
            throw new RejectedExecutionException("Pool " + name + " takes no more tasks: it is closed ("
                    + engine.phase() + "). Submit before close(), or open a new pool.");
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's, who tries again
    private void awaitRoom() {
        try {
            room.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException(
                    "Interrupted while waiting for room in the full queue of pool " + name
                            + ": the task was not submitted",
                    interrupted);
        }
    }
}
