package dev.caisson.process;

import java.util.concurrent.atomic.AtomicBoolean;

/// Warns, once, that the dead stay listed where this program is the first process of its container: whoever's parent
/// has died is then its child, and it never asks for such a child's exit.
final class Zombies {

    private static final System.Logger LOG = System.getLogger(Zombies.class.getName());
    private static final long FIRST_PROCESS = 1;
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private Zombies() {}

    /// Processes were killed whose parent was a worker.
    static void warn(int killed) {
        if (killed > 0 && isNews(ProcessHandle.current().pid(), WARNED)) {
            LOG.log(System.Logger.Level.WARNING, "{0}", text());
        }
    }

    static boolean isNews(long ownPid, AtomicBoolean warned) {
        return ownPid == FIRST_PROCESS && warned.compareAndSet(false, true);
    }

    static String text() {
        return "This program is process 1 of its container, so what its workers had started, and was killed with them,"
                + " stays as a zombie: it holds no memory, but a place among the container's processes (pids limit)."
                + " Start the container with an init process that reaps: docker run --init, or tini as its entry point.";
    }
}
