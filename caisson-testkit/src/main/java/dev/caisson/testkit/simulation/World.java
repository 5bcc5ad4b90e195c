package dev.caisson.testkit.simulation;

import static dev.caisson.testkit.simulation.WorkerOracle.require;

import dev.caisson.engine.Boards;
import dev.caisson.engine.Engine;
import dev.caisson.engine.ItemResult;
import dev.caisson.engine.PoolPhase;
import org.jspecify.annotations.Nullable;

/// All around the engine: tells it what happens, and asks the oracles after every event.
final class World {

    private final long origin;
    private final Agenda agenda;
    private final Chance chance;
    private final Trace trace;
    private final WorkerOracle workers;
    private final TaskOracle tasks;
    private final EndingOracle endings;
    private final PoolEvents engine;
    private final Ports ports;
    private final StaleEvents stale;

    private long absentUntil;
    private long lastAbsence;
    private int dueAtOnce;
    private long closeAt = Long.MAX_VALUE;

    World(Scenario scenario, long origin, Agenda agenda, Chance chance, Trace trace, Joint joint) {
        this.origin = origin;
        this.agenda = agenda;
        this.chance = chance;
        this.trace = trace;
        var settings = scenario.settings();
        workers = new WorkerOracle(settings, agenda);
        var firstItems = new FirstItemOracle(settings);
        tasks = new TaskOracle(agenda, workers, firstItems, settings);
        endings = new EndingOracle(agenda, workers, firstItems, settings.killGraceNanos());
        ports = new Ports(this, agenda, chance, trace, workers, tasks, endings);
        engine = joint.events(
                new EngineEvents(new Engine(joint.settings(settings), joint.effects(ports), joint.boards(ports))));
        stale = new StaleEvents(this, engine, chance);
    }

    WorkerOracle workers() {
        return workers;
    }

    TaskOracle tasks() {
        return tasks;
    }

    PoolPhase phase() {
        return engine.phase();
    }

    boolean isClosed() {
        return engine.phase() != PoolPhase.RUNNING;
    }

    boolean isRoomTold() {
        return ports.isRoomTold();
    }

    /// Nothing is open, and all workers that should be there are there, and well.
    boolean isHealed() {
        return tasks.open().isEmpty() && workers.isComplete();
    }

    boolean isTerminated() {
        return ports.isTerminated();
    }

    long now() {
        return origin + agenda.now();
    }

    // What the engine is told.

    /// Runs what the parent does, once it is there.
    void whenPresent(Runnable action) {
        if (agenda.now() < absentUntil) {
            agenda.in(absentUntil - agenda.now(), () -> whenPresent(action));
        } else {
            action.run();
        }
    }

    void goAway(long nanos) {
        absentUntil = Math.max(absentUntil, agenda.now() + nanos);
    }

    void tell(String what, long first, long second, Runnable event) {
        tell(what, first, second, 0, 0, event);
    }

    private void tell(String what, long first, long second, long third, long fourth, Runnable event) {
        trace.note(what, first, second, third, fourth);
        workers.noteWhoServes();
        event.run();
        endings.eventOver();
        workers.eventOver();
        workers.check(engine);
        tasks.check(engine);
        require(
                !ports.isTerminated() || engine.nextDeadline() == Long.MAX_VALUE,
                "end",
                "a deadline is left in a terminated pool");
    }

    private void tell(String what, SimulatedWorker worker, WorkerEvent event) {
        tell(what, worker.slot, worker.generation, () -> event.at(now(), worker.slot, worker.generation));
    }

    /// An event of the engine that is about a worker, and nothing more.
    private interface WorkerEvent {
        void at(long now, int slot, int generation);
    }

    void open() {
        tell("opened", 0, 0, () -> engine.opened(now()));
    }

    /// How many tasks wait.
    int queued() {
        return engine.queued();
    }

    /// The number of the task, or why it was refused.
    long submit(Submission submission) {
        var answer = new long[1];
        tasks.submitting(submission);
        ports.forgetRoom();
        tell("taskSubmitted", submission.items, submission.bytes, () -> {
            answer[0] = engine.taskSubmitted(now(), submission.items, submission.bytes, submission.terms);
            tasks.submitted(answer[0]);
        });
        return answer[0];
    }

    /// Whether somebody who was refused would have been told by now that there is room.
    boolean owesRoom(int capacity) {
        return !ports.isRoomTold() && (engine.queued() < capacity || engine.phase() != PoolPhase.RUNNING);
    }

    void cancel(SimulatedTask task, boolean interrupt) {
        boolean wasOpen = task.isOpen();
        task.cancelAsked = true;
        if (interrupt && !task.aborted) {
            task.aborted = true;
            task.abortedAt = agenda.now();
        }
        tell("cancelRequested", task.id, interrupt ? 1 : 0, () -> {
            boolean answer = engine.cancelRequested(now(), task.id, interrupt);
            require(answer == (wasOpen && !task.isOpen()), "cancel", () -> "the answer was " + answer);
            require(!interrupt || !task.isOpen(), "cancel", () -> "task " + task.id + " is open after its cancel");
        });
        task.cancelAsked = false;
    }

    void resize(int size) {
        workers.resized(size);
        tell("resizeRequested", size, 0, () -> engine.resizeRequested(now(), size));
    }

    void restart() {
        workers.present().forEach(account -> account.retireAsked |= account.ready);
        tell("restartRequested", 0, 0, () -> engine.restartRequested(now()));
    }

    void retire(WorkerAccount account) {
        workers.noteWhoServes();
        account.overMemory |= account.ready && !account.isStopping();
        tell("retireRequested", account.worker, engine::retireRequested);
    }

    void overMemory(WorkerAccount account) {
        workers.noteWhoServes();
        boolean busy = !account.held.isEmpty();
        account.overMemory |= account.ready && !account.isStopping() && !busy;
        account.memoryKill |= busy;
        tell("workerOverMemory", account.worker, engine::workerOverMemory);
        require(!busy || account.isStopping(), "memory", "a worker runs on beyond its memory");
    }

    void end(WorkerAccount account) {
        var worker = account.worker;
        account.endAsked = true;
        tell("workerEndRequested", worker.slot, worker.generation, () -> {
            boolean answer = engine.workerEndRequested(now(), worker.slot, worker.generation);
            require(answer, "agreement", "a worker that is there can't be ended");
        });
    }

    void close(long limitNanos) {
        workers.closing();
        closeAt = limitNanos == Long.MAX_VALUE ? closeAt : Math.min(closeAt, agenda.now() + limitNanos);
        tell("closeRequested", limitNanos, 0, () -> engine.closeRequested(now(), limitNanos));
    }

    void terminate() {
        workers.endsNow();
        tell("terminateRequested", 0, 0, () -> engine.terminateRequested(now()));
    }

    /// When the engine wants to hear of the time, or `Long.MAX_VALUE`.
    long timer() {
        long deadline = engine.nextDeadline();
        return deadline == Long.MAX_VALUE ? deadline : Math.max(deadline - origin, absentUntil);
    }

    void reachTime() {
        long due = engine.nextDeadline() - origin;
        if (agenda.now() - due > 100 * Scenario.MILLISECOND) {
            lastAbsence = agenda.now();
        }
        giveUpOutliving();
        if (agenda.now() >= closeAt) {
            workers.endsNow();
        }
        tasks.wake();
        tell("timeReached", due, 0, () -> engine.timeReached(now()));
        tasks.checkTime();
        workers.checkTime(lastAbsence);
        require(
                agenda.now() < closeAt || (tasks.open().isEmpty() && workers.areAllKilled()),
                "close",
                "the earliest limit of all closes is over, and the pool works on");
        long next = engine.nextDeadline();
        dueAtOnce = next != Long.MAX_VALUE && next - now() <= 0 ? dueAtOnce + 1 : 0;
        require(dueAtOnce < 5, "spinning", "deadlines are due again and again at once");
    }

    /// A worker that outlived its kill is given up, but only after what it has written was read.
    private void giveUpOutliving() {
        for (var account : workers.present()) {
            if (workers.isDueToGiveUp(account)) {
                account.worker.readAll();
            }
        }
        for (var account : workers.present()) {
            if (workers.isDueToGiveUp(account)) {
                depart(account);
            }
        }
    }

    /// Not an event: the engine has to find out by itself.
    void itemBegan(Claim claim, int item) {
        trace.note("item begins", claim.worker.slot, claim.worker.generation, claim.task.id, item);
        tasks.begins(claim, item);
    }

    void workerReady(SimulatedWorker worker) {
        var account = heard(worker);
        if (account != null && account.killed == null) {
            account.ready = true;
            workers.hasHadOne = true;
            account.readyAt = agenda.now();
            account.lastBusy = agenda.now();
        }
        tell("workerReady", worker, engine::workerReady);
    }

    void workerAnswered(SimulatedWorker worker) {
        heard(worker);
        tell("workerAnswered", worker, engine::workerAnswered);
    }

    void stacksTaken(SimulatedWorker worker) {
        heard(worker);
        tell("stacksTaken", worker, engine::stacksTaken);
    }

    void itemFinished(Claim claim, int item, ItemResult result, long runNanos) {
        var worker = claim.worker;
        var account = heard(worker);
        if (account != null) {
            endings.telling(claim, item, result);
            tasks.told(account, claim, runNanos);
        }
        tell(
                "itemFinished",
                worker.slot,
                worker.generation,
                claim.task.id,
                item,
                () -> engine.itemFinished(
                        now(), worker.slot, worker.generation, claim.task.id, item, result, runNanos));
    }

    void workerExited(SimulatedWorker worker) {
        var account = workers.find(worker.slot, worker.generation);
        boolean forGood = account != null && !account.isStopping() && !account.ready && chance.failsForGood();
        if (forGood) {
            workers.launchImpossible();
        }
        if (account != null) {
            depart(account);
        }
        if (forGood) {
            tell("launchImpossible", worker, engine::launchImpossible);
        } else if (account != null && !account.ready) {
            tell("launchFailed", worker, engine::launchFailed);
        } else {
            tell("workerExited", worker, engine::workerExited);
        }
        if (chance.tellsStaleEvent()) {
            agenda.in(chance.lifeNanos(), () -> whenPresent(() -> stale.tell(worker)));
        }
    }

    private @Nullable WorkerAccount heard(SimulatedWorker worker) {
        var account = workers.find(worker.slot, worker.generation);
        if (account != null) {
            account.lastHeard = agenda.now();
        }
        return account;
    }

    private void depart(WorkerAccount account) {
        if (account.gone) {
            return;
        }
        boolean begun = false;
        for (var claim : account.held) {
            begun |= claim.running != Boards.NONE;
            claim.task.claim = null;
        }
        workers.gone(account, begun);
    }
}
