package dev.caisson.worker;

import dev.caisson.Action;
import dev.caisson.TaskContext;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.ExitMark;
import dev.caisson.protocol.WorkerHook;
import dev.caisson.transport.Board;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs the user's initializer or finalizer on the task thread, and halts the process if that takes longer than its
/// limit: code that ignores interrupts must not keep a worker for ever in a place where no task's limit reaches it.
final class HookRun {

    static final int FAILED_EXIT_CODE = 1;

    private final Board board;
    private final HeapExhaustion exhaustion;

    /// How the board tells that the hook was late.
    private final ExitMark late;

    private final String name;
    private final CountDownLatch done = new CountDownLatch(1);

    HookRun(Board board, HeapExhaustion exhaustion, ExitMark late, String name) {
        this.board = board;
        this.exhaustion = exhaustion;
        this.late = late;
        this.name = name;
    }

    /// Runs it. What it throws is printed, too.
    ///
    /// @return what it threw
    @Nullable Throwable perform(WorkerHook hook, OwnIdentity identity, Function<Encoded, Object> decoder) {
        if (hook.limitNanos() > 0) {
            watch(Thread.currentThread(), hook.limitNanos());
        }
        try {
            TaskContext.callBetweenTasks(identity.worker(), () -> ((Action) decoder.apply(hook.action())).perform());
            return null;
        } catch (Throwable failure) {
            exhaustion.check(failure);
            failure.printStackTrace();
            return failure;
        } finally {
            done.countDown();
        }
    }

    private void watch(Thread thread, long limitNanos) {
        var watching = new Thread(() -> haltAfter(thread, limitNanos), "caisson-hook-limit");
        watching.setDaemon(true);
        watching.start();
    }

    private void haltAfter(Thread thread, long limitNanos) {
        try {
            if (done.await(limitNanos, TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException nobodyHasAReason) {
            return;
        }
        var report = new StringBuilder("The " + name + " still runs at its limit of "
                + TimeUnit.NANOSECONDS.toMillis(limitNanos) + " ms. It is here:");
        for (var frame : thread.getStackTrace()) {
            report.append("\n    at ").append(frame);
        }
        System.err.println(report);
        board.mark(late);
        Runtime.getRuntime().halt(FAILED_EXIT_CODE);
    }
}
