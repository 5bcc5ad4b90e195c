package dev.caisson.engine;

import org.jspecify.annotations.Nullable;

/// Tasks in a row, linked through themselves: a task is in one list at most, and leaves it without a search.
final class TaskList {

    private @Nullable Task first;
    private @Nullable Task last;
    private int size;

    @Nullable Task first() {
        return first;
    }

    @Nullable Task last() {
        return last;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void addLast(Task task) {
        insertBefore(null, task);
    }

    /// Adds a task by its turn. New ones go to the end at once; those that come back belong to the front, where the
    /// search begins.
    void addInTurn(Task task) {
        if (last == null || last.goesBefore(task)) {
            addLast(task);
            return;
        }
        var place = first;
        while (place != null && place.goesBefore(task)) {
            place = place.after;
        }
        insertBefore(place, task);
    }

    void remove(Task task) {
        if (task.list != this) {
            throw new IllegalStateException("Task " + task.id + " is not in this list");
        }
        var before = task.before;
        var after = task.after;
        if (before == null) {
            first = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.before = before;
        }
        task.before = null;
        task.after = null;
        task.list = null;
        size--;
    }

    private void insertBefore(@Nullable Task place, Task task) {
        if (task.list != null) {
            throw new IllegalStateException("Task " + task.id + " is in a list already");
        }
        var before = place == null ? last : place.before;
        task.list = this;
        task.before = before;
        task.after = place;
        if (before == null) {
            first = task;
        } else {
            before.after = task;
        }
        if (place == null) {
            last = task;
        } else {
            place.before = task;
        }
        size++;
    }
}
