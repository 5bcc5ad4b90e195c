package dev.caisson.runtime;

import dev.caisson.TaskTiming;
import dev.caisson.WorkerInfo;
import dev.caisson.engine.Ending;
import dev.caisson.process.OutputCapture;
import dev.caisson.protocol.Encoded;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// How one item ended, before anyone looked at it: values and failures of tasks are still bytes.
///
/// @param ending what the engine decided
/// @param what the task in words, for an error that is put together later; empty where none will be
/// @param attempt which attempt that was, 0 if it never began
/// @param bytes what the worker sent: a value, or a failure; null if it sent nothing
/// @param error what the pool has to say; null where `bytes` tell it all
/// @param earlier the attempts before that came to nothing
/// @param worker who ran it, if anyone
/// @param timing when it was submitted, began and ended
/// @param output keeps what was printed in that attempt; null if nobody does
public record Settlement(
        Ending ending,
        String what,
        int attempt,
        @Nullable Encoded bytes,
        @Nullable Throwable error,
        List<Settlement> earlier,
        Optional<WorkerInfo> worker,
        TaskTiming timing,
        @Nullable OutputCapture output) {

    /// Of an item that could not be submitted: by its batch's cancellation, or for another reason.
    public static Settlement unsubmitted(Throwable reason, Instant at) {
        var ending = reason instanceof CancellationException ? Ending.CANCELLED : Ending.FAILED;
        return new Settlement(ending, "", 0, null, reason, List.of(), Optional.empty(), TaskTiming.submitted(at), null);
    }

    /// The same, with its past.
    Settlement after(List<Settlement> attempts) {
        return new Settlement(ending, what, attempt, bytes, error, attempts, worker, timing, output);
    }

    public boolean isSuccess() {
        return ending == Ending.SUCCEEDED;
    }

    /// A task may throw the same exception by itself: that is no cancellation.
    public boolean isCancelled() {
        return ending == Ending.CANCELLED;
    }
}
