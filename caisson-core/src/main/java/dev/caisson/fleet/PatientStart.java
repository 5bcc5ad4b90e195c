package dev.caisson.fleet;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The start of one worker on a machine that may be short of something for the moment, of processes or descriptors
/// say: then it is tried again, later and later, until nobody wants it any more. Thread-safe.
final class PatientStart {

    private static final System.Logger LOG = System.getLogger(PatientStart.class.getName());
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final String pool;
    private final int slot;
    private final CountDownLatch unwanted = new CountDownLatch(1);

    PatientStart(String pool, int slot) {
        this.pool = pool;
        this.slot = slot;
    }

    /// One try.
    @FunctionalInterface
    interface Start {
        void run() throws IOException;
    }

    /// Tries until it succeeds. Blocks between tries.
    ///
    /// @throws IOException if a try failed for good, or nobody wants it any more
    void run(Start start) throws IOException {
        @Nullable Throwable shortOf = null;
        for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            try {
                start.run();
                return;
            } catch (IOException | OutOfMemoryError failure) {
                var shortage = Shortage.of(failure);
                if (shortage.isEmpty() && shortOf != null && isUnwantedWithin(0)) {
                    throw new IOException(shortOf.getMessage(), shortOf); // that is why it took too long
                }
                if (shortage.isEmpty() || isUnwantedWithin(pause)) {
                    throw failure;
                }
                shortOf = failure;
                LOG.log(
                        pause == FIRST_PAUSE_MILLIS ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                        "Pool {0} can''t start worker {1} for the moment, and tries again until its startTimeLimit. {2}",
                        pool,
                        slot,
                        shortage.get().remedy());
            }
        }
    }

    /// Ends the pause, and the tries.
    void giveUp() {
        unwanted.countDown();
    }

    private boolean isUnwantedWithin(long millis) {
        try {
            return unwanted.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            return true;
        }
    }
}
