package dev.caisson.engine;

/// Takes in what workers deliver: each result ends its item, or has it run again.
final class Results {

    private final Tasks tasks;
    private final Assignments assignments;
    private final Retries retries;
    private final Credits credits;
    private final FirstItems firstItems;

    Results(Tasks tasks, Assignments assignments, Retries retries, Credits credits, FirstItems firstItems) {
        this.tasks = tasks;
        this.assignments = assignments;
        this.retries = retries;
        this.credits = credits;
        this.firstItems = firstItems;
    }

    /// The worker has run the next item of the task, `runNanos` long.
    void delivered(long now, Worker worker, Task task, ItemResult result, long runNanos) {
        int item = task.next;
        task.accepted();
        tasks.begun(task);
        var ending = ending(task, item, result);
        boolean again = retries.isDue(now, task, ending, result == ItemResult.FAILED_RETRYABLY);
        if (task.isOpen() && !again) {
            tasks.finishItem(task, item, ending, true);
        }
        task.next++;
        task.runNanos += runNanos;
        if (worker.itemsDone == 0 && worker.firstItemExtended) {
            firstItems.endedLate();
        }
        worker.itemsDone++;
        if (task.items() > 0) {
            if (again) {
                retries.again(now, tasks.splitFront(task, item), ending);
            }
            return;
        }
        credits.taskEnded(task.runNanos);
        assignments.release(task, worker);
        if (again) {
            task.next = item;
            retries.again(now, task, ending);
        } else if (task.isOpen()) {
            tasks.close(task);
        }
    }

    private static Ending ending(Task task, int item, ItemResult result) {
        return switch (result) {
            case SUCCEEDED -> Ending.SUCCEEDED;
            case FAILED, FAILED_RETRYABLY -> task.interrupted == item ? Ending.SOFT_TIME_OUT : Ending.FAILED;
        };
    }
}
