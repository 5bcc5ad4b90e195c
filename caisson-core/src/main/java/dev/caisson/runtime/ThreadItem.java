package dev.caisson.runtime;

import dev.caisson.TaskContext;
import dev.caisson.protocol.Assignment;
import java.time.Duration;
import java.util.Optional;

/// One item while a thread of this JVM runs it: what its `TaskContext` answers. Thread-safe.
final class ThreadItem implements TaskContext.Host {

    final HeldTask task;
    final int item;
    final long beganNanos;
    private final Progress progress;
    private volatile boolean cancelled;

    ThreadItem(HeldTask task, int item, long beganNanos, Progress progress) {
        this.task = task;
        this.item = item;
        this.beganNanos = beganNanos;
        this.progress = progress;
    }

    /// Takes what an item tells about how far it is.
    interface Progress {
        void tell(ThreadItem item, double fraction, String note);
    }

    boolean is(long task, int item) {
        return taskId() == task && this.item == item;
    }

    void cancel() {
        cancelled = true;
    }

    Assignment assignment() {
        return task.assignment();
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
        return Duration.ofNanos(Math.max(0, nearest - (System.nanoTime() - beganNanos)));
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
        progress.tell(this, fraction, note);
    }
}
