package dev.caisson.pool;

import dev.caisson.Action;
import dev.caisson.AroundTask;
import dev.caisson.PoolListener;
import dev.caisson.WorkerOutput;
import dev.caisson.process.LightThread;
import dev.caisson.settings.PoolSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What a builder was told about code of the user that the pool calls, unchecked. Not thread-safe.
final class HooksDraft {

    static final Duration FINALIZER_LIMIT = Duration.ofSeconds(10);

    /// One instance, so that settings with the defaults are equal to each other.
    private static final Executor VIRTUAL_THREADS = LightThread::start;

    @Nullable Action initializer;

    @Nullable Duration initializerLimit;

    @Nullable Action finalizer;

    Duration finalizerLimit = FINALIZER_LIMIT;

    @Nullable AroundTask around;

    WorkerOutput output = WorkerOutput.inherit();
    final List<PoolListener> listeners = new ArrayList<>();

    @Nullable Executor callbackExecutor;

    PoolSettings.Hooks checked(Complaints wrong) {
        return new PoolSettings.Hooks(
                Optional.ofNullable(initializer),
                wrong.positive("initializer's limit", initializerLimit),
                Optional.ofNullable(finalizer),
                wrong.positive("finalizer's limit", finalizerLimit).orElse(FINALIZER_LIMIT),
                Optional.ofNullable(around),
                output,
                List.copyOf(listeners),
                callbackExecutor != null ? callbackExecutor : VIRTUAL_THREADS);
    }
}
