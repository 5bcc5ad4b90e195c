package dev.caisson.fleet;

import dev.caisson.TaskContext;
import dev.caisson.WorkerInfo;
import dev.caisson.protocol.Assignment;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// One item while a worker of this JVM runs it: what its `TaskContext` answers. Thread-safe.
public final class HeldItem implements TaskContext.Host {

    private final HeldTask task;
    private final int item;
    private final long beganNanos;
    private final Supplier<WorkerInfo> worker;
    private final LongSupplier nanos;
    private final Progress progress;
    private volatile boolean cancelled;

    HeldItem(
            HeldTask task,
            int item,
            long beganNanos,
            Supplier<WorkerInfo> worker,
            LongSupplier nanos,
            Progress progress) {
        this.worker = worker;
        this.task = task;
        this.item = item;
        this.beganNanos = beganNanos;
        this.nanos = nanos;
        this.progress = progress;
    }

    /// Takes what an item tells about how far it is.
    @FunctionalInterface
    public interface Progress {
        void tell(HeldItem item, double fraction, String note);
    }

    HeldTask held() {
        return task;
    }

    /// The number of its task, or part of a task.
    public long task() {
        return assignment().task();
    }

    /// Its place in its chunk.
    public int item() {
        return item;
    }

    public long beganNanos() {
        return beganNanos;
    }

    public Assignment assignment() {
        return task.assignment();
    }

    /// Whether it is this item of this task.
    public boolean is(long task, int item) {
        return task() == task && this.item == item;
    }

    /// From now on its code is told that it is cancelled.
    public void cancel() {
        cancelled = true;
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
        long nearest = soft == 0 ? hard : hard == 0 ? soft : Math.min(soft, hard);
        return Duration.ofNanos(Math.max(0, nearest - (nanos.getAsLong() - beganNanos)));
    }

    @Override
    public int attempt() {
        return assignment().attempt();
    }

    @Override
    public long taskId() {
        return assignment().origin();
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
    public WorkerInfo worker() {
        return worker.get();
    }

    @Override
    public void progress(double fraction, String note) {
        progress.tell(this, fraction, note);
    }
}
