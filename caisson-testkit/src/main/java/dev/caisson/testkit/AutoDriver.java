package dev.caisson.testkit;

import java.util.concurrent.locks.LockSupport;

/// The thread that lets virtual time go on by itself, as long as somebody waits for something.
final class AutoDriver {

    private static final System.Logger LOG = System.getLogger(AutoDriver.class.getName());

    private final Thread thread;
    private final Runnable work;
    private volatile boolean ended;

    /// @param work does all there is to do
    AutoDriver(String name, Runnable work) {
        this.work = work;
        this.thread = Thread.ofPlatform().daemon().name(name + "-simulation").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// There may be something new to do. What it does itself, it need not be told.
    void wake() {
        if (Thread.currentThread() != thread) {
            LockSupport.unpark(thread);
        }
    }

    void end() {
        ended = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!ended) {
            try {
                work.run();
            } catch (Throwable failure) { // the border of this thread: the simulation must not die silently
                LOG.log(System.Logger.Level.ERROR, "An event of the simulation failed; it goes on", failure);
            }
            if (!ended) {
                LockSupport.park(this);
            }
        }
    }
}
