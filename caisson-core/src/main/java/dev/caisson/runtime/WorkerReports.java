package dev.caisson.runtime;

import dev.caisson.PoolListener;
import dev.caisson.engine.Engine;
import dev.caisson.engine.ItemResult;
import dev.caisson.engine.KillReason;
import java.util.List;
import java.util.concurrent.Executor;

/// What workers tell: noted at their seats, and told to the engine, a visit for each event. Thread-safe.
final class WorkerReports implements WorkerEvents {

    private final Visits visits;
    private final Clock clock;
    private final Engine engine;
    private final Workplace workplace;
    private final Executor callbacks;
    private final PoolListener listener;

    WorkerReports(
            Visits visits, Clock clock, Engine engine, Workplace workplace, Executor callbacks, PoolListener listener) {
        this.visits = visits;
        this.clock = clock;
        this.engine = engine;
        this.workplace = workplace;
        this.callbacks = callbacks;
        this.listener = listener;
    }

    @Override
    public void ready(WorkerHandle worker) {
        visits.tell(() -> {
            var seat = workplace.seatOf(worker);
            if (seat != null) {
                seat.ready = true;
                worker.info().ifPresent(info -> visits.after(() -> listener.workerReady(info)));
            }
            engine.workerReady(clock.nanos(), worker.slot(), worker.generation());
        });
    }

    @Override
    public void itemBegan(WorkerHandle worker, long task, int item, long beganNanos) {
        visits.tell(() -> {
            engine.itemBegan(clock.nanos(), worker.slot(), worker.generation(), task, item);
            var piece = workplace.pieceHeldBy(worker, task);
            if (piece == null) {
                return;
            }
            var info = worker.info().orElseThrow();
            piece.submission
                    .options()
                    .onAccepted()
                    .ifPresent(consumer ->
                            visits.after(() -> callbacks.execute(SerialExecutor.logged(() -> consumer.accept(info)))));
        });
    }

    @Override
    public void itemsFinished(WorkerHandle worker, List<ItemResultFrame> results) {
        visits.tell(() -> {
            long now = clock.nanos();
            for (var result : results) {
                workplace.current = result;
                engine.itemFinished(
                        now,
                        worker.slot(),
                        worker.generation(),
                        result.task(),
                        result.item(),
                        result.succeeded() ? ItemResult.SUCCEEDED : ItemResult.FAILED,
                        result.endedNanos() - result.beganNanos());
                workplace.current = null;
                workplace.forgetIfEnded(worker, result.task());
            }
        });
    }

    @Override
    public void answered(WorkerHandle worker) {
        visits.tell(() -> engine.workerAnswered(clock.nanos(), worker.slot(), worker.generation()));
    }

    @Override
    public void stacks(WorkerHandle worker, String text) {
        visits.tell(() -> {
            var seat = workplace.seatOf(worker);
            if (seat != null) {
                seat.stacks = text.lines().toList();
            }
            engine.stacksTaken(clock.nanos(), worker.slot(), worker.generation());
        });
    }

    @Override
    public void progress(WorkerHandle worker, long task, int item, double fraction, String note) {
        visits.tell(() -> {
            var piece = workplace.pieceHeldBy(worker, task);
            if (piece != null && item >= 0 && item < piece.submission.items().size()) {
                var waiting = piece.submission.items().get(item);
                visits.after(() -> waiting.progressed(fraction, note));
            }
        });
    }

    @Override
    public void exited(WorkerHandle worker, Departure departure) {
        visits.tell(() -> {
            var seat = workplace.seatOf(worker);
            workplace.departing = departure;
            if (seat != null && !seat.ready) {
                var failure = workplace.diagnosis().startFailed(departure, seat.killReason);
                workplace.trouble = failure;
                visits.after(() -> listener.workerStartFailed(failure));
                engine.launchFailed(clock.nanos(), worker.slot(), worker.generation());
            } else {
                if (seat != null && (seat.killReason == null || seat.killReason == KillReason.SILENT)) {
                    workplace.trouble = workplace.diagnosis().exited(departure, "while it was idle", seat.killReason);
                }
                worker.info().ifPresent(info -> visits.after(() -> listener.workerExited(info, departure.death())));
                engine.workerExited(clock.nanos(), worker.slot(), worker.generation());
            }
            workplace.departing = null;
            workplace.departed(worker);
        });
    }

    /// A worker could not even be launched.
    void startFailed(WorkerHandle worker, Throwable cause) {
        visits.tell(() -> {
            var failure = workplace.diagnosis().notLaunched(cause);
            workplace.trouble = failure;
            visits.after(() -> listener.workerStartFailed(failure));
            engine.launchFailed(clock.nanos(), worker.slot(), worker.generation());
            workplace.departed(worker);
        });
    }
}
