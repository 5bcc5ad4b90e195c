package dev.caisson.runtime;

import dev.caisson.engine.Engine;
import dev.caisson.settings.Durations;
import dev.caisson.settings.PoolSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Warns that new workers are held back because others die without a task to blame: tasks wait then, and the pool is
/// not broken yet. Once for each series of deaths. Guarded by the pool's lock.
final class RestartWarning {

    private static final System.Logger LOG = System.getLogger(RestartWarning.class.getName());

    /// Shorter waits nobody notices.
    private static final long NOTABLE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private static final int FEW_DEATHS = 2;

    private final String pool;
    private final PoolSettings.Limits limits;
    private boolean given;

    RestartWarning(String pool, PoolSettings.Limits limits) {
        this.pool = pool;
        this.limits = limits;
    }

    /// A worker is gone, and the engine has been told. Called inside a visit.
    ///
    /// @param trouble how the last one ended that no task is to blame for
    void workerGone(Engine engine, long now, @Nullable Throwable trouble, Visits visits) {
        int deaths = engine.recentDeaths();
        if (deaths < FEW_DEATHS) {
            given = false;
        }
        long wait = engine.launchWaitNanos(now);
        if (!given && wait >= NOTABLE_NANOS) {
            given = true;
            visits.after(() -> LOG.log(System.Logger.Level.WARNING, "{0}", text(deaths, wait, trouble)));
        }
    }

    private String text(int deaths, long waitNanos, @Nullable Throwable trouble) {
        return "Workers of pool " + pool + " die faster than they can be replaced: " + deaths + " within "
                + Durations.text(limits.restartWindow()) + ", with no task to blame. New ones are held back for "
                + Durations.text(Duration.ofNanos(waitNanos)) + " now, for up to 5 s if this goes on, and tasks wait"
                + " meanwhile; the pool gives up after more than " + limits.restartDeaths()
                + " such deaths (restartLimit). Mend the cause, or lower restartLimit to be told of it by an error."
                + (trouble == null ? "" : " The last one: " + trouble.getMessage());
    }
}
