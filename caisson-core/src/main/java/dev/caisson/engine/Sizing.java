package dev.caisson.engine;

/// How many workers there should be.
final class Sizing {

    private final boolean idleLeave;
    private final int spares;
    private int most;
    private int least;

    /// Whether workers are wanted even without tasks.
    private boolean started;

    Sizing(EngineSettings settings) {
        idleLeave = settings.idleLimitNanos() > 0;
        most = settings.workers();
        least = settings.minWorkers();
        spares = settings.spares();
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

    /// How many may hold tasks.
    int most(PoolPhase phase, boolean workLeft) {
        return switch (phase) {
            case RUNNING -> most;
            case CLOSING -> workLeft ? most : 0;
            case BROKEN, TERMINATED -> 0;
        };
    }

    /// How many there may be, spares included. Those who are on their way out don't count.
    int mostPlaces(PoolPhase phase, boolean workLeft) {
        return most(phase, workLeft) + spares(phase);
    }

    /// How many to launch.
    ///
    /// @param places how many count already
    /// @param free how many of these are idle or about to be
    /// @param waiting how many tasks wait
    int missing(PoolPhase phase, int places, int free, int waiting) {
        int room = mostPlaces(phase, waiting > 0) - places;
        int toHave = phase == PoolPhase.RUNNING && started ? floor() + spares - places : 0;
        return Math.clamp(Math.max(toHave, waiting + spares(phase) - free), 0, Math.max(0, room));
    }

    /// How many have to be ready before one of them may leave by plan.
    ///
    /// @param load how many tasks run or wait
    int needed(PoolPhase phase, int load) {
        int least = phase == PoolPhase.RUNNING && started ? floor() : 0;
        return Math.max(least, Math.min(load, most(phase, load > 0)));
    }

    /// Whether an idle worker may leave for good.
    boolean mayLeave(int places) {
        return idleLeave && places > least + spares;
    }

    private int spares(PoolPhase phase) {
        return phase == PoolPhase.RUNNING && started ? spares : 0;
    }

    private int floor() {
        return idleLeave ? least : most;
    }
}
