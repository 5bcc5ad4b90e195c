package dev.caisson.fleet;

import dev.caisson.engine.Boards;
import dev.caisson.protocol.Assignment;
import dev.caisson.protocol.ClaimWord;

/// A task that a worker of this JVM holds, with the claim word that a process has on its board. Guarded by
/// [HeldTasks].
final class HeldTask {

    private static final int SEQUENCE = 0;

    private final Assignment assignment;
    private long word;
    private int next;
    private long sinceNanos;

    /// As it is when sent.
    HeldTask(Assignment assignment) {
        this.assignment = assignment;
        this.next = assignment.firstItem();
        this.word = ClaimWord.offered(SEQUENCE, assignment.firstItem(), assignment.endItem());
    }

    Assignment assignment() {
        return assignment;
    }

    /// Begins the next item.
    ///
    /// @return its number, or [Boards#NONE] if there is none left
    int begin(long nowNanos) {
        int item = next;
        long begun = ClaimWord.begin(word, SEQUENCE, item);
        if (begun == word) {
            return Boards.NONE;
        }
        word = begun;
        next++;
        sinceNanos = nowNanos;
        return item;
    }

    /// Ends the running item; false if it is condemned.
    boolean end(int item) {
        long ended = ClaimWord.end(word, SEQUENCE, item);
        boolean counts = ended != word;
        word = ended;
        return counts;
    }

    /// See [Boards#takeBack].
    int takeBack() {
        word = ClaimWord.takeBack(word);
        return ClaimWord.firstNeverBegun(word);
    }

    /// See [Boards#condemn].
    boolean condemn(int item) {
        long condemned = ClaimWord.condemn(word, item);
        boolean changed = condemned != word;
        word = condemned;
        return changed;
    }

    /// See [Boards#runningItem].
    int runningItem() {
        return ClaimWord.runningItem(word);
    }

    /// See [Boards#runningSince].
    long runningSince() {
        return sinceNanos;
    }
}
