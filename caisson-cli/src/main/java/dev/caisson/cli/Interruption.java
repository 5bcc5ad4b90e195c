package dev.caisson.cli;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Ctrl-C or SIGTERM, taken as a wish to stop and keep what there is.
///
/// The first one asks the run to end, which leaves the results and a summary. When that takes longer than a moment, or
/// at the second one, the process exits; at the third it ends without its farewells.
final class Interruption implements AutoCloseable {

    private static final String CTRL_C = "INT";
    private static final String TERMINATION = "TERM";

    private final Runnable stop;
    private final Duration patience;
    private final AtomicInteger times = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final @Nullable Object beforeCtrlC;
    private final @Nullable Object beforeTermination;

    private volatile int exitCode;

    /// Listens until closed.
    ///
    /// @param stop ends the run; is called once, on a thread of the JVM's
    /// @param patience how long the run may take to end
    Interruption(Runnable stop, Duration patience) {
        this.stop = stop;
        this.patience = patience;
        this.beforeCtrlC = Signals.take(CTRL_C, () -> signalled(Main.INTERRUPTED));
        this.beforeTermination = Signals.take(TERMINATION, () -> signalled(Main.TERMINATED));
    }

    /// The exit code that tells of it, if it happened.
    OptionalInt exitCode() {
        return exitCode == 0 ? OptionalInt.empty() : OptionalInt.of(exitCode);
    }

    @Override
    public void close() {
        ended.countDown();
        Signals.restore(CTRL_C, beforeCtrlC);
        Signals.restore(TERMINATION, beforeTermination);
    }

    private void signalled(int code) {
        switch (times.incrementAndGet()) {
            case 1 -> {
                exitCode = code;
                stop.run();
                exitUnlessEnded(code);
            }
            case 2 -> System.exit(code);
            default -> Runtime.getRuntime().halt(code);
        }
    }

    private void exitUnlessEnded(int code) {
        try {
            if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                System.exit(code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
