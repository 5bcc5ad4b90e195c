package dev.caisson.testkit;

import dev.caisson.fleet.HeldItem;
import dev.caisson.protocol.Assignment;

/// A running item of a simulated worker, and what becomes of it.
record ScriptedItem(HeldItem held, TaskScript script) {

    Assignment assignment() {
        return held.assignment();
    }

    /// Such as `task 4 'parse a.pdf'`.
    String what() {
        var place = assignment().work().count() > 1 ? "item " + held.item() + " of " : "";
        var retry = held.attempt() > 1 ? ", attempt " + held.attempt() : "";
        return place + "task " + held.taskId()
                + held.label().map(text -> " '" + text + "'").orElse("") + retry;
    }
}
