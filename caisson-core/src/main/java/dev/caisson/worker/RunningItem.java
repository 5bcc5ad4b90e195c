package dev.caisson.worker;

import dev.caisson.TaskContext;
import dev.caisson.WorkerInfo;
import dev.caisson.protocol.AssignmentHead;
import java.time.Duration;
import java.util.Optional;

/// One item while it runs: what its `TaskContext` answers. Thread-safe.
final class RunningItem implements TaskContext.Host {

    private final AssignmentHead head;
    private final int item;
    private final long beganNanos;
    private final ControlLoop control;
    private final OwnIdentity identity;
    private volatile boolean cancelled;

    RunningItem(AssignmentHead head, int item, long beganNanos, ControlLoop control, OwnIdentity identity) {
        this.head = head;
        this.item = item;
        this.beganNanos = beganNanos;
        this.control = control;
        this.identity = identity;
    }

    boolean is(long task, int item) {
        return head.task() == task && this.item == item;
    }

    void cancel() {
        cancelled = true;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public Duration remaining() {
        var soft = head.softLimitNanos();
        var hard = head.hardLimitNanos();
        if (soft == 0 && hard == 0) {
            return Duration.ofSeconds(Long.MAX_VALUE);
        }
        var nearest = soft == 0 ? hard : hard == 0 ? soft : Math.min(soft, hard);
        return Duration.ofNanos(Math.max(0, nearest - (System.nanoTime() - beganNanos)));
    }

    @Override
    public int attempt() {
        return head.attempt();
    }

    @Override
    public long taskId() {
        return head.origin();
    }

    @Override
    public Optional<String> label() {
        return Optional.ofNullable(head.label());
    }

    @Override
    public Optional<String> correlationId() {
        return Optional.ofNullable(head.correlationId());
    }

    @Override
    public WorkerInfo worker() {
        return identity.worker();
    }

    @Override
    public void progress(double fraction, String note) {
        control.tellProgress(head.task(), item, fraction, note);
    }
}
