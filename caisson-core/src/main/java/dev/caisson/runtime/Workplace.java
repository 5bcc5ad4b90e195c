package dev.caisson.runtime;

import dev.caisson.PoolBrokenException;
import dev.caisson.PoolListener;
import dev.caisson.PoolSnapshot;
import dev.caisson.WorkerInfo;
import dev.caisson.engine.Boards;
import dev.caisson.engine.Effects;
import dev.caisson.engine.Ending;
import dev.caisson.engine.Engine;
import dev.caisson.engine.KillReason;
import dev.caisson.engine.PoolPhase;
import dev.caisson.protocol.Assignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Who sits where and works on what: the engine's numbers as workers and submissions. Everything in it is guarded by
/// the conductor's lock; the engine calls it in the middle of its decisions, so it only notes what is to be done.
final class Workplace implements Effects, Boards {

    private final Clock clock;
    private final Fleet fleet;
    private final Conductor conductor;
    private final PoolListener listener;
    private final Diagnosis diagnosis;
    private final Map<Integer, Seat> seats = new HashMap<>();
    private final Map<Long, Piece> pieces = new HashMap<>();
    private final List<Seat> toFlush = new ArrayList<>();

    /// The submission that is being told to the engine, which may send it before its id is known here.
    @Nullable Submission incoming;

    /// The result that is being told to the engine.
    WorkerEvents.@Nullable ItemResultFrame current;

    /// Takes what never began, while someone wants to know that.
    @Nullable List<Submission> unbegun;

    /// How the worker left whose exit is being told to the engine.
    private @Nullable Departure departing;

    /// What the pool's last trouble was that no task is to blame for.
    private @Nullable Throwable trouble;

    private boolean broken;

    Workplace(String name, Clock clock, Fleet fleet, Conductor conductor, PoolListener listener) {
        this.clock = clock;
        this.fleet = fleet;
        this.conductor = conductor;
        this.listener = listener;
        this.diagnosis = new Diagnosis(name);
    }

    // --- what the engine asks for

    @Override
    public void launchWorker(int slot, int generation) {
        var worker = fleet.worker(slot, generation, conductor);
        seats.put(slot, new Seat(worker));
        conductor.afterwardsLaunch(worker);
    }

    @Override
    public void sendTask(int slot, int generation, long task, int firstItem, int endItem, int attempt) {
        var seat = seat(slot, generation);
        var piece = pieces.get(task);
        if (piece == null) {
            piece = pieceOf(task, Objects.requireNonNull(incoming, "incoming"));
        }
        piece.seat = seat;
        piece.attempt = attempt;
        var submission = piece.submission;
        var terms = submission.terms();
        var options = submission.options();
        seat.worker.send(new Assignment(
                task,
                firstItem,
                endItem,
                attempt,
                terms.softLimitNanos(),
                terms.hardLimitNanos(),
                options.onAccepted().isPresent(),
                options.label().orElse(null),
                options.correlationId().orElse(null),
                submission.work()));
        flush(seat);
    }

    @Override
    public void interruptTask(int slot, int generation, long task, int item) {
        var worker = seat(slot, generation).worker;
        conductor.after(() -> worker.interrupt(task, item));
    }

    @Override
    public void dumpStacks(int slot, int generation, long task, int item) {
        var seat = seat(slot, generation);
        seat.condemnedSince = seat.worker.runningSince(task);
        conductor.after(() -> seat.worker.dumpStacks(task, item));
    }

    @Override
    public void pingWorker(int slot, int generation) {
        conductor.after(seat(slot, generation).worker::ping);
    }

    @Override
    public void stopWorker(int slot, int generation) {
        conductor.after(seat(slot, generation).worker::stop);
    }

    @Override
    public void killWorker(int slot, int generation, KillReason reason) {
        var seat = seat(slot, generation);
        seat.killReason = reason;
        conductor.after(seat.worker::kill);
    }

    @Override
    public void splitTask(long task, long rest, int firstItem, int endItem) {
        var piece = piece(task);
        int moved = endItem - firstItem;
        piece.open -= moved;
        var other = new Piece(piece.submission, moved);
        other.attempt = piece.attempt;
        pieces.put(rest, other);
        other.submission.tasks().add(rest);
    }

    @Override
    public void finishItem(long task, int item, Ending ending, int attempt) {
        var piece = piece(task);
        if (--piece.open == 0) {
            pieces.remove(task);
            piece.submission.tasks().remove(task);
        }
        if (attempt == 0 && unbegun != null && (unbegun.isEmpty() || unbegun.getLast() != piece.submission)) {
            unbegun.add(piece.submission);
        }
        long now = clock.nanos();
        long began = killedBegan(task, ending, piece, now);
        var finish = new Finish(task, item, ending, attempt, piece, current, departing, began, now, brokenCause());
        conductor.after(() -> {
            var settlement = finish.settlement(diagnosis);
            piece.submission.items().get(item).settle(settlement);
            listener.taskFinished(finish.event(settlement));
        });
    }

    @Override
    public void roomInQueue() {
        conductor.roomInQueue();
    }

    @Override
    public void poolBroken() {
        broken = true;
        var failure = brokenException();
        conductor.after(() -> listener.poolBroken(failure));
    }

    @Override
    public void poolTerminated() {
        conductor.afterwardsEnd();
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

    // --- what workers tell

    void ready(WorkerHandle worker) {
        var seat = seatOf(worker);
        if (seat != null) {
            seat.ready = true;
            worker.info().ifPresent(info -> conductor.after(() -> listener.workerReady(info)));
        }
    }

    void accepted(WorkerHandle worker, long task, Executor callbacks) {
        var piece = pieces.get(task);
        if (piece != null && piece.seat != null && piece.seat.worker == worker) {
            var info = worker.info().orElseThrow();
            piece.submission
                    .options()
                    .onAccepted()
                    .ifPresent(consumer -> conductor.after(() -> callbacks.execute(() -> consumer.accept(info))));
        }
    }

    void stacks(WorkerHandle worker, String text) {
        var seat = seatOf(worker);
        if (seat != null) {
            seat.stacks = text.lines().toList();
        }
    }

    void progress(WorkerHandle worker, long task, int item, double fraction, String note) {
        var piece = pieces.get(task);
        if (piece != null
                && piece.seat != null
                && piece.seat.worker == worker
                && item >= 0
                && item < piece.submission.items().size()) {
            var waiting = piece.submission.items().get(item);
            conductor.after(() -> waiting.progressed(fraction, note));
        }
    }

    /// Whether the worker had been ready.
    boolean departing(WorkerHandle worker, Departure departure) {
        var seat = seatOf(worker);
        departing = departure;
        if (seat != null && !seat.ready) {
            var failure = diagnosis.startFailed(departure, seat.killReason);
            trouble = failure;
            conductor.after(() -> listener.workerStartFailed(failure));
            return false;
        }
        if (seat != null && (seat.killReason == null || seat.killReason == KillReason.SILENT)) {
            trouble = diagnosis.exited(departure, "while it was idle", seat.killReason);
        }
        worker.info().ifPresent(info -> conductor.after(() -> listener.workerExited(info, departure.death())));
        return true;
    }

    void startFailed(WorkerHandle worker, Throwable cause) {
        var failure = diagnosis.notLaunched(cause);
        trouble = failure;
        conductor.after(() -> listener.workerStartFailed(failure));
    }

    void departed(WorkerHandle worker) {
        departing = null;
        var seat = seats.get(worker.slot());
        if (seat != null && seat.worker == worker) {
            seats.remove(worker.slot());
        }
    }

    /// A task may have ended for its caller long before its worker is done with it.
    void forgetIfEnded(WorkerHandle worker, long task) {
        if (!pieces.containsKey(task)) {
            worker.forget(task);
        }
    }

    // --- what callers ask

    Piece pieceOf(long task, Submission submission) {
        return pieces.computeIfAbsent(task, id -> {
            submission.items().forEach(item -> item.submitted(id));
            submission.tasks().add(id);
            return new Piece(submission, submission.items().size());
        });
    }

    @Nullable Seat seatOf(long pid) {
        for (var seat : seats.values()) {
            if (seat.worker.info().isPresent() && seat.worker.info().get().pid() == pid) {
                return seat;
            }
        }
        return null;
    }

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

    boolean broken() {
        return broken;
    }

    PoolBrokenException brokenException() {
        return diagnosis.broken(trouble);
    }

    private @Nullable Throwable brokenCause() {
        return broken ? trouble : null;
    }

    // --- the end of a visit

    /// What is in line for workers goes out first of all.
    void noteFlushes() {
        for (var seat : toFlush) {
            seat.flushNoted = false;
            conductor.after(seat.worker::flush);
        }
        toFlush.clear();
    }

    /// Ends everything without asking the engine, which failed.
    void collapse(Throwable bug) {
        trouble = bug;
        broken = true;
        for (var piece : List.copyOf(pieces.values())) {
            for (var item : piece.submission.items()) {
                conductor.after(() -> item.settle(diagnosis.collapsed(piece.submission, bug)));
            }
        }
        pieces.clear();
        seats.values().forEach(seat -> conductor.after(seat.worker::kill));
    }

    /// A dead worker's board still tells when its last item began. It is believed as far as it can be true.
    private static long killedBegan(long task, Ending ending, Piece piece, long now) {
        if (piece.seat == null || (ending != Ending.WORKER_DIED && ending != Ending.HARD_TIME_OUT)) {
            return 0;
        }
        long began = ending == Ending.HARD_TIME_OUT ? piece.seat.condemnedSince : piece.seat.worker.runningSince(task);
        boolean possible = began - piece.submission.submittedNanos() >= 0 && now - began >= 0;
        return possible ? began : 0;
    }

    private void flush(Seat seat) {
        if (!seat.flushNoted) {
            seat.flushNoted = true;
            toFlush.add(seat);
        }
    }

    private Seat seat(int slot, int generation) {
        var seat = seats.get(slot);
        if (seat == null || !seat.is(generation)) {
            throw new IllegalStateException("No worker sits in slot " + slot + ", generation " + generation);
        }
        return seat;
    }

    private @Nullable Seat seatOf(WorkerHandle worker) {
        var seat = seats.get(worker.slot());
        return seat != null && seat.worker == worker ? seat : null;
    }

    private Piece piece(long task) {
        var piece = pieces.get(task);
        if (piece == null) {
            throw new IllegalStateException("Nothing is known of task " + task);
        }
        return piece;
    }
}
