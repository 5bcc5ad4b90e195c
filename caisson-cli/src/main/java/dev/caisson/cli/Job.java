package dev.caisson.cli;

import dev.caisson.ProcessPool;
import dev.caisson.TaskOptions;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A target run on all inputs, with an account for each in the order in which they end.
///
/// @param pool where; stays open
/// @param options what holds for each input
/// @param call the target
record Job(ProcessPool pool, TaskOptions options, TargetCall call) {

    private static final Duration PATIENCE_AFTER_CTRL_C = Duration.ofSeconds(5);

    /// How a job ended.
    ///
    /// @param millis how long it took
    /// @param interrupted whether Ctrl-C ended it, so that inputs may be without an account
    record End(long millis, boolean interrupted) {}

    /// Runs it.
    ///
    /// @param accounts takes them on the caller's thread; what it throws ends the job
    /// @throws UncheckedIOException if the inputs can't be read
    End run(Inputs inputs, Consumer<Account> accounts) {
        var start = System.nanoTime();
        var stop = new Stop();
        try (var interruption = new Interruption(stop::request, PATIENCE_AFTER_CTRL_C);
                var run = pool.batch(inputs.whileTrue(() -> !stop.requested()))
                        .options(options)
                        .map(call)) {
            stop.cancels(run::cancel);
            run.unorderedItems().map(Account::of).forEach(accounts);
            return new End((System.nanoTime() - start) / 1_000_000, interruption.happened());
        }
    }

    /// Joins Ctrl-C, which may come at once, with the run, which is there a little later.
    private static final class Stop {

        private volatile boolean requested;
        private @Nullable Runnable cancel;

        boolean requested() {
            return requested;
        }

        synchronized void request() {
            requested = true;
            if (cancel != null) {
                cancel.run();
            }
        }

        synchronized void cancels(Runnable action) {
            cancel = action;
            if (requested) {
                action.run();
            }
        }
    }
}
