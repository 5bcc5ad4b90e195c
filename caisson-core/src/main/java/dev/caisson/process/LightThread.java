package dev.caisson.process;

import java.util.concurrent.atomic.AtomicBoolean;

/// A thread for something short: a virtual one, or a thread of the system where the JVM can have no virtual ones. A JVM
/// that was short of threads when it first wanted one never has any.
public final class LightThread {

    private LightThread() {}

    /// Runs an action on a thread of its own.
    ///
    /// @throws OutOfMemoryError if there is no thread of any kind
    public static void start(Runnable action) {
        var once = once(action);
        try {
            Thread.startVirtualThread(once);
        } catch (OutOfMemoryError | LinkageError noneToBeHad) {
            Thread.ofPlatform().daemon().name("caisson-light").start(once);
        }
    }

    /// Runs an action on a thread of its own, or here if there is none.
    public static void startOrRun(Runnable action) {
        var once = once(action);
        try {
            start(once);
        } catch (OutOfMemoryError noThreads) {
            once.run();
        }
    }

    /// A virtual thread whose start has failed may run later all the same.
    private static Runnable once(Runnable action) {
        var begun = new AtomicBoolean();
        return () -> {
            if (begun.compareAndSet(false, true)) {
                action.run();
            }
        };
    }
}
