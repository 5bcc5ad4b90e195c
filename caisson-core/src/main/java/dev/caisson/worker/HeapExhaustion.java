package dev.caisson.worker;

import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.ExitMark;
import dev.caisson.transport.Board;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Ends a worker whose heap is used up: other threads may have failed in the middle of anything, so nothing that runs
/// here afterwards can be trusted. The mark on the board lets the parent say what happened.
final class HeapExhaustion implements Thread.UncaughtExceptionHandler {

    /// What `-XX:+ExitOnOutOfMemoryError` exits with.
    static final int EXIT_CODE = 3;

    /// How deep an error may be wrapped in others and still be found.
    private static final int DEEPEST = 32;

    private static final int FRAMES = 20;

    private final Board board;

    HeapExhaustion(Board board) {
        this.board = board;
    }

    /// Ends this process if an error, or what caused it, says that the heap or metaspace is used up. Others of its
    /// type, as for too large an array, too many threads, or direct memory, harm only whoever asked. Allocates nothing
    /// before the mark is made.
    void check(Throwable thrown) {
        @Nullable Throwable current = thrown;
        for (var depth = 0; current != null && depth < DEEPEST; depth++) {
            if (current instanceof OutOfMemoryError && isOfHeap(current.getMessage())) {
                end(current);
            }
            current = causeOf(current);
        }
    }

    private void end(Throwable exhausted) {
        var heap = Runtime.getRuntime();
        board.put(BoardLayout.HEAP_USED_OFFSET, HeapUse.now());
        board.mark(ExitMark.OUT_OF_MEMORY);
        try {
            board.lastWords(words(exhausted));
        } catch (Throwable noMemoryForThat) {
            // The mark says what matters.
        } finally {
            heap.halt(EXIT_CODE);
        }
    }

    private static String words(Throwable exhausted) {
        var text = new StringBuilder(1024).append(exhausted.getMessage()).append('\n');
        StackText.append(text, exhausted.getStackTrace(), FRAMES);
        return text.toString();
    }

    /// Code of the task's classes may answer.
    private static @Nullable Throwable causeOf(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable unanswered) {
            return null;
        }
    }

    private static boolean isOfHeap(@Nullable String message) {
        return message != null
                && (message.startsWith("Java heap space")
                        || message.startsWith("GC overhead limit exceeded")
                        || message.startsWith("Metaspace")
                        || message.startsWith("Compressed class space"));
    }

    /// For threads that tasks have started: what the JVM itself would do, but for this error.
    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        check(thrown);
        System.err.println("Exception in thread \"" + thread.getName() + "\"");
        Objects.requireNonNull(thrown).printStackTrace();
    }
}
