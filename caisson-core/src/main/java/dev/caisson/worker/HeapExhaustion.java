package dev.caisson.worker;

import dev.caisson.protocol.ExitMark;
import dev.caisson.transport.Board;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Ends a worker whose heap is used up: other threads may have failed in the middle of anything, so nothing that runs
/// here afterwards can be trusted. The mark on the board lets the parent say what happened.
final class HeapExhaustion implements Thread.UncaughtExceptionHandler {

    /// What `-XX:+ExitOnOutOfMemoryError` exits with.
    static final int EXIT_CODE = 3;

    private final Board board;

    HeapExhaustion(Board board) {
        this.board = board;
    }

    /// Ends this process if an error says that the heap, or metaspace, is used up. Others of its type, as for too large
    /// an array, too many threads, or direct memory, harm only whoever asked. Allocates nothing.
    void check(Throwable thrown) {
        if (thrown instanceof OutOfMemoryError && isOfHeap(thrown.getMessage())) {
            board.mark(ExitMark.OUT_OF_MEMORY);
            Runtime.getRuntime().halt(EXIT_CODE);
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
