package dev.caisson;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What one task asks for, over the defaults of its pool. Immutable: each `with…` method returns a changed copy.
///
/// A limit that is not set here is the pool's. Each value is checked by its method; limits are compared with each other
/// when a task is submitted, for only then are the pool's known.
public final class TaskOptions {

    /// No limits but the pool's, no retries, priority 0.
    public static final TaskOptions DEFAULT = new TaskOptions(new Values(null, null, null, 0, 0, null, null, null));

    private final Values values;

    private TaskOptions(Values values) {
        this.values = values;
    }

    /// Limits how long the task may run; then the stacks of its threads are taken and its worker is killed.
    ///
    /// Counts from when the task begins, and covers reading the task and writing its result. Each attempt has it anew.
    ///
    /// @param limit longer than zero
    /// @return a changed copy
    /// @throws IllegalArgumentException if the limit is zero or negative
    public TaskOptions withTimeLimit(Duration limit) {
        return new TaskOptions(values.timeLimit(positive("timeLimit", limit)));
    }

    /// Sets when a running task is interrupted. What it then returns counts; if it then throws, it has timed out.
    ///
    /// @param limit longer than zero, and at submit shorter than the time limit
    /// @return a changed copy
    /// @throws IllegalArgumentException if the limit is zero or negative
    public TaskOptions withSoftTimeLimit(Duration limit) {
        return new TaskOptions(values.softTimeLimit(positive("softTimeLimit", limit)));
    }

    /// Limits how long the task may wait before it begins.
    ///
    /// @param limit longer than zero
    /// @return a changed copy
    /// @throws IllegalArgumentException if the limit is zero or negative
    public TaskOptions withQueueTimeLimit(Duration limit) {
        return new TaskOptions(values.queueTimeLimit(positive("queueTimeLimit", limit)));
    }

    /// Allows the task to be run again after the death of its worker; by default it never is, for it may have had
    /// effects.
    ///
    /// @param retries how often at most, from 0
    /// @return a changed copy
    /// @throws IllegalArgumentException if the number is negative
    public TaskOptions withRetries(int retries) {
        if (retries < 0) {
            throw new IllegalArgumentException("retries is " + retries + ", but must be 0 (never run again) or more");
        }
        return new TaskOptions(values.retries(retries));
    }

    /// Sets which waiting task goes first: a higher priority does, among equals the one submitted earlier.
    ///
    /// @param priority any number; 0 by default
    /// @return a changed copy
    public TaskOptions withPriority(int priority) {
        return new TaskOptions(values.priority(priority));
    }

    /// Names the task in messages, events and views.
    ///
    /// @param label for people to read
    /// @return a changed copy
    public TaskOptions withLabel(String label) {
        return new TaskOptions(values.label(Objects.requireNonNull(label, "label")));
    }

    /// Ties the task to something of the caller's, such as a request or a trace; the task can read it in the worker.
    ///
    /// @param correlationId the caller's id
    /// @return a changed copy
    public TaskOptions withCorrelationId(String correlationId) {
        return new TaskOptions(values.correlationId(Objects.requireNonNull(correlationId, "correlationId")));
    }

    /// Sets what to call when a worker begins the task. It stays in this process and runs on the callback executor.
    ///
    /// @param onAccepted takes the worker; called once for each attempt
    /// @return a changed copy
    public TaskOptions withOnAccepted(Consumer<WorkerInfo> onAccepted) {
        return new TaskOptions(values.onAccepted(Objects.requireNonNull(onAccepted, "onAccepted")));
    }

    /// How long the task may run.
    ///
    /// @return the limit, or empty for the pool's
    public Optional<Duration> timeLimit() {
        return Optional.ofNullable(values.timeLimit);
    }

    /// When the running task is interrupted.
    ///
    /// @return the limit, or empty for the pool's
    public Optional<Duration> softTimeLimit() {
        return Optional.ofNullable(values.softTimeLimit);
    }

    /// How long the task may wait.
    ///
    /// @return the limit, or empty for the pool's
    public Optional<Duration> queueTimeLimit() {
        return Optional.ofNullable(values.queueTimeLimit);
    }

    /// How often the task may be run again.
    ///
    /// @return 0 or more
    public int retries() {
        return values.retries;
    }

    /// Which waiting task goes first.
    ///
    /// @return the priority, higher first
    public int priority() {
        return values.priority;
    }

    /// The task's name for people.
    ///
    /// @return the label, if there is one
    public Optional<String> label() {
        return Optional.ofNullable(values.label);
    }

    /// The caller's id.
    ///
    /// @return the id, if there is one
    public Optional<String> correlationId() {
        return Optional.ofNullable(values.correlationId);
    }

    /// What is called when a worker begins the task.
    ///
    /// @return the consumer, if there is one
    public Optional<Consumer<WorkerInfo>> onAccepted() {
        return Optional.ofNullable(values.onAccepted);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TaskOptions options && values.equals(options.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "TaskOptions" + values;
    }

    private static Duration positive(String name, Duration limit) {
        Objects.requireNonNull(limit, name);
        if (!limit.isPositive()) {
            throw new IllegalArgumentException(
                    name + " is " + limit + ", but must be longer than zero; for no limit leave it out");
        }
        return limit;
    }

    // Method names are those of the components: x() reads, x(value) copies with another value.
    private record Values(
            @Nullable Duration timeLimit,
            @Nullable Duration softTimeLimit,
            @Nullable Duration queueTimeLimit,
            int retries,
            int priority,
            @Nullable String label,
            @Nullable String correlationId,
            @Nullable Consumer<WorkerInfo> onAccepted) {

        Values timeLimit(Duration limit) {
            return new Values(
                    limit, softTimeLimit, queueTimeLimit, retries, priority, label, correlationId, onAccepted);
        }

        Values softTimeLimit(Duration limit) {
            return new Values(timeLimit, limit, queueTimeLimit, retries, priority, label, correlationId, onAccepted);
        }

        Values queueTimeLimit(Duration limit) {
            return new Values(timeLimit, softTimeLimit, limit, retries, priority, label, correlationId, onAccepted);
        }

        Values retries(int count) {
            return new Values(
                    timeLimit, softTimeLimit, queueTimeLimit, count, priority, label, correlationId, onAccepted);
        }

        Values priority(int value) {
            return new Values(
                    timeLimit, softTimeLimit, queueTimeLimit, retries, value, label, correlationId, onAccepted);
        }

        Values label(String text) {
            return new Values(
                    timeLimit, softTimeLimit, queueTimeLimit, retries, priority, text, correlationId, onAccepted);
        }

        Values correlationId(String id) {
            return new Values(timeLimit, softTimeLimit, queueTimeLimit, retries, priority, label, id, onAccepted);
        }

        Values onAccepted(Consumer<WorkerInfo> consumer) {
            return new Values(
                    timeLimit, softTimeLimit, queueTimeLimit, retries, priority, label, correlationId, consumer);
        }

        @Override
        public String toString() {
            var text = new StringBuilder("[retries=" + retries + ", priority=" + priority);
            append(text, "timeLimit", timeLimit);
            append(text, "softTimeLimit", softTimeLimit);
            append(text, "queueTimeLimit", queueTimeLimit);
            append(text, "label", label);
            append(text, "correlationId", correlationId);
            append(text, "onAccepted", onAccepted);
            return text.append(']').toString();
        }

        private static void append(StringBuilder text, String name, @Nullable Object value) {
            if (value != null) {
                text.append(", ").append(name).append('=').append(value);
            }
        }
    }
}
