package dev.caisson.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Ctrl-C, taken as a wish to stop and keep what there is.
///
/// The first one asks the run to end, which leaves the results and a summary. When that takes longer than a moment,
/// because the command waits for input for example, or at the second Ctrl-C, the process exits.
final class Interruption implements AutoCloseable {

    private final Runnable stop;
    private final Duration patience;
    private final AtomicBoolean happened = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final @Nullable Object before;

    /// Listens until closed.
    ///
    /// @param stop ends the run; is called once, on a thread of the JVM's
    /// @param patience how long the run may take to end
    Interruption(Runnable stop, Duration patience) {
        this.stop = stop;
        this.patience = patience;
        this.before = CtrlC.take(this::interrupted);
    }

    boolean happened() {
        return happened.get();
    }

    @Override
    public void close() {
        ended.countDown();
        CtrlC.restore(before);
    }

    private void interrupted() {
        if (happened.getAndSet(true)) {
            System.exit(Main.INTERRUPTED);
        }
        stop.run();
        try {
            if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                System.exit(Main.INTERRUPTED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
