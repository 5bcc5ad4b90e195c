package dev.caisson.fleet;

import dev.caisson.Action;
import dev.caisson.AroundTask;
import dev.caisson.PayloadTooLargeException;
import dev.caisson.TaskCodec;
import dev.caisson.TaskContext;
import dev.caisson.TaskFunction;
import dev.caisson.codec.Failures;
import dev.caisson.codec.OriginLoader;
import dev.caisson.codec.ResultEncoding;
import dev.caisson.codec.TaskEncoding;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.SizeLimitExceededException;
import dev.caisson.protocol.Work;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Runs items in this JVM as a process would: code, arguments and results pass through the codec, so that what can't
/// travel shows here too. Thread-safe.
///
/// @param codec of the pool
/// @param loader finds the classes of tasks
/// @param maxResultBytes results may be so long
/// @param around surrounds each item, or null
public record ItemCode(
        TaskCodec codec,
        ClassLoader loader,
        long maxResultBytes,
        @Nullable AroundTask around) {

    /// Runs an item's own code, on this thread.
    ///
    /// @param host answers for the item
    /// @return the encoded result
    /// @throws Exception whatever the code throws, or what is wrong with its bytes
    public Encoded perform(Work work, int item, TaskContext.Host host) throws Exception {
        var thread = Thread.currentThread();
        var outer = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return TaskContext.call(host, around, () -> encode(result(work, item)));
        } finally {
            thread.setContextClassLoader(outer);
        }
    }

    /// What an item threw, encoded.
    public Encoded failure(Throwable thrown) {
        try {
            return encodeFailure(thrown, codec);
        } catch (Throwable again) { // code of the user: an exception may do anything when it is written
            return encodeFailure(
                    new IllegalStateException(
                            "The task threw " + thrown.getClass().getName() + ", which could not be sent because of "
                                    + again.getClass().getName()),
                    codec);
        }
    }

    static Encoded encodeFailure(Throwable thrown, TaskCodec codec) {
        var bytes = Encoded.builder();
        try {
            Failures.write(thrown, codec, bytes);
        } catch (IOException impossible) {
            throw new IllegalStateException("Bytes in memory can't fail", impossible);
        }
        return bytes.build();
    }

    private @Nullable Object result(Work work, int item) throws Exception {
        return switch (work) {
            case Work.Call(var bytes) -> call(read(bytes));
            case Work.Chunk(var function, var items) -> apply(read(function), read(items.get(item)));
        };
    }

    private static @Nullable Object call(@Nullable Object subject) throws Exception {
        switch (subject) {
            case Callable<?> callable -> {
                return callable.call();
            }
            case Action action -> action.perform();
            case Runnable runnable -> runnable.run();
            case null, default -> throw new IllegalStateException("The codec read no task, but " + subject);
        }
        return null;
    }

    @SuppressWarnings("unchecked") // it was one when it was submitted
    private static @Nullable Object apply(@Nullable Object subject, @Nullable Object argument) throws Exception {
        if (subject instanceof TaskFunction<?, ?> function) {
            return ((TaskFunction<@Nullable Object, @Nullable Object>) function).apply(argument);
        }
        throw new IllegalStateException("The codec read no function, but " + subject);
    }

    private @Nullable Object read(Encoded bytes) {
        return TaskEncoding.decode(bytes, codec, OriginLoader.of(loader, bytes));
    }

    private Encoded encode(@Nullable Object result) throws IOException {
        var bytes = Encoded.builder(maxResultBytes);
        try {
            ResultEncoding.write(result, codec, bytes);
        } catch (SizeLimitExceededException tooLarge) {
            throw new PayloadTooLargeException(
                    "The task returned, but its result is too large: at least " + tooLarge.sizeBytes()
                            + " bytes where " + tooLarge.limitBytes()
                            + " are allowed. Raise Builder.maxResult, or return less",
                    tooLarge.sizeBytes(),
                    tooLarge.limitBytes());
        }
        return bytes.build();
    }
}
