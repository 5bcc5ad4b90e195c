package dev.caisson.cli;

import dev.caisson.Task;
import org.jspecify.annotations.Nullable;

/// A target and one input for it, as it goes to a worker.
record TargetRun(TargetCall target, String input) implements Task<@Nullable Object> {

    @Override
    public @Nullable Object call() throws TargetFailure {
        return target.apply(input);
    }
}
