package dev.caisson;

import java.time.Duration;
import java.util.Optional;

/// Answers for a worker that runs its initializer or its finalizer, and no task.
record WorkerHost(WorkerInfo worker) implements TaskContext.Host {

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public Duration remaining() {
        return TaskOptions.UNLIMITED;
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public long taskId() {
        return 0;
    }

    @Override
    public Optional<String> label() {
        return Optional.empty();
    }

    @Override
    public Optional<String> correlationId() {
        return Optional.empty();
    }

    @Override
    public void progress(double fraction, String note) {
        // Nobody waits for it.
    }
}
