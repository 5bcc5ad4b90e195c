package dev.caisson.testkit.simulation;

import static dev.caisson.testkit.simulation.WorkerOracle.require;

import dev.caisson.engine.Boards;
import dev.caisson.engine.Effects;
import dev.caisson.engine.Ending;
import dev.caisson.engine.KillReason;

/// The ports of the engine: has the world do what is asked for, once the oracles have found nothing wrong with it.
final class Ports implements Effects, Boards {

    private final World world;
    private final Agenda agenda;
    private final Chance chance;
    private final Trace trace;
    private final WorkerOracle workers;
    private final TaskOracle tasks;
    private final EndingOracle endings;
    private boolean roomTold;
    private boolean terminated;

    Ports(
            World world,
            Agenda agenda,
            Chance chance,
            Trace trace,
            WorkerOracle workers,
            TaskOracle tasks,
            EndingOracle endings) {
        this.world = world;
        this.agenda = agenda;
        this.chance = chance;
        this.trace = trace;
        this.workers = workers;
        this.tasks = tasks;
        this.endings = endings;
    }

    boolean isTerminated() {
        return terminated;
    }

    boolean isRoomTold() {
        return roomTold;
    }

    void forgetRoom() {
        roomTold = false;
    }

    private void note(String what, long first, long second, long third, long fourth) {
        trace.note(what, first, second, third, fourth);
        require(!terminated, "end", () -> what + " after the end");
    }

    @Override
    public void launchWorker(int slot, int generation) {
        note("  launchWorker", slot, generation, 0, 0);
        var worker = new SimulatedWorker(slot, generation, world, agenda, chance);
        workers.launched(worker);
        worker.launch();
    }

    @Override
    public void sendTask(int slot, int generation, long task, int firstItem, int endItem, int attempt) {
        note("  sendTask", slot, generation, task, firstItem * 1000L + endItem);
        var account = workers.get("send", slot, generation);
        account.worker.receive(tasks.sent(tasks.get(task), account, firstItem, endItem, attempt));
    }

    @Override
    public void interruptTask(int slot, int generation, long task, int item, int attempt) {
        note("  interruptTask", slot, generation, task, item);
        var claim = claim(slot, generation, task);
        endings.interrupted(claim, item, attempt);
        claim.worker.interrupt(claim, item);
    }

    @Override
    public void extendLimit(int slot, int generation, long task, int item, int attempt, long allowanceNanos) {
        note("  extendLimit", slot, generation, task, item);
        endings.extended(workers.onBoard(slot, generation), claim(slot, generation, task), item, allowanceNanos);
    }

    @Override
    public void dumpStacks(int slot, int generation, long task, int item, Ending sentence) {
        note("  dumpStacks " + sentence, slot, generation, task, item);
        var claim = claim(slot, generation, task);
        require(claim.condemned == item, "hard limit", "stacks of an item that is not condemned");
        endings.killedForLimit(workers.onBoard(slot, generation), claim, sentence);
        claim.worker.dumpStacks();
    }

    @Override
    public void pingWorker(int slot, int generation) {
        note("  pingWorker", slot, generation, 0, 0);
        workers.get("agreement", slot, generation).worker.ping();
    }

    @Override
    public void stopWorker(int slot, int generation) {
        note("  stopWorker", slot, generation, 0, 0);
        var account = workers.get("stop", slot, generation);
        workers.stopped(account);
        account.worker.stop();
    }

    @Override
    public void killWorker(int slot, int generation, KillReason reason) {
        note("  killWorker " + reason, slot, generation, 0, 0);
        var account = workers.get("kill", slot, generation);
        workers.killed(account, reason);
        account.worker.kill();
    }

    @Override
    public void splitTask(long task, long rest, int firstItem, int endItem) {
        note("  splitTask", task, rest, firstItem, endItem);
        tasks.split(tasks.get(task), rest, firstItem, endItem);
    }

    @Override
    public void retryItem(long task, int item, Ending instead, int attempt) {
        note("  retryItem " + instead, task, item, attempt, 0);
        var retried = tasks.get(task);
        endings.retried(retried, item, instead);
        tasks.retried(retried, item, attempt);
    }

    @Override
    public void finishItem(long task, int item, Ending ending, int attempt) {
        note("  finishItem " + ending, task, item, attempt, 0);
        var ended = tasks.get(task);
        endings.ends(ended, item, ending);
        tasks.ended(ended, item, ending, attempt);
    }

    @Override
    public void roomInQueue() {
        note("  roomInQueue", 0, 0, 0, 0);
        roomTold = true;
    }

    @Override
    public void poolBroken() {
        note("  poolBroken", 0, 0, 0, 0);
        endings.poolBroken();
    }

    @Override
    public void poolTerminated() {
        note("  poolTerminated", 0, 0, 0, 0);
        terminated = true;
    }

    @Override
    public int takeBack(int slot, int generation, long task) {
        var account = workers.onBoard(slot, generation);
        var claim = claim(slot, generation, task);
        int first = tasks.takenBack(account, claim);
        trace.note("  takeBack", slot, generation, task, first);
        return first;
    }

    @Override
    public int runningItem(int slot, int generation, long task) {
        return claim(slot, generation, task).running;
    }

    @Override
    public long runningSince(int slot, int generation, long task) {
        return world.now() - (agenda.now() - claim(slot, generation, task).since);
    }

    @Override
    public boolean condemn(int slot, int generation, long task, int item) {
        var claim = claim(slot, generation, task);
        boolean condemned = claim.condemn(item);
        trace.note("  condemn", slot, task, item, condemned ? 1 : 0);
        if (condemned) {
            endings.condemned(claim);
        }
        return condemned;
    }

    private Claim claim(int slot, int generation, long task) {
        var claim = workers.onBoard(slot, generation).find(task);
        if (claim == null) {
            throw new OracleViolation("boards", "worker " + slot + " holds no task " + task);
        }
        return claim;
    }
}
