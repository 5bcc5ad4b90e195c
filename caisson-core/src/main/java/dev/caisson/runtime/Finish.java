package dev.caisson.runtime;

import dev.caisson.TaskEnding;
import dev.caisson.TaskEvent;
import dev.caisson.TaskTiming;
import dev.caisson.WorkerInfo;
import dev.caisson.engine.Ending;
import dev.caisson.engine.RetryTerms;
import dev.caisson.fleet.Departure;
import dev.caisson.fleet.WorkerEvents;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The end of one item, with all that was known when the engine decided it. Turned into a [Settlement] after the
/// unlock, since messages and stack traces take their time.
///
/// @param seat the worker that it was last sent to: the rest of its chunk may be with another one soon
/// @param result what a worker delivered in this moment, for whichever item
/// @param departure how the worker left whose exit is being handled in this moment
/// @param unfinishedBeganNanos when the item began that its worker died in, or that was cancelled while it ran; 0 if
///     that is not known, or it did not
/// @param nowNanos when the engine decided
/// @param servers how many workers could take tasks then, if it never began for its queue limit
/// @param poolTrouble what the pool's last trouble was that no task is to blame for
record Finish(
        long task,
        int item,
        Ending ending,
        int attempt,
        Piece piece,
        @Nullable Seat seat,
        WorkerEvents.@Nullable ItemResultFrame result,
        @Nullable Departure departure,
        long unfinishedBeganNanos,
        long nowNanos,
        int servers,
        @Nullable Throwable poolTrouble) {

    Settlement settlement(Diagnosis diagnosis) {
        return switch (ending) {
            case SUCCEEDED, QUEUE_TIME_OUT, CANCELLED -> alone(diagnosis);
            case FAILED, SOFT_TIME_OUT, WORKER_DIED, HARD_TIME_OUT, TOTAL_TIME_OUT, POOL_BROKEN ->
                alone(diagnosis)
                        .after(piece.earlier.last().stream()
                                .map(finish -> finish.alone(diagnosis))
                                .toList());
        };
    }

    /// Without what was before.
    private Settlement alone(Diagnosis diagnosis) {
        return settled(
                switch (ending) {
                    case SUCCEEDED, FAILED, SOFT_TIME_OUT -> null;
                    case WORKER_DIED -> diagnosis.workerDied(this);
                    case HARD_TIME_OUT -> timeOut(diagnosis).hard();
                    case QUEUE_TIME_OUT -> timeOut(diagnosis).queue();
                    case TOTAL_TIME_OUT -> timeOut(diagnosis).total();
                    case CANCELLED -> new CancellationException(diagnosis.cancelled(this));
                    case POOL_BROKEN -> diagnosis.broken(poolTrouble, attempt);
                });
    }

    /// As [#settlement], with an error in place of the one that would be made, and without the attempts before.
    Settlement settledBy(@Nullable Throwable error) {
        return settled(error);
    }

    /// Whether its worker was lost with it.
    boolean isLost() {
        return ending == Ending.WORKER_DIED || ending == Ending.HARD_TIME_OUT;
    }

    private TimeOut timeOut(Diagnosis diagnosis) {
        return new TimeOut(this, diagnosis.limits().killGrace());
    }

    TaskEvent event() {
        var options = piece.submission.options();
        return new TaskEvent(piece.id, item, options.label(), options.correlationId(), taskEnding(), attempt, timing());
    }

    /// Such as `task 918 'parse a.pdf'`, with its correlation id in brackets if it has one, or `item 3 of task 918`.
    String what() {
        var label = piece.submission
                .options()
                .label()
                .map(text -> " '" + Printable.label(text) + "'")
                .orElse("");
        var correlation = piece.submission
                .options()
                .correlationId()
                .map(text -> " [" + Printable.label(text) + "]")
                .orElse("");
        var place = piece.submission.items().size() > 1 ? "item " + item + " of " : "";
        return place + "task " + piece.id + label + correlation;
    }

    /// Such as ` (attempt 2 of 3)`, or ` (attempt 2)` if it is not run again for such an ending.
    ///
    /// @param isRetried whether it is
    String attemptText(Predicate<RetryTerms> isRetried) {
        var retry = piece.submission.terms().retry();
        return " (attempt " + attempt
                + (retry.times() == 0 || !isRetried.test(retry) ? ")" : " of " + (retry.times() + 1L) + ")");
    }

    /// What there is to say of a task that has cost as many workers as it may.
    Optional<String> quarantine() {
        int retries = piece.submission.terms().retry().times();
        return piece.earlier.lost() == 0 || attempt <= retries
                ? Optional.empty()
                : Optional.of(piece.earlier.lost() + 1 + " workers were lost while they ran it, so with its " + retries
                        + (retries == 1 ? " retry" : " retries")
                        + " used up it is quarantined: it is not run again. Before this worker: "
                        + piece.earlier.workers());
    }

    /// Whether it waited to be run again.
    boolean isBetweenAttempts() {
        return piece.rests || attempt < piece.attempt;
    }

    /// How long it ran; zero if that is not known.
    Duration ran() {
        long began = beganNanos();
        return began == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, endedNanos() - began));
    }

    private Settlement settled(@Nullable Throwable error) {
        var bytes = error == null && isDelivered() && result != null ? result.bytes() : null;
        var what = ending == Ending.SOFT_TIME_OUT ? what() : "";
        var output = attempt == 0 || attempt != piece.attempt ? null : piece.output;
        return new Settlement(ending, what, attempt, bytes, error, List.of(), worker(), timing(), output);
    }

    private Optional<WorkerInfo> worker() {
        return attempt == 0 || seat == null ? Optional.empty() : seat.worker.info();
    }

    private TaskTiming timing() {
        var submission = piece.submission;
        long began = beganNanos();
        var total = Duration.ofNanos(Math.max(0, endedNanos() - submission.submittedNanos()));
        if (began == 0) {
            return new TaskTiming(submission.submittedAt(), Optional.empty(), Optional.empty(), Optional.of(total));
        }
        var queued = Duration.ofNanos(Math.max(0, began - submission.submittedNanos()));
        return new TaskTiming(submission.submittedAt(), Optional.of(queued), Optional.of(ran()), Optional.of(total));
    }

    private long beganNanos() {
        if (isDelivered() && result != null) {
            return result.beganNanos();
        }
        return unfinishedBeganNanos;
    }

    private long endedNanos() {
        return isDelivered() && result != null ? result.endedNanos() : nowNanos;
    }

    /// Whether the result at hand is this item's.
    private boolean isDelivered() {
        return result != null && result.task() == task && result.item() == item;
    }

    private TaskEnding taskEnding() {
        return switch (ending) {
            case SUCCEEDED -> TaskEnding.SUCCEEDED;
            case FAILED -> TaskEnding.FAILED;
            case WORKER_DIED ->
                departure != null && departure.exhausted().isPresent() ? TaskEnding.OUT_OF_MEMORY : TaskEnding.CRASHED;
            case QUEUE_TIME_OUT, SOFT_TIME_OUT, HARD_TIME_OUT, TOTAL_TIME_OUT -> TaskEnding.TIMED_OUT;
            case CANCELLED -> TaskEnding.CANCELLED;
            case POOL_BROKEN -> TaskEnding.REJECTED;
        };
    }
}
