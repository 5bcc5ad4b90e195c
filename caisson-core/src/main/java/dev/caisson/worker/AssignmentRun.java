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
/// it. The function of a chunk is decoded within the first item too, under its limits, but its time is not counted as
/// that item's. Whatever is thrown is an outcome, but for a used up heap.
final class AssignmentRun implements Callable<@Nullable Object> {

    private final AssignmentHead head;
    private final MessageInput input;
    private final TaskCodec codec;
    private final ClassLoader loader;
    private final RunSetting setting;
    private final ResultWriter results;
    private final Claim claim;

    private final KeptFunction kept;

    private @Nullable Object function;
    private @Nullable Throwable unreadable;

    /// When the current item began, without the time that the function took.
    private long beganNanos;

    private boolean hasFunction;

    AssignmentRun(
            AssignmentHead head,
            MessageInput input,
            TaskCodec codec,
            ResultWriter results,
            Board board,
            ClassLoader loader,
            KeptFunction kept,
            RunSetting setting) {
        this.head = head;
        this.input = input;
        this.codec = codec;
        this.loader = loader;
        this.kept = kept;
        this.results = results;
        this.claim = new Claim(board, head.sequence());
        this.setting = setting;
    }

    /// Runs all items.
    ///
    /// @throws IOException if the parent is gone
    void run() throws IOException {
        for (var item = head.firstItem(); item < head.endItem(); item++) {
            beganNanos = System.nanoTime();
            // First of all: whoever sees on the board that it has begun may interrupt it.
            var running = setting.enter(head, item, beganNanos, loader);
            if (!claim.begin(head.task(), item, beganNanos)) {
                setting.leave();
                receiveFunction(); // the parent counts on it for the chunks that follow
                return;
            }
            var succeeded = runItem(running, item);
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

    private boolean runItem(RunningItem running, int item) throws IOException {
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
        if (head.chunk()) {
            return callFunction();
        }
        var task = read();
        FaultPoint.RUNNING.reached();
        if (task instanceof Callable<?> callable) {
            return callable.call();
        }
        if (task instanceof Action action) {
            action.perform();
            return null;
        }
        if (task instanceof Runnable runnable) {
            runnable.run();
            return null;
        }
        throw misfit(task, "a Callable, an Action or a Runnable");
    }

    private @Nullable Object callFunction() throws Exception {
        if (receiveFunction()) {
            decodeFunction();
        }
        var item = read();
        throwUnreadable();
        FaultPoint.RUNNING.reached();
        return function().apply(item);
    }

    /// Takes the function that stands before the items, once.
    ///
    /// @return whether it was not taken before
    private boolean receiveFunction() throws IOException {
        if (!head.chunk() || hasFunction) {
            return false;
        }
        hasFunction = true;
        var sent = input.nextEncoded();
        if (!head.sameFunction()) {
            kept.replace(sent);
        }
        return true;
    }

    /// If it can't be read, all items fail with the same error.
    private void decodeFunction() {
        try {
            function = kept.get(codec, loader);
        } catch (TaskSerializationException | Error failure) {
            unreadable = failure;
        }
        beganNanos = System.nanoTime();
    }

    private void throwUnreadable() {
        if (unreadable instanceof Error error) {
            throw error;
        }
        if (unreadable instanceof TaskSerializationException refused) {
            throw refused;
        }
    }

    private @Nullable Object read() throws IOException {
        return TaskEncoding.decode(input.nextEncoded(), codec, loader);
    }

    @SuppressWarnings("unchecked")
    private TaskFunction<@Nullable Object, @Nullable Object> function() {
        if (function instanceof TaskFunction<?, ?> known) {
            return (TaskFunction<@Nullable Object, @Nullable Object>) known;
        }
        throw misfit(function, "a TaskFunction");
    }

    private static TaskSerializationException misfit(@Nullable Object subject, String expected) {
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
