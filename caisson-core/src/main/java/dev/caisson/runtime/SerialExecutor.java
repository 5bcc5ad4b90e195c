package dev.caisson.runtime;

import dev.caisson.memory.Remark;
import dev.caisson.process.LightThread;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/// Runs actions one after the other, in order, on threads of another executor. A slow action delays those behind it,
/// and nobody else.
final class SerialExecutor implements Executor {

    private final Executor threads;

    /// Guarded by itself, like `running`.
    private final Queue<Runnable> actions = new ArrayDeque<>();

    private boolean running;

    SerialExecutor(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable action) {
        add(action);
        start();
    }

    /// Puts an action in line; [#start] follows, when whatever lock the caller holds is released. Calls nobody.
    void add(Runnable action) {
        synchronized (actions) {
            actions.add(action);
        }
    }

    /// Lets the actions in line run, unless they do already.
    void start() {
        synchronized (actions) {
            if (running || actions.isEmpty()) {
                return;
            }
            running = true;
        }
        try {
            run(threads, this::runAll);
        } catch (Error noThreads) {
            synchronized (actions) {
                running = false;
            }
            throw noThreads; // whoever called tries again
        }
    }

    /// Runs an action on a thread of the executor, or on another one if it refuses: it may have been shut down.
    static void run(Executor threads, Runnable action) {
        try {
            threads.execute(action);
        } catch (RuntimeException | LinkageError refused) {
            LightThread.start(action);
        }
    }

    private void runAll() {
        while (true) {
            Runnable action;
            synchronized (actions) {
                action = actions.poll();
                if (action == null) {
                    running = false;
                    return;
                }
            }
            runLogged(action);
        }
    }

    /// The same action, but what it throws is logged, and keeps nothing else from running: it is the user's code.
    static Runnable logged(Runnable action) {
        return () -> runLogged(action);
    }

    private static void runLogged(Runnable action) {
        try {
            action.run();
        } catch (Throwable failure) {
            Remark.log(SerialExecutor.class, Level.WARNING, "A callback threw; the pool goes on", failure);
        }
    }
}
