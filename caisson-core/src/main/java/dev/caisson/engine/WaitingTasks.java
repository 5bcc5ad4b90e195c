package dev.caisson.engine;

import java.util.Comparator;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The tasks that wait for a worker: higher priority first, then in turn.
///
/// The capacity bounds what is submitted. A task that comes back from a worker has been let in already, so it always
/// finds room.
final class WaitingTasks {

    private final int capacity;
    private final TreeMap<Integer, TaskList> levels = new TreeMap<>(Comparator.reverseOrder());
    private int size;

    /// @param capacity how many may wait, 0 for no bound
    WaitingTasks(int capacity) {
        this.capacity = capacity;
    }

    boolean isFull() {
        return capacity > 0 && size >= capacity;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    void add(Task task) {
        levels.computeIfAbsent(task.terms.priority(), _ -> new TaskList()).addInTurn(task);
        size++;
    }

    @Nullable Task first() {
        return size == 0 ? null : levels.firstEntry().getValue().first();
    }

    void remove(Task task) {
        int priority = task.terms.priority();
        var level = levels.get(priority);
        if (level == null) {
            throw new IllegalStateException("Task " + task.id + " does not wait");
        }
        level.remove(task);
        if (level.isEmpty()) {
            levels.remove(priority);
        }
        size--;
    }
}
