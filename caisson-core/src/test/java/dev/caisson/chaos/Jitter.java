package dev.caisson.chaos;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The class behind fault points that only take their time, now and then: other orders of events come about.
///
/// In workers of the chaos tests. In the test's own JVM, for any test: `-Dcaisson.faults=dev.caisson.chaos.Jitter`.
public final class Jitter implements Consumer<String> {

    private static final String PROPERTY = "caisson.jitter";
    private static final int HUNDRED = 100;

    private final int mostMillis;
    private final int percent;
    private final Random random;

    /// Reads `most milliseconds:percent of visits:seed` from the system properties.
    public Jitter() {
        var parts = System.getProperty(PROPERTY, "20:10:1").split(":", 3);
        mostMillis = Integer.parseInt(parts[0]);
        percent = Integer.parseInt(parts[1]);
        random = new Random(Long.parseLong(parts[2]) + ProcessHandle.current().pid());
    }

    static String[] jvmOptions(int mostMillis, int percent, long seed) {
        return new String[] {
            "-Dcaisson.faults=" + Jitter.class.getName(),
            "-D" + PROPERTY + "=" + mostMillis + ":" + percent + ":" + seed
        };
    }

    @Override
    public void accept(String point) {
        if (random.nextInt(HUNDRED) < percent) {
            var nanos = TimeUnit.MILLISECONDS.toNanos(1 + random.nextInt(mostMillis));
            var end = System.nanoTime() + nanos;
            for (long left = nanos; left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
        }
    }
}
