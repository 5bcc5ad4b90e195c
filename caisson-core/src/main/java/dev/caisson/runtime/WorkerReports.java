package dev.caisson.runtime;

import dev.caisson.CaissonException;
import dev.caisson.WorkerExitReason;
import dev.caisson.WorkerInfo;
import dev.caisson.WorkerStartException;
import dev.caisson.codec.Failures;
import dev.caisson.engine.Engine;
import dev.caisson.engine.ItemResult;
import dev.caisson.engine.PoolPhase;
import dev.caisson.fleet.Departure;
import dev.caisson.fleet.WorkerEvents;
import dev.caisson.fleet.WorkerHandle;
import dev.caisson.memory.Insistent;
import dev.caisson.process.LaunchImpossibleException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What workers tell: noted at their seats, and told to the engine, a visit for each event. Thread-safe.
final class WorkerReports implements WorkerEvents {

    private static final int MOST_STACK_LINES = 5_000;

    private final Visits visits;
    private final Clock clock;
    private final Engine engine;
    private final Workplace workplace;
    private final Announcements announcements;
    private final RestartWarning restarts;

    WorkerReports(
            Visits visits,
            Clock clock,
            Engine engine,
            Workplace workplace,
            Announcements announcements,
            RestartWarning restarts) {
        this.visits = visits;
        this.clock = clock;
        this.engine = engine;
        this.workplace = workplace;
        this.announcements = announcements;
        this.restarts = restarts;
    }

    /// Workers' threads are the pool's own, so they can wait until there is memory for a visit.
    private void tell(Runnable event) {
        Insistent.run(() -> visits.tell(event));
    }

    /// Its process exists.
    void started(WorkerHandle worker) {
        tell(() -> {
            var seat = workplace.seatOf(worker);
            if (seat != null) {
                worker.info().ifPresent(info -> tellStarted(seat, info));
            }
        });
    }

    /// A worker may be ready, or gone, before whoever started it comes to tell that.
    private void tellStarted(Seat seat, WorkerInfo info) {
        if (!seat.started) {
            seat.started = true;
            announcements.started(info);
        }
    }

    @Override
    public void ready(WorkerHandle worker) {
        tell(() -> {
            var seat = workplace.seatOf(worker);
            if (seat != null) {
                seat.ready = true;
                worker.info().ifPresent(info -> {
                    tellStarted(seat, info);
                    announcements.ready(info);
                });
            }
            engine.workerReady(clock.nanos(), worker.slot(), worker.generation());
        });
    }

    @Override
    public void itemBegan(WorkerHandle worker, long task, int item, long beganNanos) {
        tell(() -> {
            engine.itemBegan(clock.nanos(), worker.slot(), worker.generation(), task, item);
            var piece = workplace.pieceHeldBy(worker, task);
            if (piece != null && item >= 0 && item < piece.submission.items().size()) {
                announcements.began(piece, item, piece.attempt);
            }
        });
    }

    @Override
    public void itemsFinished(WorkerHandle worker, List<ItemResultFrame> results) {
        var failures = typesOfFailures(results); // before the lock: a worker may have written what takes long to read
        tell(() -> {
            long now = clock.nanos();
            for (int i = 0; i < results.size(); i++) {
                var result = results.get(i);
                workplace.current = result;
                engine.itemFinished(
                        now,
                        worker.slot(),
                        worker.generation(),
                        result.task(),
                        result.item(),
                        judge(worker, result, failures.isEmpty() ? List.of() : failures.get(i)),
                        result.endedNanos() - result.beganNanos());
                workplace.current = null;
                workplace.forgetIfEnded(worker, result.task());
            }
        });
    }

    /// @return for each result the names of its error's types; empty if all succeeded
    private static List<List<String>> typesOfFailures(List<ItemResultFrame> results) {
        return results.stream().allMatch(ItemResultFrame::succeeded)
                ? List.of()
                : results.stream()
                        .map(each -> each.succeeded()
                                ? List.<String>of()
                                : Failures.types(each.bytes().open()))
                        .toList();
    }

    private ItemResult judge(WorkerHandle worker, ItemResultFrame result, List<String> types) {
        if (result.succeeded()) {
            return ItemResult.SUCCEEDED;
        }
        var piece = workplace.pieceHeldBy(worker, result.task());
        if (piece == null || piece.submission.options().retryOnFailures().isEmpty()) {
            return ItemResult.FAILED;
        }
        boolean retryable = piece.submission.options().retryOnFailures().stream()
                .anyMatch(type -> type == Throwable.class || types.contains(type.getName()));
        return retryable ? ItemResult.FAILED_RETRYABLY : ItemResult.FAILED;
    }

    @Override
    public void answered(WorkerHandle worker) {
        tell(() -> engine.workerAnswered(clock.nanos(), worker.slot(), worker.generation()));
    }

    @Override
    public void stacks(WorkerHandle worker, String text) {
        var lines = text.lines().limit(MOST_STACK_LINES).toList();
        tell(() -> {
            var seat = workplace.seatOf(worker);
            if (seat != null) {
                seat.stacks = lines;
            }
            engine.stacksTaken(clock.nanos(), worker.slot(), worker.generation());
        });
    }

    @Override
    public void stacksSoFar(WorkerHandle worker, String text) {
        tell(() -> {
            var seat = workplace.seatOf(worker);
            if (seat != null) {
                seat.stacks = text.lines().toList();
            }
            engine.stacksDelayed(clock.nanos(), worker.slot(), worker.generation());
        });
    }

    @Override
    public void progress(WorkerHandle worker, long task, int item, double fraction, String note) {
        tell(() -> {
            var piece = workplace.pieceHeldBy(worker, task);
            if (piece != null && item >= 0 && item < piece.submission.items().size()) {
                var waiting = piece.submission.items().get(item);
                visits.after(() -> waiting.progressed(fraction, note));
            }
        });
    }

    @Override
    public void overMemory(WorkerHandle worker) {
        tell(() -> engine.retireRequested(clock.nanos(), worker.slot(), worker.generation()));
    }

    @Override
    public void overMemoryLimit(WorkerHandle worker) {
        tell(() -> engine.workerOverMemory(clock.nanos(), worker.slot(), worker.generation()));
    }

    /// What is made of the worker's words is made before the visit that tells of its exit.
    @Override
    public void exited(WorkerHandle worker, Departure departure) {
        Insistent.run(() -> {
            var verdict = verdict(worker, departure);
            visits.tell(() -> tellExited(worker, departure, verdict));
        });
    }

    /// The error for an exit that no task is to blame for; null if it is not one.
    private @Nullable CaissonException verdict(WorkerHandle worker, Departure departure) {
        var errors = workplace.errors();
        Supplier<@Nullable CaissonException> making = visits.decide(() -> {
            var seat = workplace.seatOf(worker);
            if (seat == null) {
                return () -> null;
            }
            var killReason = seat.killReason;
            if (!seat.ready) {
                return seat.isDismissed() ? () -> null : () -> errors.startFailed(departure, killReason);
            }
            return seat.isGoneByItself() ? () -> errors.diedIdle(departure, killReason) : () -> null;
        });
        return making.get();
    }

    private void tellExited(WorkerHandle worker, Departure departure, @Nullable CaissonException verdict) {
        var seat = workplace.seatOf(worker);
        workplace.departing = departure;
        if (seat != null) {
            worker.info().ifPresent(info -> tellStarted(seat, info));
        }
        if (verdict != null) {
            workplace.trouble = verdict;
        }
        if (seat != null && !seat.ready) {
            tellFailedStart(seat, departure, verdict);
            tellNotStarted(worker, departure.isRefusedByJvm());
        } else {
            if (seat != null) {
                seat.worker.info().ifPresent(info -> announcements.exited(info, departure.death(), reason(seat)));
            }
            engine.workerExited(clock.nanos(), worker.slot(), worker.generation());
        }
        workplace.departing = null;
        workplace.departed(worker);
        restarts.workerGone(engine, clock.nanos(), workplace.trouble, visits);
    }

    /// @param forGood whether no other try can end otherwise
    private void tellNotStarted(WorkerHandle worker, boolean forGood) {
        if (forGood) {
            engine.launchImpossible(clock.nanos(), worker.slot(), worker.generation());
        } else {
            engine.launchFailed(clock.nanos(), worker.slot(), worker.generation());
        }
    }

    private void tellFailedStart(Seat seat, Departure departure, @Nullable CaissonException verdict) {
        if (verdict instanceof WorkerStartException failure) {
            announcements.startFailed(failure);
        } else { // nothing was wrong with it: it was needed no more
            seat.worker.info().ifPresent(info -> announcements.exited(info, departure.death(), reason(seat)));
        }
    }

    private WorkerExitReason reason(Seat seat) {
        if (seat.killReason == null) {
            return seat.stopped ? leaving() : WorkerExitReason.DIED;
        }
        return switch (seat.killReason) {
            case HARD_LIMIT -> WorkerExitReason.TIME_LIMIT;
            case CANCELLED -> WorkerExitReason.CANCELLED;
            case SILENT -> WorkerExitReason.SILENT;
            case MEMORY -> WorkerExitReason.MEMORY;
            case ASKED -> WorkerExitReason.REQUESTED;
            case POOL_ENDS -> WorkerExitReason.CLOSED;
            case START_LIMIT, STOP_LIMIT -> leaving();
        };
    }

    private WorkerExitReason leaving() {
        return engine.phase() == PoolPhase.RUNNING ? WorkerExitReason.RETIRED : WorkerExitReason.CLOSED;
    }

    /// A worker could not even be launched.
    void startFailed(WorkerHandle worker, Throwable cause) {
        var failure = workplace.errors().notLaunched(cause);
        visits.tell(() -> {
            var seat = workplace.seatOf(worker);
            if (seat == null || !seat.isDismissed()) {
                workplace.trouble = failure;
                announcements.startFailed(failure);
            }
            tellNotStarted(worker, cause instanceof LaunchImpossibleException);
            workplace.departed(worker);
            restarts.workerGone(engine, clock.nanos(), workplace.trouble, visits);
        });
    }
}
