package dev.caisson.worker;

import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.ClaimWord;
import dev.caisson.transport.Board;

/// The worker's side of the race for a task's items.
final class Claim {

    private static final long WORTH_A_LOOK_NANOS = 1_000_000;

    private final Board board;
    private final int sequence;

    Claim(Board board, int sequence) {
        this.board = board;
        this.sequence = sequence;
    }

    /// Begins an item, unless the parent has taken it back.
    ///
    /// @throws SpoiledBoardException if nobody who keeps the rules can have written what stands there
    boolean begin(long task, int item, long nowNanos) {
        board.put(BoardLayout.BEGAN_OFFSET, nowNanos);
        board.put(BoardLayout.BEAT_OFFSET, nowNanos);
        while (true) {
            var word = board.claim(sequence);
            var begun = ClaimWord.begin(word, sequence, item);
            if (begun == word) {
                require(ClaimWord.isTakenBack(word, sequence), word);
                return false;
            }
            if (board.claim(sequence, word, begun)) {
                board.put(BoardLayout.TASK_OFFSET, task);
                board.put(BoardLayout.ITEM_OFFSET, item);
                return true;
            }
        }
    }

    /// Ends the item, unless the parent has condemned it.
    ///
    /// @throws SpoiledBoardException as above
    boolean end(int item, long nowNanos) {
        while (true) {
            var word = board.claim(sequence);
            var ended = ClaimWord.end(word, sequence, item);
            if (ended == word) {
                require(ClaimWord.isCondemned(word, sequence, item), word);
                return false;
            }
            if (board.claim(sequence, word, ended)) {
                board.put(BoardLayout.TASK_OFFSET, 0);
                if (nowNanos - board.look(BoardLayout.BEAT_OFFSET) > WORTH_A_LOOK_NANOS) {
                    board.put(BoardLayout.HEAP_USED_OFFSET, HeapUse.now());
                }
                board.put(BoardLayout.BEAT_OFFSET, nowNanos);
                board.put(BoardLayout.ITEMS_DONE_OFFSET, board.look(BoardLayout.ITEMS_DONE_OFFSET) + 1);
                return true;
            }
        }
    }

    private static void require(boolean possible, long word) {
        if (!possible) {
            throw new SpoiledBoardException(word);
        }
    }
}
