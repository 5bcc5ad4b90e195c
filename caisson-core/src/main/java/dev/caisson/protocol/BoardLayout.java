package dev.caisson.protocol;

/// Where things are on a worker's board, the file that it and its parent both have mapped.
///
/// ```text
///     0  what is written once or seldom: mark of the format, token, pid, exit mark
///   128  what the worker writes for each item
///   256  claim words, which both write
///  1024  the worker's last words
///  4096  outbox: a ring of the last bytes of the worker's stream of results
/// ```
///
/// Numbers are in the machine's own byte order and lie at multiples of eight, so that each is read and written whole.
public final class BoardLayout {

    /// The mark of a board: "CAISSON" and the version of this layout.
    public static final long MAGIC = 0x43414953534F4E00L | 1;

    /// [#MAGIC].
    public static final int MAGIC_OFFSET = 0;
    /// The secret that the worker shows when it connects, if it can't be sent by its standard input; wiped afterwards.
    public static final int TOKEN_OFFSET = 8;
    /// Length of the token.
    public static final int TOKEN_BYTES = 16;
    /// The worker's process id.
    public static final int PID_OFFSET = 24;
    /// An [ExitMark].
    public static final int EXIT_MARK_OFFSET = 32;

    /// Items ended so far.
    public static final int ITEMS_DONE_OFFSET = 128;
    /// Number of the task that runs, 0 for none.
    public static final int TASK_OFFSET = 136;
    /// The item of it.
    public static final int ITEM_OFFSET = 144;
    /// When that item began (`System.nanoTime`).
    public static final int BEGAN_OFFSET = 152;
    /// When the worker last showed that it lives: at each begin, end and ping.
    public static final int BEAT_OFFSET = 160;
    /// How many bytes of its stream the worker has published in the outbox since it began.
    public static final int PUBLISHED_OFFSET = 168;

    /// How much of its heap was in use when the worker last looked: after tasks, and when it is pinged.
    public static final int HEAP_USED_OFFSET = 176;
    /// How large its heap may grow.
    public static final int HEAP_LIMIT_OFFSET = 184;

    /// The first claim word.
    public static final int CLAIMS_OFFSET = 256;
    /// How many claim words there are. The one of a task is its sequence number modulo this.
    public static final int CLAIMS = 64;

    /// What the worker had to say about its own end: a length in bytes, then text in UTF-8.
    public static final int LAST_WORDS_OFFSET = 1024;
    /// How long that text may be.
    public static final int LAST_WORDS_BYTES = 3 * 1024 - Long.BYTES;

    /// Where the outbox begins.
    public static final int OUTBOX_OFFSET = 4096;
    /// Length of the outbox. Byte n of the stream lies at n modulo this.
    public static final int OUTBOX_BYTES = 256 * 1024;
    /// Length of the file.
    public static final int BOARD_BYTES = OUTBOX_OFFSET + OUTBOX_BYTES;

    private BoardLayout() {}

    /// Where the claim word of a sequence number is.
    public static int claimOffset(int sequence) {
        return CLAIMS_OFFSET + (sequence % CLAIMS) * Long.BYTES;
    }
}
