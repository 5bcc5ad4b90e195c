package dev.caisson.runtime;

import dev.caisson.process.OutputCapture;
import org.jspecify.annotations.Nullable;

/// One task as the engine counts them: items of a submission. Guarded by the pool's lock.
final class Piece {

    /// The number of the task that the submission was at first: what callers and listeners know its items by.
    final long id;

    final Submission submission;

    /// How many of its items have no ending yet.
    int open;

    /// The worker that it was last sent to.
    @Nullable Seat seat;

    int attempt;

    /// Keeps what is printed in that attempt; null if nobody does.
    @Nullable OutputCapture output;

    /// Its one item has run into a limit, and ends with its worker.
    boolean condemned;

    /// Its one item is to be run again, and has not been sent again.
    boolean rests;

    /// The attempts at its one item that came to nothing. More items have no such past.
    EarlierAttempts earlier = EarlierAttempts.NONE;

    /// The attempt and the item that were told to have begun last: items begin in order.
    private int begunAttempt;

    private int begunItem;

    Piece(long id, Submission submission, int open) {
        this.id = id;
        this.submission = submission;
        this.open = open;
    }

    /// A part of it, of which other workers will be told.
    Piece part(int items) {
        var part = new Piece(id, submission, items);
        part.attempt = attempt;
        part.begunAttempt = begunAttempt;
        part.begunItem = begunItem;
        return part;
    }

    /// Notes that an item has begun. False: that was known.
    boolean begins(int item, int attempt) {
        if (attempt < begunAttempt || (attempt == begunAttempt && item <= begunItem)) {
            return false;
        }
        begunAttempt = attempt;
        begunItem = item;
        return true;
    }
}
