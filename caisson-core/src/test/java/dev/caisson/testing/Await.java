package dev.caisson.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for conditions that come true by themselves. The one place where tests poll.
public final class Await {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(15);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private Await() {}

    /// Waits for what is sure to come.
    ///
    /// @throws AssertionError if it doesn't
    public static void until(String what, BooleanSupplier condition) {
        until(what, LONG_ENOUGH, condition);
    }

    /// Waits for what must come in time.
    ///
    /// @throws AssertionError if it doesn't
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        if (!holdsWithin(limit, condition)) {
            throw new AssertionError("Within " + limit.toMillis() + " ms it did not come true that " + what);
        }
    }

    /// Whether a condition comes true within a limit.
    public static boolean holdsWithin(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }
}
