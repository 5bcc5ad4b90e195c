package dev.caisson.testkit.simulation;

import static dev.caisson.testkit.simulation.WorkerOracle.require;

import dev.caisson.engine.Boards;
import dev.caisson.engine.Ending;
import dev.caisson.engine.ItemResult;
import org.jspecify.annotations.Nullable;

/// What must hold of the reason for which an item ends.
final class EndingOracle {

    private final Agenda agenda;
    private final WorkerOracle workers;
    private final FirstItemOracle firstItems;
    private final long killGraceNanos;

    /// The result that the engine is being told now.
    private @Nullable Claim told;

    private int toldItem;
    private ItemResult toldResult = ItemResult.SUCCEEDED;
    private boolean broken;

    EndingOracle(Agenda agenda, WorkerOracle workers, FirstItemOracle firstItems, long killGraceNanos) {
        this.firstItems = firstItems;
        this.agenda = agenda;
        this.workers = workers;
        this.killGraceNanos = killGraceNanos;
    }

    void telling(Claim claim, int item, ItemResult result) {
        told = claim;
        toldItem = item;
        toldResult = result;
    }

    void eventOver() {
        told = null;
    }

    void poolBroken() {
        require(!broken, "giving up", "the pool broke twice");
        broken = true;
    }

    void ends(SimulatedTask task, int item, Ending ending) {
        var submission = task.submission;
        var run = submission.runs[item];
        var claim = told;
        boolean isTold = claim != null && claim.task == task && toldItem == item;
        boolean interrupted = claim != null && claim.interrupted == item;
        boolean right = switch (ending) {
            case SUCCEEDED -> isTold && toldResult == ItemResult.SUCCEEDED;
            case FAILED -> isTold && threw() && !interrupted && !mayRetry(submission, item, ending);
            case SOFT_TIME_OUT -> isTold && threw() && interrupted && !mayRetry(submission, item, ending);
            case WORKER_DIED ->
                run != null && diedRunning(run, item) && run.condemned != item && !mayRetry(submission, item, ending);
            case HARD_TIME_OUT -> diedOverHardLimit(run, item) && !mayRetry(submission, item, ending);
            case TOTAL_TIME_OUT -> submission.isOverdue(agenda.now()) && !isRunning(run, item);
            case QUEUE_TIME_OUT ->
                task.queueLimited
                        && submission.terms.queueLimitNanos() > 0
                        && agenda.now() - submission.submittedAt >= submission.terms.queueLimitNanos();
            case CANCELLED -> task.cancelAsked || workers.isEndingNow();
            case POOL_BROKEN -> broken && !isRunning(run, item);
        };
        require(
                right,
                oracle(ending),
                () -> "item %d of task %d ends %s without reason".formatted(item, task.id, ending));
    }

    /// It does not end so, but is to be run again.
    void retried(SimulatedTask task, int item, Ending instead) {
        var run = task.submission.runs[item];
        boolean isTold = told != null && told.task.submission == task.submission && toldItem == item && threw();
        boolean interrupted = told != null && told.interrupted == item;
        boolean right = switch (instead) {
            case FAILED -> isTold && !interrupted;
            case SOFT_TIME_OUT -> isTold && interrupted;
            case WORKER_DIED -> run != null && diedRunning(run, item) && run.condemned != item;
            case HARD_TIME_OUT -> diedOverHardLimit(run, item);
            case SUCCEEDED, QUEUE_TIME_OUT, TOTAL_TIME_OUT, CANCELLED, POOL_BROKEN -> false;
        };
        require(
                right && mayRetry(task.submission, item, instead),
                "retry",
                () -> "item %d of task %d is run again instead of %s, without reason"
                        .formatted(item, task.id, instead));
    }

    private boolean threw() {
        return toldResult != ItemResult.SUCCEEDED;
    }

    private boolean mayRetry(Submission submission, int item, Ending ending) {
        var terms = submission.terms.retry();
        boolean cause = switch (ending) {
            case WORKER_DIED -> terms.afterDeath();
            case SOFT_TIME_OUT, HARD_TIME_OUT -> terms.afterTimeOut();
            default -> toldResult == ItemResult.FAILED_RETRYABLY;
        };
        int begun = submission.begun[item];
        return cause
                && begun <= terms.times()
                && !broken
                && !submission.isOverdue(agenda.now() + submission.waitNanos(begun));
    }

    private static String oracle(Ending ending) {
        return switch (ending) {
            case SUCCEEDED, FAILED -> "owner";
            case WORKER_DIED -> "blame";
            case QUEUE_TIME_OUT -> "queue limit";
            case SOFT_TIME_OUT -> "soft limit";
            case HARD_TIME_OUT -> "hard limit";
            case TOTAL_TIME_OUT -> "total limit";
            case CANCELLED -> "cancel";
            case POOL_BROKEN -> "giving up";
        };
    }

    private boolean diedRunning(@Nullable Claim run, int item) {
        return run != null && run.running == item && isGone(run);
    }

    private boolean diedOverHardLimit(@Nullable Claim run, int item) {
        return run != null && diedRunning(run, item) && run.condemned == item && run.overHardLimit;
    }

    /// Whether it may be running, as far as anybody knows.
    private boolean isRunning(@Nullable Claim run, int item) {
        return run != null && run.delivered <= item && !isGone(run);
    }

    private boolean isGone(Claim run) {
        return workers.find(run.worker.slot, run.worker.generation) == null;
    }

    void interrupted(Claim claim, int item, int attempt) {
        require(
                attempt == claim.attempt,
                "attempts",
                () -> "item " + item + " of task " + claim.task.id + " is interrupted in attempt " + attempt);
        if (claim.task.aborted) {
            return;
        }
        long limit = claim.task.submission.terms.softLimitNanos();
        boolean overdue = limit > 0 && claim.running == item && agenda.now() - claim.since >= limit;
        require(
                overdue,
                "soft limit",
                () -> "item " + item + " of task " + claim.task.id + " is interrupted too early");
        require(claim.interrupted != item, "soft limit", () -> "item " + item + " is interrupted twice");
        claim.interrupted = item;
    }

    void extended(WorkerAccount account, Claim claim, int item, long allowanceNanos) {
        long limit = claim.task.submission.terms.hardLimitNanos();
        require(
                limit > 0 && agenda.now() - claim.since >= limit,
                "first item",
                () -> "task " + claim.task.id + " gets an allowance before it needs one");
        firstItems.extended(account, claim, item, allowanceNanos);
    }

    /// It is to be killed for that limit.
    void killedForLimit(WorkerAccount account, Claim claim, Ending sentence) {
        if (sentence == Ending.HARD_TIME_OUT) {
            firstItems.condemned(account, claim);
        }
    }

    void condemned(Claim claim) {
        long limit = claim.task.submission.terms.hardLimitNanos();
        boolean overdue = limit > 0 && agenda.now() - claim.since >= limit + firstItems.allowance(claim);
        boolean stubborn = claim.task.aborted && agenda.now() - claim.task.abortedAt >= killGraceNanos;
        boolean overTotal = claim.task.submission.isOverdue(agenda.now());
        claim.overHardLimit = overdue;
        require(
                claim.condemned != Boards.NONE && (claim.task.aborted ? stubborn : overdue || overTotal),
                "hard limit",
                () -> "task " + claim.task.id + " is condemned after " + (agenda.now() - claim.since) + " ns");
    }
}
