package dev.caisson.testkit;

import dev.caisson.engine.Boards;
import dev.caisson.protocol.Assignment;
import dev.caisson.protocol.ClaimWord;

/// A task that a simulated worker holds, with the claim word that a real one has on its board. Guarded by its worker.
final class SentTask {

    private static final int SEQUENCE = 0;

    final Assignment assignment;
    private long word;
    private int next;
    private long sinceNanos;

    SentTask(Assignment assignment) {
        this.assignment = assignment;
        this.next = assignment.firstItem();
        this.word = ClaimWord.offered(SEQUENCE, assignment.firstItem(), assignment.endItem());
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

    int takeBack() {
        word = ClaimWord.takeBack(word);
        return ClaimWord.firstNeverBegun(word);
    }

    boolean condemn(int item) {
        long condemned = ClaimWord.condemn(word, item);
        boolean changed = condemned != word;
        word = condemned;
        return changed;
    }

    int runningItem() {
        return ClaimWord.runningItem(word);
    }

    long runningSince() {
        return sinceNanos;
    }
}
