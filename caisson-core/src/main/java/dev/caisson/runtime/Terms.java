package dev.caisson.runtime;

import dev.caisson.RetryCause;
import dev.caisson.StartMethod;
import dev.caisson.TaskOptions;
import dev.caisson.engine.EngineSettings;
import dev.caisson.engine.RetryTerms;
import dev.caisson.engine.TaskTerms;
import dev.caisson.settings.Durations;
import dev.caisson.settings.PoolSettings;
import java.time.Duration;
import java.util.Optional;

/// What the engine is told of a pool's settings and of a task's options: numbers.
///
/// @param settings of the pool
record Terms(PoolSettings settings) {

    /// See [TaskOptions#withPriority].
    private static final long AGEING_NANOS = 10_000_000_000L;

    /// See [dev.caisson.ProcessPool.Builder#firstTaskAllowance(Duration)].
    private static final Duration USUAL_ALLOWANCE = Duration.ofSeconds(10);

    private static final int USUAL_ALLOWANCE_TIMES = 4;

    /// @param lazyStart whether no worker is started before the first submit
    EngineSettings ofPool(boolean lazyStart) {
        var sizes = settings.sizes();
        var limits = settings.limits();
        return new EngineSettings(
                sizes.workers(),
                sizes.minWorkers(),
                sizes.spares(),
                sizes.queueCapacity(),
                Durations.nanos(limits.start()),
                Durations.nanos(limits.killGrace()),
                leaveLimitNanos(),
                Durations.nanos(limits.silence()),
                nanos(sizes.idleTimeout()),
                sizes.maxTasksPerWorker(),
                nanos(sizes.maxWorkerAge()),
                AGEING_NANOS,
                limits.restartDeaths(),
                Durations.nanos(limits.restartWindow()),
                firstItemAllowanceNanos(),
                settings.limits().firstTaskAllowance().isPresent() ? 0 : USUAL_ALLOWANCE_TIMES,
                lazyStart);
    }

    /// A thread of this JVM starts with all that is loaded here.
    private long firstItemAllowanceNanos() {
        return settings.startMethod() == StartMethod.IN_PROCESS
                ? 0
                : Durations.nanos(settings.limits().firstTaskAllowance().orElse(USUAL_ALLOWANCE));
    }

    /// A finalizer has its own time; then shutdown hooks have theirs.
    private long leaveLimitNanos() {
        var hooks = settings.hooks();
        long grace = Durations.nanos(settings.limits().killGrace());
        long tidying = hooks.finalizer().isEmpty() ? 0 : Durations.nanos(hooks.finalizerLimit());
        return grace > Long.MAX_VALUE - tidying ? Long.MAX_VALUE : grace + tidying;
    }

    /// The limits of a task: its own, else the pool's.
    ///
    /// @throws IllegalArgumentException if the limits contradict each other
    TaskTerms ofTask(TaskOptions options) {
        var limits = settings.limits();
        long soft = nanos(options.softTimeLimit().or(limits::softTime));
        long hard = nanos(options.timeLimit().or(limits::time));
        if (soft != 0 && hard != 0 && soft >= hard) {
            throw new IllegalArgumentException("The softTimeLimit of " + Durations.text(Duration.ofNanos(soft))
                    + " must be shorter than the timeLimit of " + Durations.text(Duration.ofNanos(hard))
                    + ": the soft one interrupts the task, the hard one kills its worker");
        }
        long queue = nanos(options.queueTimeLimit().or(limits::queueTime));
        return new TaskTerms(
                options.priority(), queue, soft, hard, nanos(options.totalTimeLimit()), ofRetries(options));
    }

    private static RetryTerms ofRetries(TaskOptions options) {
        long first = Durations.nanos(options.retryBackoff());
        return new RetryTerms(
                options.retries(),
                options.retryCauses().contains(RetryCause.CRASH),
                options.retryCauses().contains(RetryCause.TIMEOUT),
                first,
                Math.max(first, Durations.nanos(TaskOptions.LONGEST_BACKOFF)));
    }

    /// Zero for no limit.
    private static long nanos(Optional<Duration> limit) {
        return limit.filter(duration -> !duration.equals(TaskOptions.UNLIMITED))
                .map(Durations::nanos)
                .orElse(0L);
    }
}
