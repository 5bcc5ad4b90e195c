package dev.caisson.testkit;

import dev.caisson.TaskContext;
import dev.caisson.protocol.Assignment;
import dev.caisson.protocol.Encoded;
import dev.caisson.runtime.HeldTask;
import java.time.Duration;
import java.util.Optional;

/// One item while a simulated worker runs it. Everything passes through the codec as it would between processes, so
/// that what can't be serialized shows. Thread-safe.
final class ItemRun implements TaskContext.Host {

    final HeldTask task;
    final int item;
    final TaskScript script;
    final long beganNanos;
    private final SimulatedFleet fleet;
    private final Progress progress;
    private volatile boolean cancelled;

    ItemRun(HeldTask task, int item, TaskScript script, SimulatedFleet fleet, Progress progress) {
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
        return fleet.code().perform(assignment().work(), item, this);
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

    private Assignment assignment() {
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
