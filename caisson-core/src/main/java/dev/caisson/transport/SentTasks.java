package dev.caisson.transport;

import dev.caisson.protocol.Assignment;
import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.ClaimState;
import dev.caisson.protocol.ClaimWord;
import dev.caisson.protocol.ExitMark;
import dev.caisson.protocol.ProtocolViolationException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tasks that a worker was sent, with the parent's side of the race for their items. Thread-safe; never blocks.
///
/// What the board says is believed only where it makes sense: a worker can write on it what it likes. Of senseless
/// words the answer is the careful one, that nothing could be taken back and nothing runs; and the board is distrusted,
/// which is that worker's end.
final class SentTasks {

    static final int NONE = -1;

    /// In which nothing runs, and nothing can be taken back or condemned.
    private static final long NO_WORD = 0;

    private final GuardedBoard board;
    private final Map<Long, SentTask> byTask = new LinkedHashMap<>(); // in the order in which they were sent
    private final boolean[] slotTaken = new boolean[BoardLayout.CLAIMS];
    private int lastSequence;
    private boolean heardAll;
    private final BrokenPromises promises = new BrokenPromises();

    SentTasks(GuardedBoard board) {
        this.board = board;
    }

    /// Offers the items of a task to the worker.
    synchronized SentTask offer(Assignment assignment) {
        var before = byTask.get(assignment.task());
        if (before != null) {
            throw new IllegalStateException("Task " + assignment.task() + " was sent to this worker already, items "
                    + before.firstItem + " to " + before.sentEnd + ", and neither taken back nor forgotten");
        }
        var sent = new SentTask(assignment.task(), nextSequence(), assignment.firstItem(), assignment.endItem());
        slotTaken[sent.sequence % BoardLayout.CLAIMS] = true;
        byTask.put(sent.task, sent);
        board.offer(sent.sequence, ClaimWord.offered(sent.sequence, sent.firstItem, sent.sentEnd));
        return sent;
    }

    /// See `Boards.takeBack`. Of a task that is taken back as a whole nothing is known any more: it may be sent again.
    synchronized int takeBack(long task) {
        var sent = byTask.get(task);
        if (sent == null) {
            return Integer.MAX_VALUE;
        }
        while (true) {
            var word = wordOf(sent);
            var taken = ClaimWord.takeBack(word);
            if (taken == word || board.claim(sent.sequence, word, taken)) {
                return takenFrom(sent, taken);
            }
        }
    }

    private int takenFrom(SentTask sent, long word) {
        var from = word == NO_WORD ? firstNeverBegun(sent) : ClaimWord.firstNeverBegun(word);
        if (from < sent.nextItem || from > sent.sentEnd) {
            distrust(word);
            return sent.sentEnd;
        }
        sent.endItem = Math.min(sent.endItem, from);
        if (from == sent.firstItem) {
            sent.dropped = true;
            sent.forgotten = true;
        }
        removeIfDone(sent);
        return from;
    }

    /// What can be said without the word. A worker begins nothing before the result of what it had begun is safe: so of
    /// a dead one all of whose results were heard, only the item that was due next may have begun.
    private int firstNeverBegun(SentTask sent) {
        if (!heardAll) {
            return sent.sentEnd;
        }
        var first = firstUnsettled();
        return first == null || first == sent ? Math.min(sent.nextItem + 1, sent.sentEnd) : sent.nextItem;
    }

    /// The worker is dead, and every result that it had published was heard.
    synchronized void heardAll() {
        heardAll = true;
    }

    /// See `Boards.runningItem`.
    synchronized int runningItem(long task) {
        var sent = byTask.get(task);
        return sent == null ? NONE : ClaimWord.runningItem(wordOf(sent));
    }

    /// Whether any task has a running item.
    synchronized boolean isRunning() {
        return byTask.keySet().stream().anyMatch(task -> runningItem(task) != NONE);
    }

    /// See `Boards.runningSince`. An item's begin never gets later, whatever the board says: or a worker could escape
    /// its limits. Nor is it before its task was sent.
    synchronized long runningSince(long task) {
        var item = runningItem(task);
        var sent = byTask.get(task);
        var since = board.look(BoardLayout.BEGAN_OFFSET);
        if (sent == null || item == NONE) {
            return since;
        }
        if (sent.seenItem != item) {
            sent.seenItem = item;
            sent.seenSinceNanos = System.nanoTime();
        }
        if (since - sent.seenSinceNanos < 0) {
            sent.seenSinceNanos = since - sent.sentNanos < 0 ? sent.sentNanos : since;
        }
        return sent.seenSinceNanos;
    }

    /// See `Boards.condemn`.
    synchronized boolean condemn(long task, int item) {
        var sent = byTask.get(task);
        while (sent != null) {
            var word = wordOf(sent);
            var condemned = ClaimWord.condemn(word, item);
            if (condemned == word) {
                return ClaimWord.isCondemned(word, sent.sequence, item);
            }
            if (board.claim(sent.sequence, word, condemned)) {
                return true;
            }
        }
        return false;
    }

    /// The pool is done with a task. Its word is kept until the worker is, too.
    synchronized void forget(long task) {
        var sent = byTask.get(task);
        if (sent != null) {
            sent.forgotten = true;
            removeIfDone(sent);
        }
    }

    /// An item has begun, says the worker.
    ///
    /// @throws ProtocolViolationException if that can't be
    synchronized void began(long task, int item) throws ProtocolViolationException {
        var sent = due(task, item, "the begin");
        if (sent.nextHasBegun) {
            throw new ProtocolViolationException("It told the begin of item " + item + " of task " + task + " twice");
        }
        sent.nextHasBegun = true;
    }

    /// An item has ended, says the worker.
    ///
    /// @throws ProtocolViolationException if that can't be
    synchronized void ended(long task, int item) throws ProtocolViolationException {
        var sent = due(task, item, "the result");
        sent.nextItem++;
        sent.nextHasBegun = false;
        removeIfDone(sent);
    }

    /// The worker answers, so it lives. Then what its words say must come true: an item that has ended brings its
    /// result, one that is due begins. A worker that writes false words to escape its limits is known by that.
    synchronized void answered() {
        var due = firstUnsettled();
        var word = due == null ? NO_WORD : wordOf(due);
        if (due == null || word == NO_WORD || ClaimWord.runningItem(word) == due.nextItem || isCondemned(due, word)) {
            promises.kept();
            return;
        }
        boolean ended = ClaimWord.state(word) == ClaimState.FINISHED || ClaimWord.item(word) > due.nextItem;
        long seconds = promises.brokenForSeconds(due, ended, System.nanoTime());
        if (seconds >= 0) {
            board.distrust("its word tells that item " + due.nextItem + " of task " + due.task + " "
                    + (ended ? "has ended, but no result of it came" : "has yet to begin, and nothing else runs")
                    + " for "
                    + seconds + " s, though the worker answers");
        }
    }

    private static boolean isCondemned(SentTask sent, long word) {
        return ClaimWord.isCondemned(word, sent.sequence, sent.nextItem);
    }

    private @Nullable SentTask firstUnsettled() {
        return byTask.values().stream()
                .filter(task -> !task.settled())
                .findFirst()
                .orElse(null);
    }

    /// What the worker noted about its end.
    synchronized ExitMark exitMark() {
        return board.mark();
    }

    /// What the worker had to say about its own end.
    synchronized String lastWords() {
        return board.lastWords();
    }

    /// A number on its board.
    synchronized long look(int offset) {
        return board.look(offset);
    }

    /// The worker has shown its secret: nobody else is to.
    synchronized void wipeToken() {
        board.wipeToken();
    }

    /// Unmaps the board. Its last words can still be asked for.
    synchronized void closeBoard() {
        board.close();
    }

    private SentTask due(long task, int item, String what) throws ProtocolViolationException {
        var sent = byTask.get(task);
        if (sent == null) {
            throw new ProtocolViolationException(
                    "It sent " + what + " of task " + task + ", which it was not given or has ended already");
        }
        if (item != sent.nextItem || item >= sent.endItem) {
            throw new ProtocolViolationException(
                    "It sent " + what + " of item " + item + " of task " + task + ", of which "
                            + (sent.settled() ? "nothing" : "item " + sent.nextItem) + " was due (sent: "
                            + sent.firstItem + " to "
                            + sent.sentEnd + ", not taken back: to " + sent.endItem + ")");
        }
        return sent;
    }

    private void removeIfDone(SentTask sent) {
        if (sent.forgotten && sent.settled()) {
            byTask.remove(sent.task);
            slotTaken[sent.sequence % BoardLayout.CLAIMS] = false;
        }
    }

    /// Looks whether the board can be trusted. Asked about every worker that is dead, so that its error can tell.
    synchronized void inspect() {
        byTask.values().stream().filter(sent -> !sent.settled()).forEach(this::wordOf);
    }

    /// The claim word of a task, if it makes sense, or else one that stands for nothing.
    private long wordOf(SentTask sent) {
        var word = board.claim(sent.sequence);
        if (makesSense(sent, word)) {
            return word;
        }
        distrust(word);
        return NO_WORD;
    }

    private void distrust(long word) {
        board.distrust("a word on it that tells which items have begun is " + Long.toHexString(word)
                + ", which Caisson never writes there");
    }

    private boolean makesSense(SentTask sent, long word) {
        return ClaimWord.sequence(word) == sent.sequence
                && ClaimWord.state(word) != ClaimState.FREE
                && ClaimWord.item(word) >= sent.firstItem
                && ClaimWord.item(word) <= sent.sentEnd
                && ClaimWord.end(word) <= sent.sentEnd;
    }

    private int nextSequence() {
        for (var tries = 0; tries < BoardLayout.CLAIMS; tries++) {
            lastSequence = (lastSequence + 1) & ClaimWord.MAX_SEQUENCE;
            if (!slotTaken[lastSequence % BoardLayout.CLAIMS]) {
                return lastSequence;
            }
        }
        throw new IllegalStateException("This worker has " + BoardLayout.CLAIMS
                + " tasks at hand, as many as there are claim words: forget those that are settled");
    }
}
