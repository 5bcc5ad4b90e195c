package dev.caisson.engine;

/// How many workers there should be.
final class Sizing {

    private final boolean idleLeave;
    private int most;
    private int least;

    /// Whether workers are wanted even without tasks.
    private boolean started;

    Sizing(EngineSettings settings) {
        idleLeave = settings.idleLimitNanos() > 0;
        most = settings.workers();
        least = settings.minWorkers();
    }

    /// False: that was known.
    boolean start() {
        boolean first = !started;
        started = true;
        return first;
    }

    void resize(int workers) {
        least = Math.min(least, workers);
        most = workers;
    }

    /// How many there may be.
    int most(PoolPhase phase, boolean workLeft) {
        return switch (phase) {
            case RUNNING -> most;
            case CLOSING -> workLeft ? most : 0;
            case BROKEN, TERMINATED -> 0;
        };
    }

    /// How many to launch.
    ///
    /// @param places how many count already
    /// @param free how many of these are idle or about to be
    /// @param waiting how many tasks wait
    int missing(PoolPhase phase, int places, int free, int waiting) {
        int room = most(phase, waiting > 0) - places;
        int toHave = phase == PoolPhase.RUNNING && started ? floor() - places : 0;
        return Math.clamp(Math.max(toHave, waiting - free), 0, Math.max(0, room));
    }

    /// Whether an idle worker may leave for good.
    boolean hasSpare(int places) {
        return idleLeave && places > least;
    }

    private int floor() {
        return idleLeave ? least : most;
    }
}
