package dev.caisson.runtime;

import dev.caisson.TaskTiming;
import dev.caisson.WorkerInfo;
import dev.caisson.engine.Ending;
import dev.caisson.protocol.Encoded;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How one item ended, before anyone looked at it: values and failures of tasks are still bytes.
///
/// @param ending what the engine decided
/// @param what the task in words, for an error that is put together later; empty where none will be
/// @param attempt which attempt that was, 0 if it never began
/// @param bytes what the worker sent: a value, or a failure; null if it sent nothing
/// @param error what the pool has to say; null where `bytes` tell it all
/// @param worker who ran it, if anyone
/// @param timing when it was submitted, began and ended
record Settlement(
        Ending ending,
        String what,
        int attempt,
        @Nullable Encoded bytes,
        @Nullable Throwable error,
        Optional<WorkerInfo> worker,
        TaskTiming timing) {}
