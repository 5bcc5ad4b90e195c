package dev.caisson.runtime;

import org.jspecify.annotations.Nullable;

/// One task as the engine counts them: items of a submission. Guarded by the pool's lock.
final class Piece {

    final Submission submission;

    /// How many of its items have no ending yet.
    int open;

    /// The worker that it was last sent to.
    @Nullable Seat seat;

    int attempt;

    /// The attempts at its one item that were lost with their worker. More items have no such past.
    LostAttempts lost = LostAttempts.NONE;

    Piece(Submission submission, int open) {
        this.submission = submission;
        this.open = open;
    }
}
