package dev.caisson.engine;

/// Runs items again that did not end well, as often as their terms allow, and after the wait that these ask for.
final class Retries {

    private final Effects effects;
    private final Deadlines deadlines;
    private final WaitingTasks waiting;
    private final Assignments assignments;
    private final Lifecycle lifecycle;

    Retries(Effects effects, Deadlines deadlines, WaitingTasks waiting, Assignments assignments, Lifecycle lifecycle) {
        this.effects = effects;
        this.deadlines = deadlines;
        this.waiting = waiting;
        this.assignments = assignments;
        this.lifecycle = lifecycle;
    }

    /// Whether an item of the task that would end so is to be run again instead. It is not if its time would be over
    /// before the next attempt: then how it ended tells more than a time-out.
    ///
    /// @param retryable whether a failure is of a kind that the task wants to be run again for
    boolean isDue(long now, Task task, Ending ending, boolean retryable) {
        var terms = task.terms.retry();
        boolean cause = switch (ending) {
            case WORKER_DIED -> terms.afterDeath();
            case SOFT_TIME_OUT, HARD_TIME_OUT -> terms.afterTimeOut();
            case FAILED -> retryable;
            case SUCCEEDED, QUEUE_TIME_OUT, TOTAL_TIME_OUT, CANCELLED, POOL_BROKEN -> false;
        };
        boolean inTime = task.totalLimit == null || task.totalLimit.leaves(terms.waitNanos(task.attempt), now);
        return cause && inTime && task.isOpen() && task.attempt <= terms.times() && lifecycle.takesRetries();
    }

    /// The one item that is left of the task waits for its next attempt. No worker holds it.
    void again(long now, Task task, Ending instead) {
        effects.retryItem(task.id, task.next, instead, task.attempt);
        long wait = task.terms.retry().waitNanos(task.attempt);
        task.attempt++;
        task.runNanos = 0;
        if (wait == 0) {
            assignments.putBack(task);
            return;
        }
        assignments.putToRest(task);
        task.rest = deadlines.in(wait, now, _ -> {
            waiting.remove(task);
            waiting.add(task);
        });
    }
}
