package dev.caisson.cli;

import dev.caisson.CaissonException;
import dev.caisson.PoolBrokenException;
import dev.caisson.ProcessPool;
import dev.caisson.TaskOptions;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A target run on all inputs, with an account for each.
///
/// Inputs are read by a thread of their own, so that an input that is long in coming holds up no account.
final class Job {

    private static final Duration PATIENCE_AFTER_SIGNAL = Duration.ofSeconds(5);
    private static final int LEAST_AHEAD = 256;
    private static final int AHEAD_PER_WORKER = 32;
    private static final long MOST_CHARACTERS_AHEAD = 1 << 24;
    private static final int LONGEST_LABEL = 60;

    private final ProcessPool pool;
    private final TaskOptions each;
    private final TargetCall call;
    private final Window window;

    // Written by the thread that reads inputs, before it ends them.
    private volatile @Nullable RuntimeException inputFailure;

    /// @param pool where; stays open if the job comes to its own end
    /// @param each what holds for each input
    /// @param call the target
    /// @param ordered whether accounts come in the order of the inputs, rather than as they end
    Job(ProcessPool pool, TaskOptions each, TargetCall call, boolean ordered) {
        this.pool = pool;
        this.each = each;
        this.call = call;
        var ahead = Math.max(
                LEAST_AHEAD, AHEAD_PER_WORKER * pool.snapshot().workers().size());
        this.window = new Window(ahead, MOST_CHARACTERS_AHEAD, ordered);
    }

    /// How a job ended.
    ///
    /// @param millis how long it took
    /// @param signal the exit code for the signal that ended it, if one did; inputs may then be without an account
    /// @param failure why it ended before its inputs did, if it was for their reading, the pool, or who takes accounts
    record End(long millis, OptionalInt signal, Optional<RuntimeException> failure) {}

    /// Runs it. An input that a signal kept from beginning gets no account.
    ///
    /// @param accounts takes them on the caller's thread; what it throws ends the job, and a failure to write is told
    ///     in its end
    End run(Iterator<String> inputs, Consumer<Account> accounts) {
        return run(inputs, _ -> false, accounts);
    }

    /// Runs it, but for inputs that stand for names that are no text: these fail.
    End run(Iterator<String> inputs, Predicate<String> undecodable, Consumer<Account> accounts) {
        var start = System.nanoTime();
        var complete = false;
        try (var interruption = new Interruption(window::stop, PATIENCE_AFTER_SIGNAL)) {
            Thread.ofPlatform().daemon().name("caisson-inputs").start(() -> read(inputs, undecodable));
            var failure = tell(accounts);
            complete = !window.isStopped();
            return new End(
                    (System.nanoTime() - start) / 1_000_000,
                    interruption.exitCode(),
                    failure.or(() -> Optional.ofNullable(inputFailure)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Nobody interrupts the thread of a command", e);
        } finally {
            if (!complete) {
                window.stop();
                pool.terminate();
            }
        }
    }

    /// Ends the job soon, as Ctrl-C does.
    void stop() {
        window.stop();
    }

    private Optional<RuntimeException> tell(Consumer<Account> accounts) throws InterruptedException {
        Optional<RuntimeException> failure = Optional.empty();
        for (var flight = window.next(); flight != null; flight = window.next()) {
            if (flight.isUntouched()) {
                continue;
            }
            if (flight.error() instanceof PoolBrokenException error) {
                // It is final: every further input would end like this one.
                failure = Optional.of(error);
                window.endInput();
            }
            try {
                accounts.accept(flight.account());
            } catch (UncheckedIOException e) {
                window.stop();
                return Optional.of(e);
            }
        }
        return failure;
    }

    private void read(Iterator<String> inputs, Predicate<String> undecodable) {
        try {
            while (window.awaitRoom() && inputs.hasNext()) {
                var input = inputs.next();
                if (undecodable.test(input)) {
                    refuse(input, new UndecodableName(input));
                } else {
                    start(input);
                }
            }
        } catch (WrongUsage | UncheckedIOException e) {
            inputFailure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // A defect; thrown on, for whoever waits for this thread has to hear of it.
            inputFailure = e;
        } finally {
            window.endInput();
        }
    }

    private void start(String input) {
        try {
            var future = pool.submit(new TargetRun(call, input), each.withLabel(Printable.line(input, LONGEST_LABEL)));
            var flight = new Flight(input, future, null);
            window.started(flight);
            future.whenComplete((_, _) -> window.ended(flight));
        } catch (CaissonException | RejectedExecutionException refused) {
            refuse(input, refused);
        }
    }

    private void refuse(String input, RuntimeException why) {
        var flight = new Flight(input, null, why);
        window.started(flight);
        window.ended(flight);
    }
}
