package dev.caisson.cli;

import dev.caisson.CaissonException;
import dev.caisson.PoolBrokenException;
import dev.caisson.TaskTimeoutException;
import dev.caisson.WorkerDeath;
import dev.caisson.WorkerExitedException;
import dev.caisson.WorkerLostException;
import dev.caisson.WorkerOutOfMemoryException;
import dev.caisson.WorkerStartException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an error of an item means: how the input ended, and why.
///
/// @param status never [Status#OK]
/// @param fault why
record Verdict(Status status, Fault fault) {

    private static final Pattern SIGNAL = Pattern.compile("\\bSIG[A-Z]+\\b");
    private static final Pattern NATIVE_FRAME = Pattern.compile("\\b[CV]\\s+\\[[^\\]]+\\]");

    /// Judges what an item ended with.
    ///
    /// What the user's method throws always comes as a [TargetFailure], so every other error is the pool's own.
    static Verdict of(Throwable error) {
        return switch (error) {
            case TargetFailure _ -> new Verdict(Status.FAILED, thrown(error));
            case TaskTimeoutException timeout
            when timeout.getCause() != null -> new Verdict(Status.TIMEOUT, thrown(timeout.getCause()));
            case TaskTimeoutException timeout -> timedOut(timeout);
            case WorkerOutOfMemoryException exit -> died(Status.OUT_OF_MEMORY, exit, "out of memory");
            case WorkerExitedException exit -> died(Status.CRASHED, exit, ending(exit.death()));
            case WorkerLostException _ -> verdict(Status.CRASHED, error, "");
            case PoolBrokenException _ -> verdict(Status.REJECTED, error, causes(error));
            case WorkerStartException _ -> verdict(Status.REJECTED, error, "");
            case RejectedExecutionException _ -> verdict(Status.REJECTED, error, "");
            case CancellationException _ -> verdict(Status.CANCELLED, error, "");
            case CaissonException _ -> verdict(Status.FAILED, error, causes(error));
            default -> new Verdict(Status.FAILED, thrown(error));
        };
    }

    /// What the user's method threw by itself, or when its soft limit interrupted it.
    private static Fault thrown(Throwable error) {
        return error instanceof TargetFailure failure ? failure.fault() : Fault.of(error);
    }

    private static @Nullable String message(Throwable error) {
        return error.getMessage() == null ? null : OptionNames.in(error.getMessage());
    }

    private static Verdict verdict(Status status, Throwable error, String stack) {
        return new Verdict(
                status, new Fault(error.getClass().getName(), message(error), stack.isEmpty() ? null : stack));
    }

    private static Verdict timedOut(TaskTimeoutException error) {
        var stack = String.join("\n", error.workerStack());
        return new Verdict(
                Status.TIMEOUT,
                new Fault(
                        error.getClass().getName(),
                        message(error),
                        stack.isEmpty() ? null : stack,
                        error.getClass().getSimpleName(),
                        error.firstTask()));
    }

    private static Verdict died(Status status, WorkerExitedException error, String kind) {
        return new Verdict(
                status,
                new Fault(
                        error.getClass().getName(),
                        message(error),
                        error.crashReport().orElse(null),
                        kind));
    }

    /// The signal and the native code it struck in, or the exit code. A JVM that crashes tells its signal in its report
    /// only: it exits by itself.
    private static String ending(WorkerDeath death) {
        var report = death.crashReport().orElse("");
        return death.signal()
                .or(() -> first(SIGNAL, report))
                .map(signal -> signal
                        + first(NATIVE_FRAME, report)
                                .map(frame -> " in " + frame)
                                .orElse(""))
                .orElse("exit code " + death.exitCode());
    }

    private static Optional<String> first(Pattern pattern, String report) {
        return pattern.matcher(report).results().map(MatchResult::group).findFirst();
    }

    private static String causes(Throwable error) {
        var text = new StringBuilder();
        for (@Nullable Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
            text.append(text.isEmpty() ? "" : "\n").append("Caused by: ").append(OptionNames.in(cause.toString()));
        }
        return text.toString();
    }
}
