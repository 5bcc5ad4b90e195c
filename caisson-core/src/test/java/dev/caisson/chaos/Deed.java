package dev.caisson.chaos;

import dev.caisson.testing.OwnBoard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// What goes wrong in a worker.
enum Deed {
    EXCEPTION,
    ERROR,
    EXIT_0,
    EXIT_1,
    HALT_0,
    HALT_1,
    SIGKILL,
    SIGSTOP,
    SIGSEGV,
    HEAP_EXHAUSTION,
    ENDLESS_LOOP,
    SWALLOWED_INTERRUPT,
    GARBAGE,
    HALF_A_FRAME,
    CLOSED_DESCRIPTOR,
    OVERWRITTEN_BOARD;

    /// What is thrown by those that throw.
    static final String MESSAGE = "as planned";

    private static final int BLOCK_BYTES = 1 << 20;

    /// Does it, in this process. Returns never, but for the last one.
    void perform() {
        switch (this) {
            case EXCEPTION -> throw new IllegalStateException(MESSAGE);
            case ERROR -> throw new AssertionError(MESSAGE);
            case EXIT_0 -> System.exit(0);
            case EXIT_1 -> System.exit(1);
            case HALT_0 -> Runtime.getRuntime().halt(0);
            case HALT_1 -> Runtime.getRuntime().halt(1);
            case SIGKILL -> signalSelf("KILL");
            case SIGSTOP -> signalSelf("STOP");
            case SIGSEGV -> crash();
            case HEAP_EXHAUSTION -> fillHeap();
            case ENDLESS_LOOP -> spin();
            case SWALLOWED_INTERRUPT -> {} // see below
            case GARBAGE -> Descriptors.write(-1, 64);
            case HALF_A_FRAME -> Descriptors.write(100_000, 64);
            case CLOSED_DESCRIPTOR -> Descriptors.close();
            case OVERWRITTEN_BOARD -> {
                overwriteBoard();
                return;
            }
        }
        swallowInterrupts();
    }

    /// Whether nobody but a limit ends it.
    boolean hangs() {
        return this == ENDLESS_LOOP || this == SWALLOWED_INTERRUPT;
    }

    /// Whether it is something that a task throws, and its worker survives.
    boolean isThrown() {
        return this == EXCEPTION || this == ERROR;
    }

    /// Whether it needs connections to the pool.
    boolean needsConnections() {
        return this == GARBAGE || this == HALF_A_FRAME || this == CLOSED_DESCRIPTOR;
    }

    private static void overwriteBoard() {
        try {
            OwnBoard.overwriteClaims(-1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void signalSelf(String signal) {
        try {
            var self = Long.toString(ProcessHandle.current().pid());
            new ProcessBuilder("kill", "-" + signal, self).start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @SuppressWarnings("restricted") // that it can crash the JVM is what it is for
    private static void crash() {
        MemorySegment.NULL.reinterpret(Long.BYTES).set(ValueLayout.JAVA_LONG, 0, 1);
    }

    private static void fillHeap() {
        List<byte[]> blocks = new ArrayList<>();
        while (blocks.size() < Integer.MAX_VALUE) {
            blocks.add(new byte[BLOCK_BYTES]);
        }
    }

    private static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    @SuppressWarnings("EmptyCatch") // that is what it is about
    private static void swallowInterrupts() {
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
            }
        }
    }
}
