package dev.caisson.fleet;

import dev.caisson.process.FoldersAtExit;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The start of one worker on a machine that may be short of something for the moment, of processes or descriptors
/// say: then it is tried again, later and later, until nobody wants it any more. Thread-safe.
final class PatientStart {

    private static final System.Logger LOG = System.getLogger(PatientStart.class.getName());
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final String pool;
    private final int slot;
    private final AtomicLong pauseMillis = new AtomicLong(FIRST_PAUSE_MILLIS);
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
        while (true) {
            try (var _ = FoldersAtExit.hold()) {
                start.run();
                return;
            } catch (IOException | OutOfMemoryError failure) {
                var shortage = Shortage.of(failure);
                if (shortage.isEmpty() && shortOf != null && isUnwantedWithin(0)) {
                    throw new IOException(shortOf.getMessage(), shortOf); // that is why it took too long
                }
                if (shortage.isEmpty() || isUnwantedAfterPause(shortage.get())) {
                    throw failure;
                }
                shortOf = failure;
            }
        }
    }

    /// Tries again, after a pause, since a try that had succeeded was in vain for lack of something. Blocks as
    /// [#run(Start)] does.
    ///
    /// @return false if nobody wants it any more
    /// @throws IOException as [#run(Start)]
    boolean again(Shortage shortage, Start start) throws IOException {
        if (isUnwantedAfterPause(shortage)) {
            return false;
        }
        run(start);
        return true;
    }

    private boolean isUnwantedAfterPause(Shortage shortage) {
        long pause = pauseMillis.getAndUpdate(last -> Math.min(2 * last, LONGEST_PAUSE_MILLIS));
        LOG.log(
                pause == FIRST_PAUSE_MILLIS ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                "Pool {0} can''t start worker {1} for the moment, and tries again until its startTimeLimit. {2}",
                pool,
                slot,
                shortage.remedy());
        return isUnwantedWithin(pause);
    }

    /// Ends the pause, and the tries.
    void giveUp() {
        unwanted.countDown();
    }

    boolean isGivenUp() {
        return unwanted.getCount() == 0;
    }

    private boolean isUnwantedWithin(long millis) {
        try {
            return unwanted.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            return true;
        }
    }
}
