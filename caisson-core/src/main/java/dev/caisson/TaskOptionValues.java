package dev.caisson;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The values of [TaskOptions]. A method named like a component, with a parameter, gives a copy with another value.
///
/// @param outputLimit how much of the task's output is kept, in characters; null for nothing
record TaskOptionValues(
        TaskLimits limits,
        RetryRules retry,
        int priority,
        @Nullable String label,
        @Nullable String correlationId,
        @Nullable Consumer<WorkerInfo> onAccepted,
        @Nullable Consumer<WorkerInfo> onSoftTimeout,
        @Nullable ByteSize outputLimit) {

    TaskOptionValues limits(TaskLimits value) {
        return new TaskOptionValues(
                value, retry, priority, label, correlationId, onAccepted, onSoftTimeout, outputLimit);
    }

    TaskOptionValues retry(RetryRules value) {
        return new TaskOptionValues(
                limits, value, priority, label, correlationId, onAccepted, onSoftTimeout, outputLimit);
    }

    TaskOptionValues priority(int value) {
        return new TaskOptionValues(limits, retry, value, label, correlationId, onAccepted, onSoftTimeout, outputLimit);
    }

    TaskOptionValues label(String value) {
        return new TaskOptionValues(
                limits, retry, priority, value, correlationId, onAccepted, onSoftTimeout, outputLimit);
    }

    TaskOptionValues correlationId(String value) {
        return new TaskOptionValues(limits, retry, priority, label, value, onAccepted, onSoftTimeout, outputLimit);
    }

    TaskOptionValues onAccepted(Consumer<WorkerInfo> value) {
        return new TaskOptionValues(limits, retry, priority, label, correlationId, value, onSoftTimeout, outputLimit);
    }

    TaskOptionValues onSoftTimeout(Consumer<WorkerInfo> value) {
        return new TaskOptionValues(limits, retry, priority, label, correlationId, onAccepted, value, outputLimit);
    }

    TaskOptionValues outputLimit(ByteSize value) {
        return new TaskOptionValues(limits, retry, priority, label, correlationId, onAccepted, onSoftTimeout, value);
    }

    @Override
    public String toString() {
        var text = new StringBuilder("[retries=" + retry.times() + ", priority=" + priority);
        append(text, "timeLimit", limits.run());
        append(text, "softTimeLimit", limits.soft());
        append(text, "queueTimeLimit", limits.queue());
        append(text, "totalTimeLimit", limits.total());
        append(text, "label", label);
        append(text, "correlationId", correlationId);
        append(text, "output", outputLimit);
        append(text, "onAccepted", onAccepted);
        append(text, "onSoftTimeout", onSoftTimeout);
        append(text, "retry", retry.equals(RetryRules.NONE.times(retry.times())) ? null : retry);
        return text.append(']').toString();
    }

    private static void append(StringBuilder text, String name, @Nullable Object value) {
        if (value != null) {
            text.append(", ").append(name).append('=').append(value);
        }
    }
}
