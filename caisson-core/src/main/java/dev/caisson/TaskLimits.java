package dev.caisson;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A task's own time limits: see [TaskOptions]. Null for one that is not set.
///
/// A method named like a component, with a parameter, gives a copy with another value.
record TaskLimits(
        @Nullable Duration run,
        @Nullable Duration soft,
        @Nullable Duration queue) {

    static final TaskLimits NONE = new TaskLimits(null, null, null);

    TaskLimits run(Duration value) {
        return new TaskLimits(value, soft, queue);
    }

    TaskLimits soft(Duration value) {
        return new TaskLimits(run, value, queue);
    }

    TaskLimits queue(Duration value) {
        return new TaskLimits(run, soft, value);
    }
}
