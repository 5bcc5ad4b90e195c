package dev.caisson.runtime;

import dev.caisson.PoolBrokenException;
import dev.caisson.PoolSnapshot;
import dev.caisson.WorkerInfo;
import dev.caisson.engine.Boards;
import dev.caisson.engine.Ending;
import dev.caisson.engine.Engine;
import dev.caisson.engine.PoolPhase;
import dev.caisson.fleet.Departure;
import dev.caisson.fleet.WorkerEvents;
import dev.caisson.fleet.WorkerHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who sits where and works on what: the engine's numbers as workers and submissions. Everything in it is guarded by
/// the pool's lock.
final class Workplace implements Boards {

    private final Visits visits;
    private final Diagnosis diagnosis;
    private final GuardedDiagnosis errors;
    private final Map<Integer, Seat> seats = new HashMap<>();

    /// Seats of workers that were given up, and whose exit may still be told.
    private final List<Seat> givenUp = new ArrayList<>();

    private final Map<Long, Piece> pieces = new HashMap<>();
    private final List<Seat> toFlush = new ArrayList<>();

    /// The submission that is being told to the engine, which may send it before its id is known here.
    @Nullable Submission incoming;

    /// The result that is being told to the engine.
    WorkerEvents.@Nullable ItemResultFrame current;

    /// How the worker left whose exit is being told to the engine.
    @Nullable Departure departing;

    /// What the pool's last trouble was that no task is to blame for.
    @Nullable Throwable trouble;

    boolean broken;

    /// Takes what never began, while someone wants to know that.
    private @Nullable List<Submission> unbegun;

    Workplace(Diagnosis diagnosis, Visits visits) {
        this.visits = visits;
        this.diagnosis = diagnosis;
        this.errors = new GuardedDiagnosis(diagnosis);
    }

    /// Makes errors of what workers left behind. Not guarded by the lock: used outside it only.
    GuardedDiagnosis errors() {
        return errors;
    }

    // --- what the engine asks

    @Override
    public int takeBack(int slot, int generation, long task) {
        return seat(slot, generation).worker.takeBack(task);
    }

    @Override
    public int runningItem(int slot, int generation, long task) {
        return seat(slot, generation).worker.runningItem(task);
    }

    @Override
    public long runningSince(int slot, int generation, long task) {
        return seat(slot, generation).worker.runningSince(task);
    }

    @Override
    public boolean condemn(int slot, int generation, long task, int item) {
        return seat(slot, generation).worker.condemn(task, item);
    }

    // --- seats

    void take(Seat seat) {
        var former = seats.put(seat.worker.slot(), seat);
        if (former != null) {
            givenUp.add(former);
        }
    }

    void departed(WorkerHandle worker) {
        seats.values().removeIf(seat -> seat.worker == worker);
        givenUp.removeIf(seat -> seat.worker == worker);
    }

    Seat seat(int slot, int generation) {
        var seat = seats.get(slot);
        if (seat == null || !seat.is(generation)) {
            throw new IllegalStateException("No worker sits in slot " + slot + ", generation " + generation);
        }
        return seat;
    }

    @Nullable Seat seatOf(WorkerHandle worker) {
        var seat = seats.get(worker.slot());
        if (seat != null && seat.worker == worker) {
            return seat;
        }
        for (var former : givenUp) {
            if (former.worker == worker) {
                return former;
            }
        }
        return null;
    }

    @Nullable Seat seatOf(long pid) {
        for (var seat : seats.values()) {
            if (seat.worker.info().isPresent() && seat.worker.info().get().pid() == pid) {
                return seat;
            }
        }
        return null;
    }

    // --- pieces

    /// The piece of a task whose number may be heard here for the first time.
    Piece pieceToSend(long task) {
        var piece = pieces.get(task);
        return piece != null ? piece : pieceOf(task, Objects.requireNonNull(incoming, "incoming"));
    }

    Piece pieceOf(long task, Submission submission) {
        return pieces.computeIfAbsent(task, id -> {
            submission.items().forEach(item -> item.submitted(id));
            submission.tasks().add(id);
            return new Piece(id, submission, submission.items().size());
        });
    }

    Piece piece(long task) {
        var piece = pieces.get(task);
        if (piece == null) {
            throw new IllegalStateException("Nothing is known of task " + task);
        }
        return piece;
    }

    /// The piece, unless all of it has ended.
    @Nullable Piece openPiece(long task) {
        return pieces.get(task);
    }

    /// The piece, if that worker was the last to get it.
    @Nullable Piece pieceHeldBy(WorkerHandle worker, long task) {
        var piece = pieces.get(task);
        return piece != null && piece.seat != null && piece.seat.worker == worker ? piece : null;
    }

    void add(long task, Piece piece) {
        pieces.put(task, piece);
        piece.submission.tasks().add(task);
    }

    void remove(long task, Piece piece) {
        pieces.remove(task);
        piece.submission.tasks().remove(task);
    }

    /// A task may have ended for its caller long before its worker is done with it.
    void forgetIfEnded(WorkerHandle worker, long task) {
        if (!pieces.containsKey(task)) {
            worker.forget(task);
        }
    }

    /// What ends during the action without having begun.
    List<Submission> unbegunOf(Runnable action) {
        var found = new ArrayList<Submission>();
        unbegun = found;
        action.run();
        unbegun = null;
        return found;
    }

    void noteUnbegun(Submission submission) {
        if (unbegun != null && (unbegun.isEmpty() || unbegun.getLast() != submission)) {
            unbegun.add(submission);
        }
    }

    // --- what callers ask

    Optional<WorkerInfo> whoRuns(long task) {
        var piece = pieces.get(task);
        if (piece == null || piece.seat == null || piece.seat.worker.runningItem(task) == NONE) {
            return Optional.empty();
        }
        return piece.seat.worker.info();
    }

    int attempt(long task) {
        var piece = pieces.get(task);
        return piece == null ? 0 : piece.attempt;
    }

    PoolSnapshot snapshot(Engine engine, PoolPhase phase) {
        return Snapshots.of(diagnosis.pool(), engine, phase, seats, pieces);
    }

    PoolBrokenException brokenException() {
        return diagnosis.broken(trouble, 0);
    }

    /// How many workers can take tasks; counted where it matters.
    int servers(Ending ending) {
        return ending != Ending.QUEUE_TIME_OUT
                ? 0
                : (int) seats.values().stream().filter(seat -> seat.ready).count();
    }

    // --- the end of a visit

    void flush(Seat seat) {
        if (!seat.flushNoted) {
            seat.flushNoted = true;
            toFlush.add(seat);
        }
    }

    /// What is in line for workers goes out first of all.
    void noteFlushes() {
        for (var seat : toFlush) {
            seat.flushNoted = false;
            visits.after(seat.worker::flush);
        }
        toFlush.clear();
    }

    /// Ends everything without asking the engine, which failed. May be called again to go on with it.
    void collapse(Throwable bug) {
        trouble = bug;
        broken = true;
        for (var left = pieces.values().iterator(); left.hasNext(); left.remove()) {
            var piece = left.next();
            for (var item : piece.submission.items()) {
                visits.after(() -> item.settle(diagnosis.collapsed(piece.submission, piece.attempt, bug)));
            }
        }
        seats.values().forEach(seat -> visits.after(seat.worker::kill));
    }
}
