package dev.caisson.testkit.simulation;

import dev.caisson.engine.EngineSettings;
import dev.caisson.engine.KillReason;
import dev.caisson.engine.PoolPhase;
import dev.caisson.engine.WorkerPhase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What must hold of workers: who may be launched and killed, and that engine and world agree on who is there.
final class WorkerOracle {

    private static final long GIVEN_UP_AFTER = Scenario.SECOND;

    private final EngineSettings settings;
    private final Agenda agenda;

    /// Who is there, by slot; a free slot has none.
    private final List<@Nullable WorkerAccount> accounts = new ArrayList<>();

    private final Map<Integer, Integer> generations = new HashMap<>();

    /// Deaths that no task is blamed for, within the window.
    private final ArrayDeque<Long> deaths = new ArrayDeque<>();

    /// Those whose end the engine is being told: it may still look at their boards.
    private final List<WorkerAccount> departing = new ArrayList<>();

    private int workers;
    private int smallest;
    private int largest;
    /// Whether any worker was ready at any time.
    boolean hasHadOne;

    private boolean broken;
    private boolean served;
    private long servedUntil;
    private boolean closing;
    private boolean endsNow;

    WorkerOracle(EngineSettings settings, Agenda agenda) {
        this.settings = settings;
        this.agenda = agenda;
        workers = settings.workers();
        smallest = workers;
        largest = workers;
    }

    int workers() {
        return workers;
    }

    /// How many hold tasks.
    int holding() {
        int holding = 0;
        for (var account : present()) {
            holding += account.held.isEmpty() ? 0 : 1;
        }
        return holding;
    }

    /// Whether the worker has nothing to do, and no reason not to get something.
    boolean isFree(WorkerAccount account) {
        return account.isIdle() && !account.mayBeOutgoing(settings, agenda.now()) && holding() < workers;
    }

    void resized(int size) {
        workers = size;
        smallest = Math.min(smallest, size);
        largest = Math.max(largest, size);
    }

    void closing() {
        closing = true;
    }

    /// Everything ends now, whatever runs.
    void endsNow() {
        closing = true;
        endsNow = true;
    }

    boolean isEndingNow() {
        return endsNow;
    }

    /// All who are there.
    List<WorkerAccount> present() {
        var present = new ArrayList<WorkerAccount>(accounts.size());
        for (var account : accounts) {
            if (account != null) {
                present.add(account);
            }
        }
        return present;
    }

    @Nullable WorkerAccount find(int slot, int generation) {
        var account = slot < accounts.size() ? accounts.get(slot) : null;
        return account != null && account.worker.generation == generation ? account : null;
    }

    /// The account whose board the engine looks at.
    WorkerAccount onBoard(int slot, int generation) {
        for (var account : departing) {
            if (account.worker.slot == slot && account.worker.generation == generation) {
                return account;
            }
        }
        return get("boards", slot, generation);
    }

    void eventOver() {
        departing.clear();
    }

    WorkerAccount get(String oracle, int slot, int generation) {
        var account = find(slot, generation);
        if (account == null) {
            throw new OracleViolation(oracle, "worker " + slot + "/" + generation + " is not there");
        }
        return account;
    }

    void launched(SimulatedWorker worker) {
        int slot = worker.slot;
        int last = generations.getOrDefault(slot, 0);
        require(worker.generation > last, "generations", () -> "slot " + slot + " had generation " + last + " already");
        generations.put(slot, worker.generation);
        while (accounts.size() <= slot) {
            accounts.add(null);
        }
        require(accounts.get(slot) == null, "slots", () -> "slot " + slot + " is taken");
        int places = places();
        int most = workers + (closing ? 0 : settings.spares());
        require(places < most, "size", () -> places + " of " + most + " workers are there already");
        int handing = Math.max(1, largest / 4);
        require(
                unspent() < most + handing,
                "succession",
                () -> unspent() + " of " + most + " workers are there, and only " + handing + " may hand over at once");
        require(present().size() < 2 * most, "size", "twice as many processes as workers are there already");
        require(!broken && !endsNow, "size", "the pool has ended");
        require(
                mayLaunch(),
                "back-off",
                () -> "a launch before the back-off after " + deaths.size() + " deaths is over");
        accounts.set(slot, new WorkerAccount(worker, agenda.now()));
    }

    private int places() {
        int places = 0;
        for (var account : present()) {
            places += account.holdsPlace() && !account.mayBeOutgoing(settings, agenda.now()) ? 1 : 0;
        }
        return places;
    }

    /// How many hold a place and have not taken their last task: only a few of them may be handing over.
    private int unspent() {
        int unspent = 0;
        for (var account : present()) {
            unspent += account.holdsPlace() && !account.finishing && !account.overMemory ? 1 : 0;
        }
        return unspent;
    }

    boolean areAllKilled() {
        return present().stream().allMatch(account -> account.killed != null);
    }

    /// Whether more are there than should be, so that nothing is sent ahead until some have left.
    boolean isOverstaffed() {
        return staying() > workers + (closing ? 0 : settings.spares());
    }

    /// Whether the worker has work, and no reason not to get more.
    boolean mayTakeMore(WorkerAccount account) {
        return account.phase() == WorkerPhase.BUSY && !account.mayBeOutgoing(settings, agenda.now());
    }

    private boolean mayLaunch() {
        forgetDeaths();
        if (deaths.size() < 2) {
            return true;
        }
        int doublings = Math.min(deaths.size() - 2, 8);
        long wait = Math.min((100 * Scenario.MILLISECOND) << doublings, 5 * Scenario.SECOND);
        return agenda.now() - deaths.getLast() >= wait;
    }

    void stopped(WorkerAccount account) {
        require(account.ready && !account.isStopping(), "stop", "worker is not ready");
        require(account.held.isEmpty(), "stop", () -> "worker holds " + account.held.size() + " tasks");
        require(mayLeave(account), "stop", () -> "no reason for worker " + account.worker.slot + " to leave");
        account.stopAsked = true;
        account.stopAskedAt = agenda.now();
    }

    private boolean mayLeave(WorkerAccount account) {
        long now = agenda.now();
        long idle = settings.idleLimitNanos();
        if (closing || broken || (largest > workers && staying() > workers + settings.spares())) {
            return true;
        }
        if (idle > 0
                && now - account.lastBusy >= idle
                && staying() > Math.min(smallest, settings.minWorkers()) + settings.spares()) {
            return true;
        }
        int max = account.mostItems(settings);
        boolean served = account.retireAsked
                || account.overMemory
                || (max > 0 && account.itemsTaken >= max)
                || account.nearlyFinishing
                || account.isOld(settings, now);
        return served && hasSuccessor();
    }

    /// Whether enough would be ready without this one, where a number is to be kept.
    private boolean hasSuccessor() {
        long ready = present().stream()
                .filter(account -> account.ready && !account.isStopping())
                .count();
        return settings.idleLimitNanos() > 0 || ready > workers;
    }

    private int staying() {
        int staying = 0;
        for (var account : present()) {
            staying += account.isStopping() ? 0 : 1;
        }
        return staying;
    }

    void killed(WorkerAccount account, KillReason reason) {
        require(account.killed == null, "kill", () -> "it was killed before, for " + account.killed);
        long now = agenda.now();
        boolean right = switch (reason) {
            case HARD_LIMIT -> account.isCondemned();
            case CANCELLED ->
                account.held.stream()
                        .anyMatch(claim -> claim.condemned >= 0
                                && claim.task.aborted
                                && now - claim.task.abortedAt >= settings.killGraceNanos());
            case SILENT -> account.worker.frozenSince <= now && now - account.lastHeard >= settings.silenceLimitNanos();
            case START_LIMIT ->
                !account.ready
                        && now - account.launchedAt >= settings.startLimitNanos()
                        && now - 50 * Scenario.MILLISECOND < account.worker.readySince;
            case STOP_LIMIT -> account.stopAsked && now - account.stopAskedAt >= settings.leaveLimitNanos();
            case POOL_ENDS -> endsNow || (!account.ready && (closing || broken));
            case MEMORY -> account.memoryKill;
            case ASKED -> account.endAsked || (!account.ready && present().size() > workers);
        };
        require(right, "kill", () -> "no reason to kill worker " + account.worker.slot + " for " + reason);
        account.killed = reason;
        account.killedAt = now;
    }

    /// A launch is told to have failed as every other would.
    void launchImpossible() {
        broken |= !hasHadOne;
    }

    /// A death is told, or a killed worker is given up. `begun`: an item was running in it.
    void gone(WorkerAccount account, boolean begun) {
        noteWhoServes();
        account.gone = true;
        departing.add(account);
        accounts.set(account.worker.slot, null);
        var killed = account.killed;
        boolean unexpected =
                killed == null ? !account.stopAsked : killed == KillReason.START_LIMIT || killed == KillReason.SILENT;
        if (unexpected && !begun) {
            forgetDeaths();
            deaths.addLast(agenda.now());
            broken |= deaths.size() > settings.restartDeaths();
        }
    }

    boolean isDueToGiveUp(WorkerAccount account) {
        return account.killed != null && agenda.now() - account.killedAt >= GIVEN_UP_AFTER;
    }

    /// Before every event: who is ready now was so since the event before.
    void noteWhoServes() {
        if (isServing()) {
            servedUntil = agenda.now();
            served = true;
        }
    }

    private boolean isServing() {
        return present().stream()
                .anyMatch(
                        account -> account.ready && !account.isStopping() && !account.finishing && !account.overMemory);
    }

    /// The window moves on only while some worker is ready.
    private void forgetDeaths() {
        noteWhoServes();
        while (served && !deaths.isEmpty() && servedUntil - deaths.getFirst() >= settings.restartWindowNanos()) {
            deaths.removeFirst();
        }
    }

    /// All workers that should be there are there, idle and well.
    boolean isComplete() {
        var present = present();
        boolean idleLeave = settings.idleLimitNanos() > 0;
        boolean comeAndGo = settings.maxWorkerAgeNanos() > 0; // some are always starting, or leaving
        int least =
                (comeAndGo ? 0 : settings.spares()) + (idleLeave ? Math.min(smallest, settings.minWorkers()) : workers);
        return (present.size() >= least || generations.isEmpty())
                && places() <= workers + settings.spares()
                && present.stream().filter(WorkerAccount::isWell).count() >= (comeAndGo ? least : present.size());
    }

    /// After every event.
    void check(PoolEvents engine) {
        var views = engine.workers();
        var present = present();
        require(views.size() == present.size(), "agreement", () -> "engine sees " + views + ", not " + present.size());
        for (int i = 0; i < views.size(); i++) {
            var view = views.get(i);
            var account = present.get(i);
            boolean agrees = view.slot() == account.worker.slot
                    && view.generation() == account.worker.generation
                    && view.phase() == account.phase()
                    && view.held() == account.held.size();
            require(
                    agrees,
                    "agreement",
                    () -> "engine sees %s, the world %s with %d tasks"
                            .formatted(view, account.phase(), account.held.size()));
        }
        boolean engineBroken = engine.phase() == PoolPhase.BROKEN;
        if (engine.phase() != PoolPhase.TERMINATED) {
            require(
                    engineBroken == broken,
                    "giving up",
                    () -> deaths.size() + " deaths, and the pool is " + engine.phase());
        }
    }

    /// After every time event.
    void checkTime(long lastAbsence) {
        long limit = settings.silenceLimitNanos();
        for (var account : present()) {
            long silentSince = Math.max(Math.max(account.lastHeard, account.worker.frozenSince), lastAbsence);
            require(
                    limit == 0
                            || !account.ready
                            || account.isStopping()
                            || account.worker.frozenSince == Long.MAX_VALUE
                            || agenda.now() - silentSince <= 2 * limit,
                    "silence",
                    () -> "worker " + account.worker.slot + " is silent and not judged");
            require(!isDueToGiveUp(account), "giving up a worker", "it outlived its kill");
            require(
                    account.ready
                            || account.isStopping()
                            || agenda.now() - Math.max(account.launchedAt, lastAbsence) <= settings.startLimitNanos(),
                    "start limit",
                    () -> "worker " + account.worker.slot + " does not get ready, and is not judged");
        }
    }

    static void require(boolean holds, String oracle, Supplier<String> what) {
        if (!holds) {
            throw new OracleViolation(oracle, what.get());
        }
    }

    static void require(boolean holds, String oracle, String what) {
        if (!holds) {
            throw new OracleViolation(oracle, what);
        }
    }
}
