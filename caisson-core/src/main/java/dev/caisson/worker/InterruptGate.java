package dev.caisson.worker;

import org.jspecify.annotations.Nullable;

/// Lets an interrupt hit only the item it was meant for: it passes while that item is inside, and not a moment longer.
/// Thread-safe.
final class InterruptGate {

    private final Thread taskThread;
    private @Nullable RunningItem inside; // guarded by this

    InterruptGate(Thread taskThread) {
        this.taskThread = taskThread;
    }

    /// Opens the gate for an item.
    synchronized void enter(RunningItem item) {
        inside = item;
    }

    /// Closes the gate, and takes away an interrupt that nobody has noticed.
    void leave() {
        synchronized (this) {
            inside = null;
        }
        Thread.interrupted();
    }

    /// Interrupts an item, if it is inside in that attempt: a late interrupt must not hit the next one.
    synchronized void interrupt(long task, int item, int attempt) {
        if (inside != null && inside.is(task, item) && inside.attempt() == attempt) {
            inside.cancel();
            taskThread.interrupt();
        }
    }

    /// The thread on which tasks run.
    Thread taskThread() {
        return taskThread;
    }
}
