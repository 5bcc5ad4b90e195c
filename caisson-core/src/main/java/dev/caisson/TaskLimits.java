package dev.caisson;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A task's own time limits: see [TaskOptions]. Null for one that is not set.
///
/// A method named like a component, with a parameter, gives a copy with another value.
record TaskLimits(
        @Nullable Duration run,
        @Nullable Duration soft,
        @Nullable Duration queue,
        @Nullable Duration total) {

    static final TaskLimits NONE = new TaskLimits(null, null, null, null);

    TaskLimits run(Duration value) {
        return new TaskLimits(value, soft, queue, total);
    }

    TaskLimits soft(Duration value) {
        return new TaskLimits(run, value, queue, total);
    }

    TaskLimits queue(Duration value) {
        return new TaskLimits(run, soft, value, total);
    }

    TaskLimits total(Duration value) {
        return new TaskLimits(run, soft, queue, value);
    }
}
