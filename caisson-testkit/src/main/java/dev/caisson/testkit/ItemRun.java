package dev.caisson.testkit;

import dev.caisson.Action;
import dev.caisson.PayloadTooLargeException;
import dev.caisson.TaskContext;
import dev.caisson.TaskFunction;
import dev.caisson.codec.ResultEncoding;
import dev.caisson.codec.TaskEncoding;
import dev.caisson.protocol.Assignment;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.SizeLimitExceededException;
import dev.caisson.protocol.Work;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// One item while a simulated worker runs it. Everything passes through the codec as it would between processes, so
/// that what can't be serialized shows. Thread-safe.
final class ItemRun implements TaskContext.Host {

    final SentTask task;
    final int item;
    final TaskScript script;
    final long beganNanos;
    private final SimulatedFleet fleet;
    private final Progress progress;
    private volatile boolean cancelled;

    ItemRun(SentTask task, int item, TaskScript script, SimulatedFleet fleet, Progress progress) {
        this.task = task;
        this.item = item;
        this.script = script;
        this.fleet = fleet;
        this.progress = progress;
        this.beganNanos = fleet.time().nanos();
    }

    /// Takes what an item tells about how far it is.
    interface Progress {
        void tell(long task, int item, double fraction, String note);
    }

    /// Runs the item's own code, on this thread.
    ///
    /// @return the encoded result
    /// @throws Exception whatever the code throws, or what is wrong with its bytes
    Encoded perform() throws Exception {
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        thread.setContextClassLoader(fleet.loader());
        try {
            return TaskContext.call(this, () -> encode(result()));
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    void cancel() {
        cancelled = true;
    }

    boolean is(long task, int item) {
        return assignment().task() == task && this.item == item;
    }

    /// Such as `task 4 'parse a.pdf'`.
    String what() {
        var place = assignment().work().count() > 1 ? "item " + item + " of " : "";
        var retry = attempt() > 1 ? ", attempt " + attempt() : "";
        return place + "task " + taskId()
                + label().map(text -> " '" + text + "'").orElse("") + retry;
    }

    private @Nullable Object result() throws Exception {
        return switch (assignment().work()) {
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
        return TaskEncoding.decode(bytes, fleet.settings().codec(), fleet.loader());
    }

    private Encoded encode(@Nullable Object result) throws IOException {
        var bytes = Encoded.builder(fleet.settings().maxResult().bytes());
        try {
            ResultEncoding.write(result, fleet.settings().codec(), bytes);
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

    private Assignment assignment() {
        return task.assignment;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public Duration remaining() {
        long soft = assignment().softLimitNanos();
        long hard = assignment().hardLimitNanos();
        if (soft == 0 && hard == 0) {
            return Duration.ofSeconds(Long.MAX_VALUE);
        }
        long nearest = soft == 0 ? hard : soft;
        return Duration.ofNanos(Math.max(0, nearest - (fleet.time().nanos() - beganNanos)));
    }

    @Override
    public int attempt() {
        return assignment().attempt();
    }

    @Override
    public long taskId() {
        return assignment().task();
    }

    @Override
    public Optional<String> label() {
        return Optional.ofNullable(assignment().label());
    }

    @Override
    public Optional<String> correlationId() {
        return Optional.ofNullable(assignment().correlationId());
    }

    @Override
    public void progress(double fraction, String note) {
        progress.tell(taskId(), item, fraction, note);
    }
}
