package dev.caisson.runtime;

import dev.caisson.Outcome;
import dev.caisson.RemoteTaskException;
import dev.caisson.ResultSerializationException;
import dev.caisson.TaskCodec;
import dev.caisson.TaskTimeoutException;
import dev.caisson.codec.CodecPair;
import dev.caisson.codec.Failures;
import dev.caisson.codec.OriginLoader;
import dev.caisson.codec.ResultEncoding;
import dev.caisson.engine.Ending;
import dev.caisson.protocol.Encoded;
import dev.caisson.settings.Durations;
import dev.caisson.settings.PoolSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns what a worker sent into a value or an error. Runs code of the user: `readObject` and the like.
///
/// @param codec reads values, within the limits for results
/// @param loader finds their classes
public record OutcomeReader(TaskCodec codec, ClassLoader loader) {

    /// With the classes that the caller sees. Results come from a process that may be hostile: they are read within
    /// limits, and by the user's allow-list.
    static OutcomeReader ofPool(PoolSettings settings) {
        var loader = Thread.currentThread().getContextClassLoader();
        var codec = CodecPair.guarded(settings.codec(), settings.resultFilter());
        return new OutcomeReader(codec, loader != null ? loader : OutcomeReader.class.getClassLoader());
    }

    /// The reader for what comes back for a task: its class loaders know the classes of its results.
    public OutcomeReader of(Encoded... sent) {
        var found = OriginLoader.of(loader, sent);
        return found == loader ? this : new OutcomeReader(codec, found);
    }

    public <T extends @Nullable Object> Outcome<T> read(Settlement settlement, SubmissionSite site) {
        if (settlement.isSuccess()) {
            return value(settlement, site);
        }
        var error = error(settlement);
        site.addTo(error);
        settlement.earlier().forEach(attempt -> error.addSuppressed(error(attempt)));
        return new Outcome.Failure<>(error);
    }

    private Throwable error(Settlement settlement) {
        if (settlement.error() != null) {
            return settlement.error();
        }
        var failure = failure(settlement);
        return settlement.ending() == Ending.SOFT_TIME_OUT ? softLimit(settlement, failure) : failure;
    }

    // The task's type says what it is, and whether it may be null; a codec that breaks it is found by the caller's
    // cast.
    @SuppressWarnings({"unchecked", "NullAway"})
    private <T extends @Nullable Object> Outcome<T> value(Settlement settlement, SubmissionSite site) {
        if (settlement.bytes() == null) {
            throw new IllegalStateException("A success without a value: " + settlement);
        }
        try {
            return new Outcome.Success<>((T) ResultEncoding.decode(settlement.bytes(), codec, loader));
        } catch (ResultSerializationException unreadable) {
            site.addTo(unreadable);
            return new Outcome.Failure<>(unreadable);
        }
    }

    private Throwable failure(Settlement settlement) {
        if (settlement.bytes() == null) {
            throw new IllegalStateException("A failure without a cause: " + settlement);
        }
        return tellable(Failures.read(settlement.bytes().open(), codec, loader));
    }

    /// Whoever wraps or prints an exception asks for its text and its causes. One that throws then, or has causes
    /// without end, would stand in its own way.
    private static Throwable tellable(Throwable failure) {
        try {
            var ignored = failure.toString();
            if (Causes.end(failure)) {
                return failure;
            }
            return standIn(failure, "its causes, which have no end, are left out", null);
        } catch (Throwable untellable) {
            return standIn(
                    failure,
                    "its own message or cause can't be told, since asking for it throws "
                            + untellable.getClass().getName(),
                    Causes.tellable(untellable) ? untellable : null);
        }
    }

    private static RemoteTaskException standIn(Throwable failure, String note, @Nullable Throwable cause) {
        var type = failure.getClass().getName();
        var told = new RemoteTaskException(type, note, type, cause);
        told.setStackTrace(failure.getStackTrace());
        return told;
    }

    private static TaskTimeoutException softLimit(Settlement settlement, Throwable cause) {
        var ran = settlement.timing().running().orElse(Duration.ZERO);
        return new TaskTimeoutException(
                Diagnosis.capital(settlement.what()) + " (attempt " + settlement.attempt()
                        + ") was interrupted at its softTimeLimit, and ended "
                        + Durations.text(ran)
                        + " after it began by throwing " + typeOf(cause) + workerText(settlement)
                        + ". Raise the limit, or let the task return what it has when it is interrupted.",
                TaskTimeoutException.Limit.SOFT,
                ran,
                List.of(),
                cause);
    }

    private static String typeOf(Throwable failure) {
        return failure instanceof RemoteTaskException standIn
                ? standIn.className()
                : failure.getClass().getName();
    }

    private static String workerText(Settlement settlement) {
        Optional<String> text =
                settlement.worker().map(worker -> " in worker " + worker.slot() + " (pid " + worker.pid() + ")");
        return text.orElse("");
    }
}
