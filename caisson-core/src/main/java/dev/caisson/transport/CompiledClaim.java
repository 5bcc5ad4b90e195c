package dev.caisson.transport;

import dev.caisson.memory.Remark;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Changes claim words by compiled code only. Thread-safe.
///
/// A worker may truncate its board at any time. A compare-and-set that then meets no memory ends this JVM if the
/// interpreter does it, and is an `InternalError` in compiled code. No API tells whether a method is compiled; its
/// speed does. So before the first use the compare-and-set is done on a board of nobody's until it is fast, for a
/// fraction of a second at most, in the background: a pool is some time old when it first takes a task back.
///
/// Three implementations of one interface, all of them used, keep the compiler from making one piece of the loop and
/// what it calls: then the loop would be fast, and what is called by others not compiled at all.
final class CompiledClaim {

    private static final int CALLS = 64;
    private static final long FAST_NANOS = 60;
    private static final int FAST_BURSTS = 32;
    private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    /// Workers are being started in this time, and need the processors.
    private static final long LATER_MILLIS = 300;

    private static final Change CLAIM = new Claim();
    private static final Change LOOK = new Look();
    private static final Change LOOK_AGAIN = new LookAgain();

    private static final CountDownLatch NEEDED = new CountDownLatch(1);
    private static final CountDownLatch DONE = new CountDownLatch(1);

    static {
        try {
            Thread.ofPlatform().daemon().name("caisson-claims").start(CompiledClaim::prepare);
        } catch (OutOfMemoryError noThread) {
            DONE.countDown(); // most programs never meet a truncated board
        }
    }

    private CompiledClaim() {}

    /// One way to change a word.
    private interface Change {
        boolean of(Board board, int sequence, long expected, long next);
    }

    private static final class Claim implements Change {
        @Override
        public boolean of(Board board, int sequence, long expected, long next) {
            return board.claim(sequence, expected, next);
        }
    }

    private static final class Look implements Change {
        @Override
        public boolean of(Board board, int sequence, long expected, long next) {
            return board.claim(sequence) == expected;
        }
    }

    private static final class LookAgain implements Change {
        @Override
        public boolean of(Board board, int sequence, long expected, long next) {
            return board.claim(sequence) != next;
        }
    }

    /// Has the preparations begun. Does not wait.
    static void load() {
        // The static initializer did it.
    }

    /// See [Board#claim(int, long, long)]. The first call in a process may wait for a moment.
    static boolean claim(Board board, int sequence, long expected, long next) {
        if (DONE.getCount() > 0) {
            awaitPreparations();
        }
        return CLAIM.of(board, sequence, expected, next);
    }

    private static void awaitPreparations() {
        NEEDED.countDown();
        try {
            var ignored = DONE.await(2 * LIMIT_NANOS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException later) {
            Thread.currentThread().interrupt();
        }
    }

    private static void prepare() {
        try {
            var ignored = NEEDED.await(LATER_MILLIS, TimeUnit.MILLISECONDS);
            warmUp();
        } catch (InterruptedException | RuntimeException | Error failure) {
            Remark.log(CompiledClaim.class, Level.DEBUG, "Claims of tasks may not be compiled yet", failure);
        } finally {
            DONE.countDown();
        }
    }

    private static void warmUp() {
        var board = Board.ofNobody();
        try {
            long began = System.nanoTime();
            int fast = 0;
            while (fast < FAST_BURSTS && System.nanoTime() - began < LIMIT_NANOS) {
                var ignored = nanosPerCall(LOOK, board) + nanosPerCall(LOOK_AGAIN, board);
                fast = nanosPerCall(CLAIM, board) < FAST_NANOS ? fast + 1 : 0;
            }
        } finally {
            board.close();
        }
    }

    private static long nanosPerCall(Change change, Board board) {
        board.offer(1, 0);
        long began = System.nanoTime();
        for (int call = 0; call < CALLS; call++) {
            boolean changed = change.of(board, 1, call, call + 1);
            if (!changed) {
                board.offer(1, call + 1L);
            }
            if (call % 8 == 0) {
                changed = change.of(board, 1, -1, 0); // what fails must be compiled, too
            }
        }
        return (System.nanoTime() - began) / CALLS;
    }
}
