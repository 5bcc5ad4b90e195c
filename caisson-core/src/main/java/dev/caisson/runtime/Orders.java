package dev.caisson.runtime;

import dev.caisson.TaskTimeoutException.Limit;
import dev.caisson.engine.Effects;
import dev.caisson.engine.Ending;
import dev.caisson.engine.KillReason;
import dev.caisson.fleet.WorkerHandle;
import dev.caisson.protocol.Assignment;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// Carries out what the engine asks for, on real workers and for real callers. Called by the engine in the middle of
/// its decisions, under the pool's lock, so it only notes what is to be done.
final class Orders implements Effects {

    private static final System.Logger LOG = System.getLogger(Orders.class.getName());

    private final Visits visits;
    private final Clock clock;
    private final Workplace workplace;
    private final Announcements announcements;
    private final Hiring hiring;
    private final Runnable end;

    /// Whether the log has it that first tasks get more time. Guarded by the pool's lock.
    private boolean allowanceTold;

    /// @param end what to do when the last worker is gone; called inside a visit
    Orders(Visits visits, Clock clock, Workplace workplace, Announcements announcements, Hiring hiring, Runnable end) {
        this.visits = visits;
        this.clock = clock;
        this.workplace = workplace;
        this.announcements = announcements;
        this.hiring = hiring;
        this.end = end;
    }

    /// Where workers come from.
    interface Hiring {

        /// A new worker, which is started after the unlock.
        WorkerHandle hire(int slot, int generation);
    }

    @Override
    public void launchWorker(int slot, int generation) {
        workplace.take(new Seat(hiring.hire(slot, generation)));
    }

    @Override
    public void sendTask(int slot, int generation, long task, int firstItem, int endItem, int attempt) {
        var seat = workplace.seat(slot, generation);
        var piece = workplace.pieceToSend(task);
        boolean again = attempt > 1 && attempt > piece.attempt;
        piece.seat = seat;
        piece.attempt = attempt;
        piece.rests = false;
        if (again) {
            announcements.retried(piece, firstItem);
        }
        var submission = piece.submission;
        var terms = submission.terms();
        var options = submission.options();
        piece.output = options.outputLimit()
                .map(limit -> seat.worker.capture(piece.id, limit))
                .orElse(null);
        seat.worker.send(new Assignment(
                task,
                piece.id,
                firstItem,
                endItem,
                attempt,
                terms.softLimitNanos(),
                submission.runLimitNanos(clock.nanos()),
                announcements.tellsBegin(submission),
                piece.output != null,
                options.label().orElse(null),
                options.correlationId().orElse(null),
                submission.work()));
        workplace.flush(seat);
    }

    @Override
    public void interruptTask(int slot, int generation, long task, int item, int attempt) {
        var worker = workplace.seat(slot, generation).worker;
        var piece = workplace.openPiece(task);
        if (piece != null) { // what is cancelled has ended already
            announcements.overLimit(piece, item, attempt, Limit.SOFT);
            tellSoftLimit(piece, worker);
        }
        visits.after(() -> worker.interrupt(task, item, attempt));
    }

    private void tellSoftLimit(Piece piece, WorkerHandle worker) {
        var callback = piece.submission.options().onSoftTimeout();
        if (callback.isPresent()) {
            worker.info().ifPresent(info -> announcements.call(callback.get(), info));
        }
    }

    @Override
    public void extendLimit(int slot, int generation, long task, int item, int attempt, long allowanceNanos) {
        var allowance = Duration.ofNanos(allowanceNanos);
        workplace.seat(slot, generation).allowance = allowance;
        if (!allowanceTold) {
            allowanceTold = true;
            visits.after(() -> LOG.log(Level.WARNING, workplace.errors().coldWorkers(allowance)));
        }
    }

    @Override
    public void dumpStacks(int slot, int generation, long task, int item, Ending sentence) {
        var seat = workplace.seat(slot, generation);
        seat.condemnedSince = seat.worker.runningSince(task);
        var piece = workplace.piece(task);
        piece.condemned = true;
        var limit = sentence == Ending.TOTAL_TIME_OUT ? Limit.TOTAL : Limit.HARD;
        announcements.overLimit(piece, item, piece.attempt, limit);
        visits.after(() -> seat.worker.dumpStacks(task, item));
    }

    @Override
    public void pingWorker(int slot, int generation) {
        visits.after(workplace.seat(slot, generation).worker::ping);
    }

    @Override
    public void stopWorker(int slot, int generation) {
        var seat = workplace.seat(slot, generation);
        seat.stopped = true;
        visits.after(seat.worker::stop);
    }

    @Override
    public void killWorker(int slot, int generation, KillReason reason) {
        var seat = workplace.seat(slot, generation);
        seat.killReason = reason;
        visits.after(seat.worker::kill);
    }

    @Override
    public void splitTask(long task, long rest, int firstItem, int endItem) {
        var piece = workplace.pieceToSend(task);
        int moved = endItem - firstItem;
        piece.open -= moved;
        var other = piece.part(moved);
        workplace.add(rest, other);
    }

    @Override
    public void retryItem(long task, int item, Ending instead, int attempt) {
        var piece = workplace.piece(task);
        announcements.began(piece, item, attempt);
        piece.earlier = piece.earlier.and(finish(task, item, instead, attempt, piece));
        piece.condemned = false;
        piece.rests = true;
        if (piece.seat != null) {
            piece.seat.worker.forget(task); // it may get it again
        }
    }

    @Override
    public void finishItem(long task, int item, Ending ending, int attempt) {
        var piece = workplace.piece(task);
        var finish = finish(task, item, ending, attempt, piece);
        visits.after(() ->
                piece.submission.items().get(item).settle(workplace.errors().settlement(finish)));
        if (--piece.open == 0) {
            workplace.remove(task, piece);
        }
        if (attempt == 0) {
            workplace.noteUnbegun(piece.submission);
        }
        if (attempt > 0) {
            announcements.began(piece, item, attempt);
        }
        if (ending == Ending.QUEUE_TIME_OUT) {
            announcements.overLimit(piece, item, attempt, Limit.QUEUE);
        } else if (ending == Ending.TOTAL_TIME_OUT && !piece.condemned) {
            announcements.overLimit(piece, item, attempt, Limit.TOTAL);
        }
        announcements.finished(finish);
    }

    @Override
    public void roomInQueue() {
        visits.roomInQueue();
    }

    @Override
    public void poolBroken() {
        workplace.broken = true;
        var failure = workplace.brokenException();
        announcements.broken(failure);
    }

    @Override
    public void poolTerminated() {
        end.run();
    }

    private Finish finish(long task, int item, Ending ending, int attempt, Piece piece) {
        long now = clock.nanos();
        long began = unfinishedBegan(task, item, ending, piece, now);
        return new Finish(
                task,
                item,
                ending,
                attempt,
                piece,
                piece.seat,
                workplace.current,
                workplace.departing,
                began,
                now,
                workplace.servers(ending),
                workplace.trouble);
    }

    /// When an item began of which there is no result: the board of its worker tells, also of a dead one. It is
    /// believed as far as it can be true.
    private static long unfinishedBegan(long task, int item, Ending ending, Piece piece, long now) {
        if (piece.seat == null || !wasRunning(task, ending, item, piece)) {
            return 0;
        }
        long began = piece.condemned ? piece.seat.condemnedSince : piece.seat.worker.runningSince(task);
        boolean possible = began - piece.submission.submittedNanos() >= 0 && now - began >= 0;
        return possible ? began : 0;
    }

    private static boolean wasRunning(long task, Ending ending, int item, Piece piece) {
        return piece.condemned
                || ending == Ending.WORKER_DIED
                || (ending == Ending.CANCELLED && piece.seat != null && piece.seat.worker.runningItem(task) == item);
    }
}
