package dev.caisson.testkit.simulation;

import static dev.caisson.testkit.simulation.WorkerOracle.require;

import dev.caisson.engine.Boards;
import dev.caisson.engine.Counts;
import dev.caisson.engine.Ending;
import dev.caisson.engine.EngineSettings;
import dev.caisson.engine.PoolPhase;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must hold of tasks: each item ends exactly once, for the right reason, and until then its task is in one place.
final class TaskOracle {

    private final Agenda agenda;
    private final WorkerOracle workers;
    private final CreditOracle credits = new CreditOracle();
    private final FirstItemOracle firstItems;
    private final Map<Long, SimulatedTask> tasks = new HashMap<>();
    private final Set<SimulatedTask> open = new LinkedHashSet<>();
    private final Map<Ending, Long> endings = new EnumMap<>(Ending.class);
    private final EngineSettings settings;
    private long submitted;

    /// What is being submitted: its number is first heard in an effect, or else in the answer.
    private @Nullable Submission submitting;

    TaskOracle(Agenda agenda, WorkerOracle workers, FirstItemOracle firstItems, EngineSettings settings) {
        this.firstItems = firstItems;
        this.agenda = agenda;
        this.workers = workers;
        this.settings = settings;
    }

    Set<SimulatedTask> open() {
        return open;
    }

    SimulatedTask get(long id) {
        var task = tasks.get(id);
        var submission = submitting;
        if (task == null && submission != null) {
            submitting = null;
            submission.turn = id;
            submitted += submission.items;
            task = add(new SimulatedTask(id, submission, 0, submission.items, true, settings.ageingNanos()));
        }
        if (task == null) {
            throw new OracleViolation("numbers", "no task has the number " + id);
        }
        return task;
    }

    void submitting(Submission submission) {
        submitting = submission;
    }

    /// The submit was answered. Effects may have told the number before.
    void submitted(long answer) {
        if (answer > 0) {
            get(answer);
        }
        submitting = null;
    }

    void split(SimulatedTask task, long rest, int first, int end) {
        if (first == task.firstOpen() && end == first + 1 && end < task.end && task.claim != null) {
            task.first = end; // it has just run, and is to run again
        } else {
            require(
                    task.has(first) && end == task.end && first > task.first,
                    "split",
                    () -> "not a rest: " + first + ".." + end);
            task.end = first;
        }
        add(new SimulatedTask(rest, task.submission, first, end, task.queueLimited, settings.ageingNanos()));
    }

    private SimulatedTask add(SimulatedTask task) {
        require(tasks.putIfAbsent(task.id, task) == null, "numbers", () -> task.id + " was given before");
        open.add(task);
        return task;
    }

    Claim sent(SimulatedTask task, WorkerAccount account, int first, int end, int attempt) {
        require(
                account.ready && !account.isStopping(),
                "send",
                () -> "worker " + account.worker.slot + " is not ready");
        require(task.waits(), "one place", () -> "task " + task.id + " is sent and does not wait");
        require(
                first == task.firstOpen() && end == task.endOpen() && first < end,
                "send",
                () -> "items " + first + ".." + end);
        requireAttempt(task, first, end, attempt);
        for (var other : open) {
            require(other == task || !other.waits() || !other.goesBefore(task), "priority", () -> other.id + " waits");
        }
        credits.checkSend(task, account, workers);
        int most = account.mostItems(settings);
        require(
                most == 0 || account.itemsTaken + end - first <= most,
                "recycling",
                () -> "a worker that took " + account.itemsTaken + " items gets " + (end - first));
        require(
                !account.held.isEmpty() || workers.holding() < workers.workers(),
                "size",
                () -> workers.holding() + " workers hold tasks, and another gets one");
        var claim = new Claim(task, account.worker, first, end, attempt, agenda.now());
        task.claim = claim;
        account.held.add(claim);
        account.took(end - first, settings);
        return claim;
    }

    private static void requireAttempt(SimulatedTask task, int first, int end, int attempt) {
        for (int item = first; item < end; item++) {
            int begun = task.submission.begun[item];
            require(
                    attempt == begun + 1,
                    "attempts",
                    () -> "attempt " + attempt + " is sent of task " + task.id + ", begun " + begun);
        }
    }

    /// The engine took back what has not begun.
    int takenBack(WorkerAccount account, Claim claim) {
        int before = claim.limit;
        int first = claim.takeBack();
        account.itemsTaken -= before - first;
        if (first < before && claim.isDone()) {
            letGo(account, claim);
        }
        return first == before ? claim.limit : first;
    }

    /// The world lets a worker begin an item.
    void begins(Claim claim, int item) {
        var task = claim.task;
        var submission = task.submission;
        require(
                submission.endings[item] == null,
                "at most once",
                () -> "item " + item + " begins, and has ended " + submission.endings[item]);
        var former = submission.runs[item];
        require(
                former == null
                        || former.delivered > item
                        || workers.find(former.worker.slot, former.worker.generation) == null,
                "at most once",
                () -> "item " + item + " of task " + task.id + " begins while it may run elsewhere");
        int begun = ++submission.begun[item];
        require(
                begun <= submission.terms.retry().times() + 1,
                "at most once",
                () -> "item " + item + " begins " + begun + " times");
        submission.runs[item] = claim;
        task.queueLimited = false;
    }

    /// The engine is told a result.
    void told(WorkerAccount account, Claim claim, long runNanos) {
        firstItems.told(account, claim);
        claim.delivered++;
        claim.task.runNanos += runNanos;
        if (claim.isDone()) {
            credits.taskEnded(claim.task.runNanos);
            letGo(account, claim);
        }
    }

    void letGo(WorkerAccount account, Claim claim) {
        account.held.remove(claim);
        account.lastBusy = agenda.now();
        if (claim.task.claim == claim) {
            claim.task.claim = null;
        }
    }

    /// An item is to be run again, after the wait that its terms ask for.
    void retried(SimulatedTask task, int item, int attempt) {
        require(
                task.claim == null && task.firstOpen() == item && task.endOpen() == item + 1,
                "retry",
                () -> "item " + item + " is not all that is left of task " + task.id);
        require(attempt == task.submission.begun[item], "attempts", () -> "attempt " + attempt + " is not over");
        long wait = task.submission.waitNanos(attempt);
        task.restsUntil = agenda.now() + wait;
        task.resting = wait > 0;
        task.runNanos = 0;
    }

    /// Before every time event: whose rest is over.
    void wake() {
        for (var task : open) {
            task.resting &= task.restsUntil > agenda.now();
        }
    }

    void ended(SimulatedTask task, int item, Ending ending, int attempt) {
        require(task.has(item), "endings", () -> "task " + task.id + " has no item " + item);
        var submission = task.submission;
        require(
                submission.endings[item] == null,
                "exactly once",
                () -> "item " + item + " ends " + ending + " after " + submission.endings[item]);
        int begun = submission.begun[item];
        require(
                begun == attempt,
                "attempts",
                () -> "item " + item + " ends in attempt " + attempt + ", begun " + begun);
        submission.endings[item] = ending;
        endings.merge(ending, 1L, Long::sum);
        if (!task.isOpen()) {
            open.remove(task);
        }
    }

    /// After every event.
    void check(PoolEvents engine) {
        int waiting = countWaiting();
        require(
                engine.queued() == waiting,
                "one place",
                () -> waiting + " tasks wait, in the engine " + engine.queued());
        checkIdle(waiting, engine.phase() == PoolPhase.BROKEN);
        var expected = new Counts(
                submitted,
                count(Ending.SUCCEEDED),
                count(Ending.FAILED),
                count(Ending.CANCELLED),
                count(Ending.QUEUE_TIME_OUT)
                        + count(Ending.SOFT_TIME_OUT)
                        + count(Ending.HARD_TIME_OUT)
                        + count(Ending.TOTAL_TIME_OUT),
                count(Ending.WORKER_DIED),
                count(Ending.POOL_BROKEN));
        require(engine.counts().equals(expected), "ledger", () -> engine.counts() + " instead of " + expected);
        if (engine.phase() == PoolPhase.TERMINATED) {
            require(open.isEmpty(), "end", () -> open.size() + " tasks are open in a terminated pool");
        }
    }

    private int countWaiting() {
        int waiting = 0;
        for (var task : open) {
            waiting += task.waits() ? 1 : 0;
            var claim = task.claim;
            require(
                    claim == null || task.endOpen() <= claim.limit,
                    "one place",
                    () -> "the rest of task " + task.id + " is lost");
        }
        return waiting;
    }

    private long count(Ending ending) {
        return endings.getOrDefault(ending, 0L);
    }

    private void checkIdle(int waiting, boolean broken) {
        boolean idle = false;
        for (var account : workers.present()) {
            idle |= workers.isFree(account);
        }
        require(!idle || waiting == 0, "idle", () -> waiting + " tasks wait while a worker idles");
        SimulatedTask first = null;
        for (var task : open) {
            first = task.waits() && (first == null || task.goesBefore(first)) ? task : first;
        }
        if (first != null && !broken) {
            credits.checkUse(first, workers);
        }
        for (var account : workers.present()) {
            checkHeld(account, idle, first, broken);
        }
    }

    private static void checkHeld(WorkerAccount account, boolean idle, @Nullable SimulatedTask first, boolean broken) {
        for (int i = 0; i < account.held.size(); i++) {
            var claim = account.held.get(i);
            if (!claim.isUntouched()) {
                continue;
            }
            require(!account.isStopping(), "idle", () -> "task " + claim.task.id + " waits for a worker that leaves");
            require(!broken, "giving up", () -> "task " + claim.task.id + " may still begin");
            require(
                    i == 0 || !account.overMemory,
                    "idle",
                    () -> "task " + claim.task.id + " waits for a worker that is to leave");
            require(i == 0 || !idle, "idle", () -> "task " + claim.task.id + " waits behind another");
            require(
                    i == 0 || first == null || !first.outranks(claim.task),
                    "priority",
                    () -> "task " + claim.task.id + " was sent ahead of one that waits");
        }
    }

    /// After every time event: what is overdue has been struck.
    void checkTime() {
        long now = agenda.now();
        for (var task : open) {
            var terms = task.submission.terms;
            boolean waitsTooLong = terms.queueLimitNanos() > 0
                    && task.queueLimited
                    && now - task.submission.submittedAt >= terms.queueLimitNanos();
            require(!waitsTooLong, "queue limit", () -> "task " + task.id + " has waited too long");
            boolean overdue = task.submission.isOverdue(now);
            var claim = task.claim;
            require(
                    !overdue || (claim != null && claim.next >= task.endOpen()),
                    "total limit",
                    () -> "task " + task.id + " still waits, and has no time left");
            if (claim == null || claim.running == Boards.NONE) {
                continue;
            }
            long ran = now - claim.since;
            boolean condemned = claim.condemned == claim.running;
            require(
                    !overdue || condemned || isStopping(claim),
                    "total limit",
                    () -> "task " + task.id + " still runs, and has no time left");
            require(
                    terms.hardLimitNanos() == 0
                            || ran < terms.hardLimitNanos() + firstItems.allowance(claim)
                            || condemned
                            || isStopping(claim),
                    "hard limit",
                    () -> "task " + task.id + " has run too long");
            require(
                    terms.softLimitNanos() == 0
                            || ran < terms.softLimitNanos() + mostForSoftLimit(claim)
                            || claim.interrupted == claim.running
                            || isStopping(claim),
                    "soft limit",
                    () -> "task " + task.id + " has run too long and is not interrupted");
        }
    }

    private long mostForSoftLimit(Claim claim) {
        var account = workers.find(claim.worker.slot, claim.worker.generation);
        return account == null ? 0 : firstItems.mostForSoftLimit(account, claim);
    }

    private boolean isStopping(Claim claim) {
        var account = workers.find(claim.worker.slot, claim.worker.generation);
        return account == null || account.isStopping();
    }
}
