package dev.caisson.chaos;

import dev.caisson.Outcome;
import dev.caisson.TaskTimeoutException;
import dev.caisson.WorkerExitedException;
import dev.caisson.WorkerOutOfMemoryException;
import java.util.concurrent.CancellationException;

/// How a task can end, as its caller sees it.
enum Verdict {
    VALUE,
    FAILED,
    CRASHED,
    OUT_OF_MEMORY,
    TIMED_OUT,
    CANCELLED;

    static Verdict of(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Success<?> success -> VALUE;
            case Outcome.Failure<?> failure -> of(failure.error());
        };
    }

    static Verdict of(Throwable error) {
        return switch (error) {
            case WorkerOutOfMemoryException memory -> OUT_OF_MEMORY;
            case WorkerExitedException death -> CRASHED;
            case TaskTimeoutException limit -> TIMED_OUT;
            case CancellationException cancel -> CANCELLED;
            default -> FAILED;
        };
    }
}
