package dev.caisson.worker;

import dev.caisson.Action;
import dev.caisson.TaskCodec;
import dev.caisson.TaskContext;
import dev.caisson.TaskFunction;
import dev.caisson.TaskSerializationException;
import dev.caisson.codec.TaskEncoding;
import dev.caisson.protocol.AssignmentHead;
import dev.caisson.protocol.FaultPoint;
import dev.caisson.protocol.ResultHead;
import dev.caisson.transport.Board;
import dev.caisson.transport.MessageInput;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Runs the items of one assignment, one after the other, each as far as the parent hasn't taken it back.
///
/// An item begins before its bytes are decoded and ends when its outcome is encoded, so whatever these do is blamed on
/// it. Whatever is thrown is an outcome, but for a used up heap.
final class AssignmentRun implements Callable<@Nullable Object> {

    private final AssignmentHead head;
    private final MessageInput input;
    private final TaskCodec codec;
    private final ClassLoader loader;
    private final RunSetting setting;
    private final ResultWriter results;
    private final Claim claim;

    private @Nullable Object subject;
    private @Nullable Throwable unreadable;

    AssignmentRun(
            AssignmentHead head,
            MessageInput input,
            TaskCodec codec,
            ResultWriter results,
            Board board,
            ClassLoader loader,
            RunSetting setting) {
        this.head = head;
        this.input = input;
        this.codec = codec;
        this.loader = loader;
        this.results = results;
        this.claim = new Claim(board, head.sequence());
        this.setting = setting;
    }

    /// Runs all items.
    ///
    /// @throws IOException if the parent is gone
    void run() throws IOException {
        for (var item = head.firstItem(); item < head.endItem(); item++) {
            var beganNanos = System.nanoTime();
            // First of all: whoever sees on the board that it has begun may interrupt it.
            var running = setting.enter(head, item, beganNanos, loader);
            if (!claim.begin(head.task(), item, beganNanos)) {
                setting.leave();
                return;
            }
            var succeeded = runItem(running, item, beganNanos);
            var endedNanos = System.nanoTime();
            if (!claim.end(item, endedNanos)) {
                awaitKill();
            }
            results.publish(new ResultHead(head.task(), item, succeeded, beganNanos, endedNanos));
            FaultPoint.PUBLISHED.reached();
            if (item + 1 < head.endItem()) {
                setting.sendWhenWorthIt(endedNanos);
                FaultPoint.BETWEEN_ITEMS.reached();
            }
        }
    }

    private boolean runItem(RunningItem running, int item, long beganNanos) throws IOException {
        try {
            if (head.marksOutput()) {
                setting.markOutput();
            }
            if (head.tellWhenBegun()) {
                results.publishBegun(head.task(), item, beganNanos);
                setting.sendNow();
            }
            results.encodeResult(TaskContext.call(running, this));
            return true;
        } catch (Throwable thrown) {
            setting.exhaustion().check(thrown);
            checkConnections();
            encodeFailure(thrown);
            return false;
        } finally {
            setting.leave();
        }
    }

    private void encodeFailure(Throwable thrown) throws IOException {
        try {
            results.encodeFailure(thrown);
        } catch (Throwable again) {
            setting.exhaustion().check(again);
            checkConnections();
            results.encodeFailure(new IllegalStateException(
                    "The task threw " + thrown.getClass().getName() + ", which could not be sent because of "
                            + again.getClass().getName()));
        }
    }

    /// Reads and runs the current item; called with its context bound.
    @Override
    public @Nullable Object call() throws Exception {
        FaultPoint.READING.reached();
        readSubject();
        if (head.chunk()) {
            var item = read();
            throwUnreadable();
            FaultPoint.RUNNING.reached();
            return function().apply(item);
        }
        throwUnreadable();
        FaultPoint.RUNNING.reached();
        if (subject instanceof Callable<?> callable) {
            return callable.call();
        }
        if (subject instanceof Action action) {
            action.perform();
            return null;
        }
        if (subject instanceof Runnable runnable) {
            runnable.run();
            return null;
        }
        throw misfit("a Callable, an Action or a Runnable");
    }

    /// Reads the task, or the function before its first item. If it can't be read, all its items fail with the same
    /// error.
    private void readSubject() throws IOException {
        if (subject == null && unreadable == null) {
            try {
                subject = read();
            } catch (TaskSerializationException | Error failure) {
                unreadable = failure;
            }
        }
    }

    private @Nullable Object read() throws IOException {
        return TaskEncoding.decode(input.nextEncoded(), codec, loader);
    }

    private void throwUnreadable() {
        if (unreadable instanceof Error error) {
            throw error;
        }
        if (unreadable instanceof TaskSerializationException refused) {
            throw refused;
        }
    }

    @SuppressWarnings("unchecked")
    private TaskFunction<@Nullable Object, @Nullable Object> function() {
        if (subject instanceof TaskFunction<?, ?> function) {
            return (TaskFunction<@Nullable Object, @Nullable Object>) function;
        }
        throw misfit("a TaskFunction");
    }

    private TaskSerializationException misfit(String expected) {
        return new TaskSerializationException(
                "The worker decoded "
                        + (subject == null ? "null" : "a " + subject.getClass().getName()) + " where " + expected
                        + " was sent. A TaskCodec must read what it has written; check readResolve too",
                "",
                null);
    }

    private void checkConnections() throws IOException {
        input.checkConnection();
        results.checkConnection();
    }

    /// The parent has decided that this item's result doesn't count, and is about to kill this process.
    private static void awaitKill() {
        while (true) {
            LockSupport.park();
            Thread.interrupted();
        }
    }
}
