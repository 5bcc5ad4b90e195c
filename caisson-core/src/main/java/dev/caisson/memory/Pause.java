package dev.caisson.memory;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The waits between tries of something, each longer than the one before. Allocates nothing. Not thread-safe.
public final class Pause {

    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private long nanos = FIRST_NANOS;

    /// Waits. An interrupt shortens it, and is kept.
    public void take() {
        boolean interrupted = Thread.interrupted(); // or it would be no pause
        LockSupport.parkNanos(this, nanos);
        nanos = Math.min(2 * nanos, LONGEST_NANOS);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// The last try went well: the next wait is a short one again.
    public void reset() {
        nanos = FIRST_NANOS;
    }
}
