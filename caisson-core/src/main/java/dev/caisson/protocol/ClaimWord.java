package dev.caisson.protocol;

import static dev.caisson.protocol.ClaimState.BEGUN;
import static dev.caisson.protocol.ClaimState.CONDEMNED;
import static dev.caisson.protocol.ClaimState.FINISHED;
import static dev.caisson.protocol.ClaimState.FREE;
import static dev.caisson.protocol.ClaimState.OFFERED;
import static dev.caisson.protocol.ClaimState.TAKEN_BACK;

/// Who may run the items of a task that was sent: one 64-bit word of shared memory, changed by compare-and-set only.
///
/// Worker and parent race for it, and whoever wins decides. So the parent knows for certain, and without asking, that
/// an item will not begin, and a result never appears after its item was given up.
///
/// ```text
///  bits   sequence 63-44 │ state 43-40 │ item n 39-20 │ end 19-0
///
///  worker   begin      OFFERED(n)     → BEGUN(n)
///           end        BEGUN(n)       → OFFERED(n+1), or FINISHED if n+1 is the end
///  parent   takeBack   OFFERED(n)     → TAKEN_BACK(n)
///                      BEGUN(n, end)  → BEGUN(n, n+1)
///           condemn    BEGUN(n)       → CONDEMNED(n)
/// ```
///
/// The sequence number tells one use of the word from the next. Pure functions: each transition returns the word as it
/// is to become, or the very same word if it is refused; the caller compares and sets.
public final class ClaimWord {

    /// Items are counted up to here.
    public static final int MAX_ITEMS = (1 << 20) - 1;

    /// Sequence numbers start again at 0 after this one.
    public static final int MAX_SEQUENCE = (1 << 20) - 1;

    private static final int SEQUENCE_SHIFT = 44;
    private static final int STATE_SHIFT = 40;
    private static final int ITEM_SHIFT = 20;
    private static final int STATE_MASK = 0xF;
    private static final int TWENTY_BITS = (1 << 20) - 1;

    private ClaimWord() {}

    /// A task as it is when sent.
    public static long offered(int sequence, int firstItem, int endItem) {
        return word(sequence, OFFERED, firstItem, endItem);
    }

    /// The worker begins an item.
    public static long begin(long word, int sequence, int item) {
        return sequence(word) == sequence && state(word) == OFFERED && item(word) == item && item < end(word)
                ? word(sequence, BEGUN, item, end(word))
                : word;
    }

    /// The worker has the result of the item it had begun.
    public static long end(long word, int sequence, int item) {
        if (sequence(word) != sequence || state(word) != BEGUN || item(word) != item) {
            return word;
        }
        var next = item + 1;
        return word(sequence, next >= end(word) ? FINISHED : OFFERED, next, end(word));
    }

    /// The parent takes back what has not begun; [#firstNeverBegun(long)] of the outcome tells what that is.
    public static long takeBack(long word) {
        return switch (state(word)) {
            case OFFERED -> word(sequence(word), TAKEN_BACK, item(word), end(word));
            case BEGUN -> word(sequence(word), BEGUN, item(word), item(word) + 1);
            case FREE, CONDEMNED, TAKEN_BACK, FINISHED -> word;
        };
    }

    /// The parent decides that the result of a running item will not count.
    public static long condemn(long word, int item) {
        return state(word) == BEGUN && item(word) == item ? word(sequence(word), CONDEMNED, item, end(word)) : word;
    }

    /// Whether a worker that can't begin an item of this sequence may believe that the parent took it back. The word
    /// may be in its next use already.
    public static boolean isTakenBack(long word, int sequence) {
        return sequence(word) == sequence
                ? state(word) == TAKEN_BACK || state(word) == FINISHED
                : state(word) != FREE && (sequence(word) - sequence) % BoardLayout.CLAIMS == 0;
    }

    /// Whether the parent has decided that the result of this item will not count.
    public static boolean isCondemned(long word, int sequence, int item) {
        return sequence(word) == sequence && state(word) == CONDEMNED && item(word) == item;
    }

    /// The item from which on none will begin, once [#takeBack(long)] was applied.
    public static int firstNeverBegun(long word) {
        return switch (state(word)) {
            case TAKEN_BACK -> item(word);
            case BEGUN, CONDEMNED -> item(word) + 1;
            case FREE, OFFERED, FINISHED -> end(word);
        };
    }

    /// The item that has begun and not ended, or -1.
    public static int runningItem(long word) {
        var state = state(word);
        return state == BEGUN || state == CONDEMNED ? item(word) : -1;
    }

    /// Which use of the word this is.
    public static int sequence(long word) {
        return (int) (word >>> SEQUENCE_SHIFT);
    }

    /// How far the task is.
    public static ClaimState state(long word) {
        return ClaimState.of((int) (word >>> STATE_SHIFT) & STATE_MASK);
    }

    /// The item that the state is about.
    public static int item(long word) {
        return (int) (word >>> ITEM_SHIFT) & TWENTY_BITS;
    }

    /// The item after the last one.
    public static int end(long word) {
        return (int) word & TWENTY_BITS;
    }

    private static long word(int sequence, ClaimState state, int item, int end) {
        return (long) sequence << SEQUENCE_SHIFT
                | (long) state.ordinal() << STATE_SHIFT
                | (long) item << ITEM_SHIFT
                | end;
    }
}
