package dev.caisson.runtime;

import dev.caisson.CaissonException;
import dev.caisson.PoolBrokenException;
import dev.caisson.TaskTimeoutException;
import dev.caisson.TaskTimeoutException.Limit;
import dev.caisson.WorkerExitedException;
import dev.caisson.WorkerStartException;
import dev.caisson.engine.KillReason;
import dev.caisson.fleet.Departure;
import dev.caisson.memory.Headroom;
import dev.caisson.memory.Remark;
import dev.caisson.memory.Scarcity;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes errors of what workers left behind, by a [Diagnosis], and whatever goes wrong in that costs words only: a
/// plain sentence stands in for the error's message, and the log has the reason.
///
/// A worker may leave anything: output, a crash report, an exit code, words on its board, an encoded exception. So
/// nothing here is called under the pool's lock, where a failure would be taken for the engine's own. Thread-safe.
final class GuardedDiagnosis {

    private static final String WORDLESS = " More can't be told: the log of this program says why.";

    private final Diagnosis diagnosis;

    /// A worker that leaves such things will leave more of them: only the first is a warning.
    private final AtomicBoolean warned = new AtomicBoolean();

    GuardedDiagnosis(Diagnosis diagnosis) {
        this.diagnosis = diagnosis;
    }

    /// See [Diagnosis#coldWorkers].
    String coldWorkers(Duration allowance) {
        return diagnosis.coldWorkers(allowance);
    }

    /// See [Diagnosis#diedIdle].
    CaissonException diedIdle(Departure departure, @Nullable KillReason reason) {
        return guarded(() -> diagnosis.diedIdle(departure, reason), () -> exited(departure, "while it was idle"));
    }

    /// See [Diagnosis#startFailed].
    WorkerStartException startFailed(Departure departure, @Nullable KillReason reason) {
        var death = departure.death();
        return guarded(
                () -> diagnosis.startFailed(departure, reason),
                () -> new WorkerStartException(
                        "A worker of pool " + diagnosis.pool() + " could not be started: worker " + death.slot()
                                + " (pid " + death.pid() + ") exited with code " + death.exitCode()
                                + " before it was ready." + WORDLESS,
                        departure.command(),
                        OptionalInt.of(death.exitCode()),
                        death.outputTail(),
                        null));
    }

    /// See [Diagnosis#notLaunched].
    ///
    /// @param cause a launcher of the user's may have thrown anything
    WorkerStartException notLaunched(Throwable cause) {
        return guarded(
                () -> diagnosis.notLaunched(cause),
                () -> new WorkerStartException(
                        "A worker of pool " + diagnosis.pool() + " could not be started: its launcher threw "
                                + cause.getClass().getName() + "." + WORDLESS,
                        List.of(),
                        OptionalInt.empty(),
                        List.of(),
                        new IOException(cause.getClass().getName())));
    }

    /// See [Finish#settlement].
    Settlement settlement(Finish finish) {
        return guarded(() -> finish.settlement(diagnosis), () -> finish.settledBy(plainError(finish)));
    }

    private @Nullable Throwable plainError(Finish finish) {
        return switch (finish.ending()) {
            case SUCCEEDED, FAILED, SOFT_TIME_OUT -> null;
            case WORKER_DIED -> workerDied(finish);
            case HARD_TIME_OUT -> timedOut(finish, Limit.HARD);
            case QUEUE_TIME_OUT -> timedOut(finish, Limit.QUEUE);
            case TOTAL_TIME_OUT -> timedOut(finish, Limit.TOTAL);
            case CANCELLED -> new CancellationException(Diagnosis.capital(finish.what()) + " was cancelled");
            case POOL_BROKEN ->
                new PoolBrokenException(
                        "Pool " + diagnosis.pool() + " is broken before " + finish.what() + " could end." + WORDLESS,
                        null);
        };
    }

    private static Throwable workerDied(Finish finish) {
        var when = "while running " + finish.what();
        if (finish.departure() != null) {
            return exited(finish.departure(), when);
        }
        var info = finish.seat() == null ? null : finish.seat().worker.info().orElse(null);
        return info == null
                ? new IllegalStateException("A worker was lost " + when + "." + WORDLESS)
                : exited(Departure.unheard(info), when);
    }

    private static WorkerExitedException exited(Departure departure, String when) {
        var death = departure.death();
        return new WorkerExitedException(
                "Worker " + death.slot() + " (pid " + death.pid() + ") exited with code " + death.exitCode() + " "
                        + when + "." + WORDLESS,
                death);
    }

    private static TaskTimeoutException timedOut(Finish finish, Limit limit) {
        return new TaskTimeoutException(
                Diagnosis.capital(finish.what()) + " had not ended within its limit (" + limit + ")." + WORDLESS,
                limit,
                finish.ran(),
                List.of(),
                null);
    }

    private <T> T guarded(Supplier<T> words, Supplier<T> plain) {
        try {
            return words.get();
        } catch (RuntimeException | Error failure) {
            if (Scarcity.isCauseOf(failure) && !Headroom.isThere()) {
                throw failure; // and is tried again when there is room
            }
            Remark.log(
                    GuardedDiagnosis.class,
                    warned.compareAndSet(false, true) ? Level.WARNING : Level.DEBUG,
                    "What happened in pool " + diagnosis.pool() + " can't be put into words; the pool goes on. Further"
                            + " failures of this kind are logged at level DEBUG",
                    failure);
            return plain.get();
        }
    }
}
