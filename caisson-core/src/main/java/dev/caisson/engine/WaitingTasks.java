package dev.caisson.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The tasks that wait for a worker: higher rank first, then in turn.
///
/// A rank is a priority that has aged: waiting as long as the ageing says is worth one priority. All ranks rise alike
/// with time, so which of two tasks goes first never changes while they wait; and as tasks of one priority go in turn,
/// only the first ones of each priority have to be compared.
///
/// The capacity bounds what is submitted. A task that comes back from a worker has been let in already, so it always
/// finds room.
final class WaitingTasks {

    private final int capacity;
    private final Map<Integer, Level> levels = new HashMap<>(); // looked up only: its order is undefined
    private final TreeSet<Level> byRank = new TreeSet<>(Level::compare);
    private final TaskList resting = new TaskList();
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
        var level = levels.computeIfAbsent(task.terms.priority(), Level::new);
        var head = level.tasks.first();
        level.tasks.addInTurn(task);
        if (level.tasks.first() != head) {
            place(level, head != null);
        }
        size++;
    }

    /// Takes in a task that is not to be sent yet.
    void rest(Task task) {
        resting.addLast(task);
    }

    /// Any that waits or rests.
    @Nullable Task any() {
        var first = first();
        return first == null ? resting.first() : first;
    }

    /// The next to be sent.
    @Nullable Task first() {
        return size == 0 ? null : byRank.getFirst().tasks.first();
    }

    void remove(Task task) {
        if (task.list == resting) {
            resting.remove(task);
            return;
        }
        var level = levels.get(task.terms.priority());
        if (level == null) {
            throw new IllegalStateException("Task " + task.id + " does not wait");
        }
        boolean head = level.tasks.first() == task;
        level.tasks.remove(task);
        if (level.tasks.isEmpty()) {
            byRank.remove(level);
            levels.remove(level.priority);
        } else if (head) {
            place(level, true);
        }
        size--;
    }

    /// Its first task is another one.
    private void place(Level level, boolean placed) {
        if (placed && byRank.size() == 1) {
            return; // nothing to compare it with: its rank is looked up when there is
        }
        if (placed) {
            byRank.remove(level);
        } else if (byRank.size() == 1) {
            byRank.getFirst().rank = rankNow(byRank.getFirst());
        }
        level.rank = rankNow(level);
        byRank.add(level);
    }

    private static long rankNow(Level level) {
        var first = level.tasks.first();
        return first == null ? level.rank : first.rank;
    }

    /// The tasks of one priority.
    private static final class Level {

        final int priority;
        final TaskList tasks = new TaskList();

        /// The rank that it is placed by: its first task's, if there are other levels.
        long rank;

        Level(int priority) {
            this.priority = priority;
        }

        static int compare(Level one, Level other) {
            int byRank = Long.compare(other.rank, one.rank);
            return byRank != 0 ? byRank : Integer.compare(other.priority, one.priority);
        }
    }
}
