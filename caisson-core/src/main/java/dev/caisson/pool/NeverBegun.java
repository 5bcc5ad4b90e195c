package dev.caisson.pool;

import dev.caisson.Action;
import dev.caisson.TaskFunction;
import dev.caisson.codec.TaskEncoding;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.Work;
import dev.caisson.runtime.Submission;
import dev.caisson.runtime.Submitter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A task that a pool was ended before: run it, and it runs in this thread of this process.
///
/// @param submission what was submitted
/// @param submitter knows the codec
record NeverBegun(Submission submission, Submitter submitter) implements Runnable {

    @Override
    public void run() {
        try {
            switch (submission.work()) {
                case Work.Call(var bytes) -> perform(read(bytes));
                case Work.Chunk(var function, var items) -> {
                    for (var item : items) {
                        apply(read(function), read(item));
                    }
                }
            }
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException("The task that never began in the pool failed here", failure);
        }
    }

    private static void perform(@Nullable Object task) throws Exception {
        switch (task) {
            case Action action -> action.perform();
            case Callable<?> callable -> callable.call();
            case null, default -> throw new IllegalStateException("Neither a Callable nor an Action: " + task);
        }
    }

    @SuppressWarnings("unchecked") // it was one when it was submitted
    private static void apply(@Nullable Object function, @Nullable Object item) throws Exception {
        if (function == null) {
            throw new IllegalStateException("The function of a chunk was null");
        }
        var ignored = ((TaskFunction<@Nullable Object, @Nullable Object>) function).apply(item);
    }

    private @Nullable Object read(Encoded bytes) {
        return TaskEncoding.decode(
                bytes, submitter.codec(), submitter.reader().of(bytes).loader());
    }
}
