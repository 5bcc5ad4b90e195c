package dev.caisson.batch;

import java.util.Collection;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The inputs of a batch, read as they are asked for, never further.
///
/// A collection is there already, so its consumer reads it. Any other input may take its time, and results must not
/// wait for it: a thread of the executor reads it, until as much is read as was asked for, and then lets go. So it is
/// read by different threads, but by one at a time, each of which sees what the one before it did. Should the executor
/// have no thread to spare, the consumer reads after all, by [#readYourself()].
///
/// [#stop()] may be called by any thread, the other methods by the consumer only, unless they say otherwise.
final class BatchInput<A extends @Nullable Object> {

    private enum Turn {
        NOBODYS,
        ASKED_FOR,
        READING
    }

    private static final long UNKNOWN = Long.MAX_VALUE;
    private static final long NOT_ASKED = -1;

    private final Iterable<A> source;
    private final boolean atHand;
    private final Executor readers;
    private final Runnable onNews;
    private final AtomicReference<Turn> turn = new AtomicReference<>(Turn.NOBODYS);
    private final Queue<Read<A>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /// Belongs to whose turn it is.
    private @Nullable Iterator<A> iterator;

    /// Written under this object's monitor.
    private volatile long read;

    private volatile @Nullable Throwable failure;
    private volatile boolean ended;

    private volatile boolean stopped;

    /// How much may be read. Written by the consumer.
    private volatile long wanted;

    private long claimedSize = NOT_ASKED;

    /// Who reads for the consumer. Guarded by this.
    private @Nullable Thread reader;

    private record Read<A extends @Nullable Object>(A value) {}

    /// @param onNews called by the reading thread when there is more, or no more
    BatchInput(Iterable<A> source, Executor readers, Runnable onNews) {
        this.source = source;
        this.atHand = isAtHand(source);
        this.readers = readers;
        this.onNews = onNews;
    }

    static boolean isAtHand(Iterable<?> source) {
        return source instanceof Collection || (source instanceof PairedInput<?, ?> pairs && pairs.isAtHand());
    }

    /// Whether [#want] reads at once, on the caller's thread.
    boolean isAtHand() {
        return atHand;
    }

    /// Lets as much be read, in all. Never takes it back.
    void want(long total) {
        if (total <= wanted || hasEnded()) {
            return;
        }
        wanted = total;
        if (!turn.compareAndSet(Turn.NOBODYS, Turn.ASKED_FOR)) {
            return;
        }
        if (atHand) {
            readYourself();
            return;
        }
        try {
            readers.execute(this::readForTheConsumer);
        } catch (RejectedExecutionException noThreadForIt) {
            readYourself();
        }
    }

    /// Whether it was asked for more and nobody reads yet. Any thread.
    boolean isLeftAlone() {
        return turn.get() == Turn.ASKED_FOR;
    }

    /// Reads on this thread, if nobody else has begun to.
    void readYourself() {
        if (turn.compareAndSet(Turn.ASKED_FOR, Turn.READING)) {
            readInTurn();
        }
    }

    /// How many can be taken. Any thread.
    int waiting() {
        return waiting.get();
    }

    A take() {
        var next = queue.remove();
        waiting.decrementAndGet();
        return next.value();
    }

    /// How many were read. Any thread.
    long read() {
        return read;
    }

    /// Whether nothing will be read any more: what is waiting now is the rest. Any thread.
    boolean hasEnded() {
        return ended || stopped;
    }

    /// Whether it came to its end, rather than being stopped. Any thread.
    boolean isComplete() {
        return ended;
    }

    /// What the input threw, which was its end.
    @Nullable Throwable failure() {
        return failure;
    }

    /// How many are not taken yet, as far as that is known; else `Long.MAX_VALUE`. An input may lie about its size.
    long left() {
        if (hasEnded()) {
            return waiting();
        }
        if (claimedSize == NOT_ASKED) {
            claimedSize = atHand ? claimedSize(source) : UNKNOWN;
        }
        long taken = read - waiting();
        return claimedSize > taken ? claimedSize - taken : UNKNOWN;
    }

    /// Reads no more. Whoever waits in the input for the consumer's sake is interrupted. Any thread.
    void stop() {
        synchronized (this) {
            stopped = true;
            if (reader != null) {
                reader.interrupt();
            }
        }
        onNews.run();
    }

    private static long claimedSize(Iterable<?> source) {
        try {
            return source instanceof PairedInput<?, ?> pairs
                    ? Math.min(claimedSize(pairs.first()), claimedSize(pairs.second()))
                    : ((Collection<?>) source).size();
        } catch (RuntimeException unknown) { // only a hint: what counts is what the iterator gives
            return UNKNOWN;
        }
    }

    private void readForTheConsumer() {
        if (!turn.compareAndSet(Turn.ASKED_FOR, Turn.READING)) {
            return;
        }
        synchronized (this) {
            reader = Thread.currentThread();
        }
        try {
            readInTurn();
        } finally {
            synchronized (this) {
                reader = null;
                if (stopped) {
                    var ignored = Thread.interrupted(); // it was meant for the input
                }
            }
        }
    }

    private void readInTurn() {
        do {
            readWanted();
            turn.set(Turn.NOBODYS);
        } while (read < wanted && !hasEnded() && turn.compareAndSet(Turn.NOBODYS, Turn.READING));
        onNews.run();
    }

    private void readWanted() {
        try {
            if (iterator == null) {
                iterator = source.iterator();
            }
            while (read < wanted && !hasEnded()) {
                if (!iterator.hasNext()) {
                    ended = true;
                    return;
                }
                add(iterator.next());
            }
        } catch (Throwable thrown) { // the caller's own input: the consumer gets the error back, at its place
            if (!stopped) {
                failure = thrown;
                ended = true;
            }
        }
    }

    private synchronized void add(A value) {
        if (stopped) {
            return;
        }
        queue.add(new Read<>(value));
        waiting.incrementAndGet();
        read++;
        onNews.run();
    }
}
