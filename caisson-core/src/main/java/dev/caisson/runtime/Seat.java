package dev.caisson.runtime;

import dev.caisson.engine.KillReason;
import dev.caisson.fleet.WorkerHandle;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A worker's place in the pool, for one generation: the worker and what was found out about it. Guarded by the pool's
/// lock.
final class Seat {

    final WorkerHandle worker;

    /// Whether its initializer is done.
    boolean ready;

    /// Why the pool killed it, if it did.
    @Nullable KillReason killReason;

    /// Whether its process has been told of as started.
    boolean started;

    /// Whether the pool asked it to leave.
    boolean stopped;

    /// The stacks it sent before it was killed for a limit.
    List<String> stacks = List.of();

    /// How much longer than its limit its first item may run; zero unless that was needed.
    Duration allowance = Duration.ZERO;

    /// When the item began that was running when the stacks were asked for.
    long condemnedSince;

    /// Whether frames are in line that the end of this visit to the engine sends.
    boolean flushNoted;

    Seat(WorkerHandle worker) {
        this.worker = worker;
    }

    boolean is(int generation) {
        return worker.generation() == generation;
    }

    /// Whether it left by itself, or as good as: neither told to, nor killed for its task or by request.
    boolean isGoneByItself() {
        return (killReason == null && !stopped) || killReason == KillReason.SILENT;
    }

    /// Whether it is needed no more, for no fault of its own.
    boolean isDismissed() {
        return killReason == KillReason.POOL_ENDS || killReason == KillReason.ASKED;
    }
}
