package dev.caisson.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides for one pool: told what happened, it asks for what is to be done.
///
/// Each event method first brings the parts up to date with what happened, then settles: whoever is too many leaves,
/// waiting tasks go to workers, whoever is missing is launched, and a pool of which nothing is left ends. Whatever
/// happened, the same few steps restore what must hold; no event has to know all it may bring about.
///
/// A worker is a slot and a generation; an event of a generation that is no longer there is dropped. Time is the `now`
/// of each event, in nanoseconds of one monotonic clock. There is no timer: the caller calls [#timeReached] at
/// [#nextDeadline], and before that it tells what the workers have written already.
///
/// Not thread-safe: the caller serializes the calls. Effects are called from within; they must not call back.
public final class Engine {

    /// Answer to a submit: the pool takes nothing any more.
    public static final long REFUSED_CLOSED = -1;

    /// Answer to a submit: the queue is full. [Effects#roomInQueue] tells when to try again.
    public static final long REFUSED_FULL = -2;

    private final Effects effects;
    private final Deadlines deadlines;
    private final WaitingTasks waiting;
    private final Ageing ageing;
    private final WorkerRoster roster;
    private final Tasks tasks;
    private final Assignments assignments;
    private final Lifecycle lifecycle;
    private final Results results;
    private final Deaths deaths;
    private final Departures departures;
    private final Limits limits;
    private final Cancellation cancellation;
    private final Liveness liveness;
    private final Recycling recycling;
    private final Succession succession;
    private final Credits credits;
    private final Dispatch dispatch;
    private final Staffing staffing;
    private final boolean lazyStart;

    /// Somebody was refused for a full queue, and has not been told of room since.
    private boolean roomAwaited;

    /// Whether this pool has had a worker.
    private boolean everReady;

    private @Nullable Deadline closeLimit;

    public Engine(EngineSettings settings, Effects effects, Boards boards) {
        this.effects = effects;
        lazyStart = settings.lazyStart();
        deadlines = new Deadlines();
        waiting = new WaitingTasks(settings.queueCapacity());
        roster = new WorkerRoster();
        credits = new Credits();
        ageing = new Ageing(settings.ageingNanos());
        tasks = new Tasks(effects, deadlines, ageing);
        assignments = new Assignments(effects, boards, deadlines, waiting, tasks);
        lifecycle = new Lifecycle(effects, waiting, roster, tasks, assignments);
        var restarts = new RestartPolicy(settings.restartDeaths(), settings.restartWindowNanos());
        var retries = new Retries(effects, deadlines, waiting, assignments, lifecycle);
        var firstItems = new FirstItems(settings);
        results = new Results(tasks, assignments, retries, credits, firstItems);
        deaths = new Deaths(deadlines, roster, tasks, assignments, restarts, lifecycle, retries);
        departures = new Departures(settings, effects, deadlines, assignments, deaths, restarts);
        limits = new Limits(effects, boards, deadlines, waiting, tasks, assignments, departures, firstItems);
        cancellation = new Cancellation(settings, effects, boards, deadlines, waiting, tasks, assignments, departures);
        liveness = new Liveness(settings, effects, deadlines, roster, departures);
        recycling = new Recycling(settings, deadlines, assignments, restarts, credits);
        succession = new Succession(roster, recycling, assignments);
        dispatch = new Dispatch(waiting, roster, assignments, limits, recycling, succession, credits);
        staffing =
                new Staffing(settings, deadlines, roster, waiting, tasks, succession, restarts, departures, liveness);
    }

    /// The pool is there: launches its workers, unless they start with the first task.
    public void opened(long now) {
        ageing.startedAt(now);
        if (!lazyStart) {
            staffing.start(now);
        }
        settle(now);
    }

    /// Takes in a task of so many items, and so many bytes altogether.
    ///
    /// @return the number of the task, from 1 ascending, or [#REFUSED_CLOSED] or [#REFUSED_FULL]
    public long taskSubmitted(long now, int items, int bytes, TaskTerms terms) {
        if (items < 1 || bytes < 0) {
            throw new IllegalArgumentException("A task can't have " + items + " items of " + bytes + " bytes");
        }
        if (lifecycle.phase() != PoolPhase.RUNNING) {
            return REFUSED_CLOSED;
        }
        if (waiting.isFull()) {
            roomAwaited = true;
            return REFUSED_FULL;
        }
        staffing.start(now);
        var task = tasks.add(now, items, bytes, terms);
        limits.submitted(now, task);
        waiting.add(task);
        settle(now);
        return task.id;
    }

    /// A launched worker can take tasks.
    public void workerReady(long now, int slot, int generation) {
        var worker = roster.find(slot, generation);
        if (worker == null || worker.phase() != WorkerPhase.LAUNCHING) {
            return;
        }
        everReady = true;
        worker.to(WorkerPhase.IDLE);
        liveness.ready(now, worker);
        recycling.ready(now, worker);
        settle(now);
    }

    /// A worker could not start, or ended before it was ready.
    public void launchFailed(long now, int slot, int generation) {
        workerExited(now, slot, generation);
    }

    /// A worker could not start, and no other will: the reason lies in the program or in its settings. A pool that has
    /// had no worker yet is broken by the first such failure; to another one it is any failed launch.
    public void launchImpossible(long now, int slot, int generation) {
        var worker = roster.find(slot, generation);
        if (worker != null && worker.phase() == WorkerPhase.LAUNCHING && !everReady) {
            lifecycle.giveUp();
        }
        workerExited(now, slot, generation);
    }

    /// A worker has begun an item. Nobody needs to tell: the engine looks at the board where it matters.
    public void itemBegan(long now, int slot, int generation, long task, int item) {
        var worker = roster.find(slot, generation);
        var held = worker == null ? null : worker.find(task);
        if (worker == null || held == null) {
            return;
        }
        liveness.heard(now, worker);
        held.accepted();
        tasks.begun(held);
    }

    /// A worker has run an item to its end, and `runNanos` long. What it says of items that it doesn't have is dropped.
    public void itemFinished(
            long now, int slot, int generation, long task, int item, ItemResult result, long runNanos) {
        var worker = roster.find(slot, generation);
        var held = worker == null ? null : worker.find(task);
        if (worker == null || held == null || held.next != item || held.condemned == item) {
            return;
        }
        liveness.heard(now, worker);
        results.delivered(now, worker, held, result, runNanos);
        settle(now);
    }

    /// A worker gave a sign of life.
    public void workerAnswered(long now, int slot, int generation) {
        var worker = roster.find(slot, generation);
        if (worker != null) {
            liveness.heard(now, worker);
        }
    }

    /// The stacks that [Effects#dumpStacks] asked for are there.
    public void stacksTaken(long now, int slot, int generation) {
        var worker = roster.find(slot, generation);
        if (worker != null) {
            departures.stacksTaken(now, worker);
        }
    }

    /// The stacks that [Effects#dumpStacks] asked for are there, but take a little longer to be complete.
    public void stacksDelayed(long now, int slot, int generation) {
        var worker = roster.find(slot, generation);
        if (worker != null) {
            departures.stacksDelayed(now, worker);
        }
    }

    /// A worker's process has ended. All that it had written before has been told already.
    public void workerExited(long now, int slot, int generation) {
        var worker = roster.find(slot, generation);
        if (worker == null) {
            return;
        }
        deaths.workerGone(now, worker);
        settle(now);
    }

    /// A worker is to take no more tasks, and to leave after the one it runs: its memory has grown, say. It stays,
    /// idle, until its successor is ready.
    public void retireRequested(long now, int slot, int generation) {
        var worker = roster.find(slot, generation);
        if (worker == null) {
            return;
        }
        recycling.retire(now, worker);
        settle(now);
    }

    /// A worker's memory has grown beyond what it may ever use: kills it if it has a task, which is blamed, and retires
    /// it if not.
    public void workerOverMemory(long now, int slot, int generation) {
        var worker = roster.find(slot, generation);
        if (worker == null || !worker.isReady()) {
            return;
        }
        if (worker.phase() == WorkerPhase.BUSY) {
            departures.kill(now, worker, KillReason.MEMORY);
        } else {
            recycling.retire(now, worker);
        }
        settle(now);
    }

    /// Cancels what is left of a task.
    ///
    /// Without `interrupt` only items that have not begun are cancelled; true tells that these were all that was left.
    /// With it all items end at once for their caller, and the one that runs is interrupted, and killed with its worker
    /// if it goes on for the grace. The parts that were split off a task are cancelled by numbers of their own.
    ///
    /// @return whether nothing of the task is left open by this call; false also when nothing was
    public boolean cancelRequested(long now, long task, boolean interrupt) {
        var cancelled = tasks.find(task);
        if (cancelled == null) {
            return false;
        }
        if (interrupt) {
            cancellation.abort(now, cancelled);
        } else {
            cancellation.withdraw(cancelled);
        }
        settle(now);
        return !cancelled.isOpen();
    }

    /// Takes no more tasks, finishes those it has, and ends. What is not finished after the limit (`Long.MAX_VALUE`:
    /// none) is treated as in [#terminateRequested]. Asked again, the earlier limit counts.
    public void closeRequested(long now, long limitNanos) {
        if (lifecycle.phase() == PoolPhase.TERMINATED) {
            return;
        }
        lifecycle.close();
        if (limitNanos != Long.MAX_VALUE) {
            var limit = deadlines.in(limitNanos, now, this::terminate);
            boolean earlier = closeLimit == null || limit.isBefore(closeLimit);
            deadlines.cancel(earlier ? closeLimit : limit);
            closeLimit = earlier ? limit : closeLimit;
        }
        settle(now);
    }

    /// Ends at once: all open items are cancelled, all workers killed.
    public void terminateRequested(long now) {
        terminate(now);
        settle(now);
    }

    private void terminate(long now) {
        lifecycle.cancelAll();
        roster.forEach(worker -> departures.kill(now, worker, KillReason.POOL_ENDS));
    }

    /// There may be so many workers from now on. Those too many leave when they are idle.
    public void resizeRequested(long now, int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("A pool can't have " + workers + " workers");
        }
        staffing.resize(workers);
        settle(now);
    }

    /// Replaces every worker that is ready, a few at a time: each works on until its successor is ready, and leaves
    /// after the task it then runs.
    public void restartRequested(long now) {
        roster.forEach(recycling::replace);
        settle(now);
    }

    /// Kills one worker. Its task fails as if the worker had died by itself, but the death counts for nothing. False:
    /// it is gone.
    public boolean workerEndRequested(long now, int slot, int generation) {
        var worker = roster.find(slot, generation);
        if (worker == null) {
            return false;
        }
        departures.kill(now, worker, KillReason.ASKED);
        settle(now);
        return true;
    }

    /// Time has come to `now`: does what was due until then.
    public void timeReached(long now) {
        if (deadlines.size() > 0) {
            liveness.timeReached(now, deadlines.earliest());
        }
        for (var due = deadlines.pollDue(now); due != null; due = deadlines.pollDue(now)) {
            due.strike(now);
        }
        settle(now);
    }

    /// When [#timeReached] is to be called next, or `Long.MAX_VALUE`. Any event may change it.
    public long nextDeadline() {
        return deadlines.earliest();
    }

    public PoolPhase phase() {
        return lifecycle.phase();
    }

    public Counts counts() {
        return tasks.counts();
    }

    /// How long the start of a worker would have to wait, since others died without a task to blame; 0 for not at all.
    public long launchWaitNanos(long now) {
        return staffing.launchWaitNanos(now);
    }

    /// How many workers have died lately without a task to blame.
    public int recentDeaths() {
        return staffing.recentDeaths();
    }

    /// How many tasks wait for a worker.
    public int queued() {
        return waiting.size();
    }

    /// The workers that are there, by slot.
    public List<WorkerView> workers() {
        return roster.views();
    }

    /// Restores what must hold after every event: nothing waits while a worker idles, and there are as many workers as
    /// there should be.
    private void settle(long now) {
        lifecycle.rejectWaiting();
        staffing.letGo(now, lifecycle.phase());
        dispatch.run(now, staffing.most(lifecycle.phase()), !staffing.isOverstaffed(lifecycle.phase()));
        staffing.hire(now, lifecycle.phase());
        if (roomAwaited && (!waiting.isFull() || lifecycle.phase() != PoolPhase.RUNNING)) {
            roomAwaited = false;
            effects.roomInQueue();
        }
        if (lifecycle.terminateWhenEmpty()) {
            deadlines.cancel(closeLimit);
        }
    }
}
