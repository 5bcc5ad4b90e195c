package dev.caisson.cli;

import dev.caisson.TaskFuture;
import dev.caisson.WorkerInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// An input on its way: handed to the pool, or refused by it.
///
/// @param input the input
/// @param future what the pool makes of it; null if it was refused
/// @param refusal why it was refused; null if it was not
record Flight(
        String input,
        @Nullable TaskFuture<@Nullable Object> future,
        @Nullable RuntimeException refusal) {

    boolean isDone() {
        return future == null || future.isDone();
    }

    void cancel() {
        if (future != null) {
            future.cancel(true);
        }
    }

    /// Whether it was cancelled before any worker began it, so that nothing is lost by not telling of it.
    boolean isUntouched() {
        return future != null && future.isCancelled() && future.attempts() == 0;
    }

    /// What became of it, once it is done.
    Account account() {
        var error = error();
        if (error != null) {
            var verdict = Verdict.of(error);
            return new Account(input, verdict.status(), null, verdict.fault(), millis(), attempts(), worker());
        }
        var value = future == null ? null : future.resultNow();
        return new Account(input, Status.OK, value, null, millis(), attempts(), worker());
    }

    /// Why it is not ok, once it is done; null if it is.
    @Nullable Throwable error() {
        if (future == null) {
            return refusal;
        }
        return switch (future.state()) {
            case SUCCESS, RUNNING -> null;
            case FAILED -> future.exceptionNow();
            case CANCELLED -> new CancellationException("It was cancelled while it ran");
        };
    }

    private long millis() {
        if (future == null) {
            return 0;
        }
        var timing = future.timing();
        return timing.running().or(timing::total).orElse(Duration.ZERO).toMillis();
    }

    private int attempts() {
        return future == null ? 0 : future.attempts();
    }

    private Optional<Long> worker() {
        return Optional.ofNullable(future).flatMap(TaskFuture::worker).map(WorkerInfo::pid);
    }
}
