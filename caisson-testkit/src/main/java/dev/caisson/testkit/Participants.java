package dev.caisson.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;

/// The threads that use a simulated pool: those that called it, and those that run callbacks. Time has to wait for
/// them: between two lines of a test no virtual hour may pass. Thread-safe.
///
/// A thread that neither waits nor ends is waited for only so long, or a test that polls would never see an end.
final class Participants implements Executor {

    private static final long PATIENCE_NANOS = Duration.ofMillis(200).toNanos();
    private static final long LOOK_AGAIN_NANOS = 20_000;

    /// Whether a thread is still waited for. Guarded by this.
    private final Map<Thread, Boolean> awaited = new WeakHashMap<>();

    void add(Thread thread) {
        synchronized (this) {
            awaited.putIfAbsent(thread, true);
        }
    }

    /// Runs a callback on a thread of its own.
    @Override
    public void execute(Runnable callback) {
        var thread = Thread.ofVirtual().name("caisson-simulation-callback").unstarted(callback);
        add(thread);
        thread.start();
    }

    /// Returns when all of them, but the calling thread, wait for something.
    void awaitQuiet() {
        long begin = System.nanoTime();
        while (isAnyRunning()) {
            if (System.nanoTime() - begin > PATIENCE_NANOS) {
                leaveBehind();
                return;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /// As [#awaitQuiet], and gives those who were just woken the time to get going: some look as if they still waited
    /// until they do.
    void awaitQuietFor(Duration span) {
        awaitQuiet();
        LockSupport.parkNanos(span.toNanos());
        awaitQuiet();
    }

    private synchronized boolean isAnyRunning() {
        boolean running = false;
        for (var entries = awaited.entrySet().iterator(); entries.hasNext(); ) {
            var entry = entries.next();
            var thread = entry.getKey();
            switch (thread.getState()) {
                case TERMINATED -> entries.remove();
                case WAITING, TIMED_WAITING -> {
                    entry.setValue(true);
                    running |= isWoken(thread);
                }
                case NEW, RUNNABLE, BLOCKED -> running |= entry.getValue() && thread != Thread.currentThread();
            }
        }
        return running;
    }

    /// A thread that waits for a future that is done by now: it still has the state of one that waits.
    private static boolean isWoken(Thread thread) {
        return LockSupport.getBlocker(thread) instanceof ForkJoinPool.ManagedBlocker blocker
                && !Thread.currentThread().isInterrupted() // which the question would clear
                && blocker.isReleasable();
    }

    /// Not waited for again until they are seen waiting.
    private synchronized void leaveBehind() {
        awaited.replaceAll((thread, patient) -> switch (thread.getState()) {
            case WAITING, TIMED_WAITING, TERMINATED -> true;
            case NEW, RUNNABLE, BLOCKED -> false;
        });
    }
}
