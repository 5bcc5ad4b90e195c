package dev.caisson.runtime;

import dev.caisson.PoolBrokenException;
import dev.caisson.PoolSnapshot;
import dev.caisson.WorkerInfo;
import dev.caisson.engine.Engine;
import dev.caisson.engine.PoolPhase;
import dev.caisson.fleet.Fleet;
import dev.caisson.fleet.WorkerHandle;
import dev.caisson.memory.Insistent;
import dev.caisson.memory.Remark;
import dev.caisson.settings.PoolSettings;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/// Puts a pool together around its engine, and tells the engine what callers ask for. Thread-safe.
///
/// Callers come in here, workers through [WorkerReports], both by [Visits] to the engine, one at a time; what the
/// engine asks for is done by [Orders]. A failure of the engine itself ends the pool loudly: every open future fails,
/// every worker is killed.
public final class Conductor {

    private static final long INTERRUPTED = Long.MIN_VALUE;
    private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Visits visits = new Visits(new House());
    private final String name;
    private final Clock clock;
    private final Fleet fleet;
    private final Executor launcher;
    private final Alarm alarm;
    private final Announcements announcements;
    private final Workplace workplace;
    private final Engine engine;
    private final WorkerReports reports;
    /// How many workers are wanted. Guarded by the lock.
    private int workers;

    /// What is to be done when the pool has ended and its last worker is gone. Guarded by the lock.
    private Runnable atEnd = () -> {};

    /// Whether the listeners know that the engine has failed. Guarded by the lock.
    private boolean failureTold;

    /// @param lazyStart whether no worker is started before the first submit
    /// @param launcher runs the start of a worker, which may block
    /// @param alarm calls [#timeReached]
    public Conductor(
            PoolSettings settings, boolean lazyStart, Clock clock, Fleet fleet, Executor launcher, Alarm alarm) {
        this.name = settings.name();
        this.clock = clock;
        this.fleet = fleet;
        this.launcher = launcher;
        this.alarm = alarm;
        this.announcements = new Announcements(name, settings.hooks(), visits);
        this.workplace = new Workplace(
                new Diagnosis(name, settings.limits(), new StartFailureReader(OutcomeReader.ofPool(settings))), visits);
        this.workers = settings.sizes().workers();
        var orders = new Orders(visits, clock, workplace, announcements, this::hire, this::end);
        this.engine = new Engine(new Terms(settings).ofPool(lazyStart), orders, workplace);
        this.reports = new WorkerReports(
                visits, clock, engine, workplace, announcements, new RestartWarning(name, settings.limits()));
    }

    String name() {
        return name;
    }

    /// Starts the first workers.
    ///
    /// @param atEnd run when the pool has ended and its last worker is gone; again, if it runs out of memory
    public void open(Runnable atEnd) {
        visits.tell(() -> {
            this.atEnd = atEnd;
            engine.opened(clock.nanos());
        });
    }

    /// Takes a submission in, and waits for room in the queue if it is full.
    ///
    /// @return the id of its first task
    /// @throws RejectedExecutionException if the pool takes nothing any more, or the wait was interrupted
    /// @throws PoolBrokenException if the pool is broken
    long submit(Submission submission) {
        try {
            return submit(submission, Long.MAX_VALUE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException(
                    "Interrupted while waiting for room in the full queue of pool " + name
                            + ": the task was not submitted",
                    interrupted);
        }
    }

    /// As [#submit(Submission)], but waits for room no longer than so.
    ///
    /// @return the id of its first task, or -1 if there was no room
    /// @throws InterruptedException if the wait was interrupted: nothing was submitted
    long submit(Submission submission, long waitNanos) throws InterruptedException {
        long task = visits.decide(() -> {
            long left = waitNanos;
            while (true) {
                requireTaking();
                long offered = offer(submission);
                if (offered >= 0 || left <= 0) {
                    return offered;
                }
                try {
                    left = visits.awaitRoom(left);
                } catch (InterruptedException _) {
                    return INTERRUPTED;
                }
            }
        });
        if (task == INTERRUPTED) {
            throw new InterruptedException("Interrupted while waiting for room in the full queue of pool " + name
                    + ": the task was not submitted");
        }
        return task;
    }

    private long offer(Submission submission) {
        workplace.incoming = submission;
        int bytes = (int) Math.min(submission.bytes(), Integer.MAX_VALUE);
        long task = engine.taskSubmitted(clock.nanos(), submission.items().size(), bytes, submission.terms());
        workplace.incoming = null;
        if (task >= 0) {
            announcements.submitted(workplace.pieceOf(task, submission));
        }
        return task;
    }

    boolean cancel(long task, boolean interrupt) {
        return visits.decide(() -> visits.ruin() == null && engine.cancelRequested(clock.nanos(), task, interrupt));
    }

    /// Cancels all that is open of a submission.
    public void cancelAll(Submission submission) {
        visits.tell(() -> {
            for (long task : List.copyOf(submission.tasks())) {
                engine.cancelRequested(clock.nanos(), task, true);
            }
        });
    }

    /// Finishes what there is, takes no more.
    ///
    /// @param limitNanos after this, what is left is cancelled and killed; `Long.MAX_VALUE` for never
    public void close(long limitNanos) {
        visits.tell(() -> engine.closeRequested(clock.nanos(), limitNanos));
    }

    /// Ends everything now.
    public void terminate() {
        visits.tell(() -> engine.terminateRequested(clock.nanos()));
    }

    /// Ends everything now.
    ///
    /// @return what had certainly not begun
    public List<Submission> terminateAndTellUnbegun() {
        return visits.decide(() -> workplace.unbegunOf(() -> engine.terminateRequested(clock.nanos())));
    }

    /// Changes how many workers are wanted.
    ///
    /// @param change from the number of workers now to the number wanted; what it throws is thrown, and changes nothing
    public void resize(IntUnaryOperator change) {
        var refusal = visits.decide(() -> {
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

    public void restartWorkers() {
        visits.tell(() -> engine.restartRequested(clock.nanos()));
    }

    public boolean terminateWorker(long pid) {
        return visits.decide(() -> {
            var seat = workplace.seatOf(pid);
            return seat != null
                    && visits.ruin() == null
                    && engine.workerEndRequested(clock.nanos(), seat.worker.slot(), seat.worker.generation());
        });
    }

    /// Does what is due by now. Called by the alarm.
    public void timeReached() {
        visits.tell(() -> engine.timeReached(clock.nanos()));
    }

    /// Whether tasks are still taken.
    public boolean isTaking() {
        return visits.decide(() -> currentPhase() == PoolPhase.RUNNING);
    }

    public int workers() {
        return visits.decide(() -> workers);
    }

    /// How many items have no ending yet.
    public long openItems() {
        return visits.decide(() -> engine.counts().open());
    }

    /// Refuses at once what would be refused later, when its first task is submitted.
    void checkTaking() {
        visits.decide(() -> {
            requireTaking();
            return Boolean.TRUE;
        });
    }

    /// A consistent view of everything.
    public PoolSnapshot snapshot() {
        return visits.decide(() -> workplace.snapshot(engine, currentPhase()));
    }

    /// Who runs the task at this moment.
    Optional<WorkerInfo> whoRuns(long task) {
        return visits.decide(() -> workplace.whoRuns(task));
    }

    /// Which attempt the task is at, 0 before it was sent.
    int attempt(long task) {
        return visits.decide(() -> workplace.attempt(task));
    }

    /// A worker, and its start on a thread that may wait for it. Called inside a visit.
    private WorkerHandle hire(int slot, int generation) {
        var worker = fleet.worker(slot, generation, reports);
        visits.after(() -> {
            try {
                launcher.execute(() -> start(worker));
            } catch (OutOfMemoryError noThreads) {
                reports.startFailed(worker, noThreads);
            }
        });
        return worker;
    }

    private void start(WorkerHandle worker) {
        try {
            worker.start();
        } catch (Throwable failure) { // a launcher of the user's may throw anything
            Insistent.run(() -> reports.startFailed(worker, failure));
            return;
        }
        reports.started(worker);
    }

    /// The pool has ended: no worker is left. Called inside a visit.
    private void end() {
        visits.roomInQueue();
        visits.last(atEnd);
        announcements.terminated();
    }

    private PoolBrokenException failure(Throwable cause) {
        return new PoolBrokenException(Diagnosis.poolFailed(name, cause), cause);
    }

    private final class House implements Visits.House {

        @Override
        public void leaving() {
            alarm.setTo(visits.ruin() == null ? engine.nextDeadline() : Long.MAX_VALUE);
            workplace.noteFlushes();
        }

        @Override
        public void comeAgain() {
            alarm.setTo(clock.nanos() + SOON_NANOS);
        }

        /// Nothing that the engine knows can be relied on any more. Each step may be done twice.
        @Override
        public void collapse(Throwable cause) {
            workplace.collapse(cause);
            if (!failureTold) {
                announcements.broken(failure(cause));
                failureTold = true;
            }
            end();
            visits.after(() -> Remark.log(Conductor.class, Level.ERROR, Diagnosis.poolFailed(name, cause), cause));
        }
    }

    private PoolPhase currentPhase() {
        return visits.ruin() == null ? engine.phase() : PoolPhase.TERMINATED;
    }

    private void requireTaking() {
        var ruin = visits.ruin();
        if (ruin != null) {
            throw failure(ruin);
        }
        if (workplace.broken) {
            throw workplace.brokenException();
        }
        if (engine.phase() != PoolPhase.RUNNING) {
            throw new RejectedExecutionException("Pool " + name + " takes no more tasks: it is closed ("
                    + engine.phase() + "). Submit before close(), or open a new pool.");
        }
    }
}
