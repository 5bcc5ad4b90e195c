package dev.caisson.runtime;

import dev.caisson.Ledger;
import dev.caisson.PoolSnapshot;
import dev.caisson.PoolState;
import dev.caisson.WorkerInfo;
import dev.caisson.WorkerSnapshot;
import dev.caisson.WorkerState;
import dev.caisson.engine.Boards;
import dev.caisson.engine.Engine;
import dev.caisson.engine.PoolPhase;
import dev.caisson.engine.WorkerPhase;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The engine's numbers, in the words of the public API.
final class Snapshots {

    private Snapshots() {}

    static PoolSnapshot of(
            String pool, Engine engine, PoolPhase phase, Map<Integer, Seat> seats, Map<Long, Piece> pieces) {
        var counts = engine.counts();
        var workers = engine.workers().stream()
                .map(view -> {
                    var seat = seats.get(view.slot());
                    return new WorkerSnapshot(
                            view.slot(), pid(seat), state(view.phase()), view.itemsDone(), current(seat, pieces));
                })
                .toList();
        long running = workers.stream()
                .filter(worker -> worker.currentTask().isPresent())
                .count();
        return new PoolSnapshot(
                pool,
                state(phase),
                workers,
                Math.max(0, counts.open() - running),
                running,
                new Ledger(
                        counts.submitted(),
                        counts.succeeded(),
                        counts.failed(),
                        counts.cancelled(),
                        counts.timedOut(),
                        counts.crashed(),
                        counts.rejected()));
    }

    private static OptionalLong pid(@Nullable Seat seat) {
        return seat == null
                ? OptionalLong.empty()
                : seat.worker.info().map(WorkerInfo::pid).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private static OptionalLong current(@Nullable Seat seat, Map<Long, Piece> pieces) {
        if (seat != null) {
            for (var entry : pieces.entrySet()) {
                if (entry.getValue().seat == seat && seat.worker.runningItem(entry.getKey()) != Boards.NONE) {
                    return OptionalLong.of(entry.getValue().id);
                }
            }
        }
        return OptionalLong.empty();
    }

    static PoolState state(PoolPhase phase) {
        return switch (phase) {
            case RUNNING -> PoolState.RUNNING;
            case CLOSING -> PoolState.CLOSING;
            case BROKEN -> PoolState.BROKEN;
            case TERMINATED -> PoolState.TERMINATED;
        };
    }

    private static WorkerState state(WorkerPhase phase) {
        return switch (phase) {
            case LAUNCHING -> WorkerState.LAUNCHING;
            case IDLE -> WorkerState.IDLE;
            case BUSY -> WorkerState.BUSY;
            case STOPPING -> WorkerState.STOPPING;
            case GONE -> WorkerState.GONE;
        };
    }
}
