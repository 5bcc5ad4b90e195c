package dev.caisson.engine;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The open tasks: their numbers, their endings, and the account of both.
final class Tasks {

    private final Effects effects;
    private final Deadlines deadlines;
    private final Ageing ageing;
    private final Ledger ledger = new Ledger();
    private final Map<Long, Task> open = new HashMap<>(); // looked up only: its order is undefined
    private long lastId;

    Tasks(Effects effects, Deadlines deadlines, Ageing ageing) {
        this.effects = effects;
        this.deadlines = deadlines;
        this.ageing = ageing;
    }

    Task add(long now, int items, int bytes, TaskTerms terms) {
        ledger.submitted(items);
        long id = ++lastId;
        var task = new Task(id, id, ageing.rank(terms.priority(), now), 0, items, bytes, terms);
        open.put(id, task);
        return task;
    }

    @Nullable Task find(long id) {
        return open.get(id);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    Counts counts() {
        return ledger.counts();
    }

    /// Makes the items from `first` on a task of their own, which waits for nobody yet.
    Task split(Task task, int first) {
        var rest = new Task(++lastId, task.turn, task.rank, first, task.end, task.bytes, task.terms);
        task.end = first;
        return added(task, rest);
    }

    /// Makes the item that just ran a task of its own, to be run again. What follows it stays with its worker.
    Task splitFront(Task task, int item) {
        var alone = new Task(++lastId, task.turn, task.rank, item, item + 1, task.bytes, task.terms);
        return added(task, alone);
    }

    private Task added(Task task, Task part) {
        part.attempt = task.attempt;
        part.totalLimit = task.totalLimit == null ? null : task.totalLimit.over(part, deadlines);
        open.put(part.id, part);
        effects.splitTask(task.id, part.id, part.next, part.end);
        return part;
    }

    /// One item has its ending, and the task goes on.
    ///
    /// @param begun whether it may have begun in this attempt
    void finishItem(Task task, int item, Ending ending, boolean begun) {
        ledger.ended(ending);
        effects.finishItem(task.id, item, ending, begun ? task.attempt : task.attempt - 1);
    }

    /// The items from `first` on end without having begun, and the task is shorter.
    void cut(Task task, int first, Ending ending) {
        int end = task.end;
        task.end = first;
        for (int item = first; item < end; item++) {
            finishItem(task, item, ending, false);
        }
        if (task.items() == 0) {
            close(task);
        }
    }

    /// All items that are left end so, for the caller at least.
    ///
    /// @param begun whether they may have begun in this attempt
    void finish(Task task, Ending ending, boolean begun) {
        for (int item = task.next; item < task.end; item++) {
            finishItem(task, item, ending, begun);
        }
        close(task);
    }

    /// Every item has its ending.
    void close(Task task) {
        task.to(TaskPhase.FINISHED);
        open.remove(task.id);
        deadlines.cancel(task.rest);
        if (task.totalLimit != null) {
            deadlines.cancel(task.totalLimit.deadline);
        }
        begun(task);
    }

    /// It has begun in time: what is left of it may wait without limit.
    void begun(Task task) {
        deadlines.cancel(task.queueLimit);
        task.queueLimit = null;
    }
}
