package dev.caisson.settings;

import dev.caisson.Action;
import dev.caisson.AroundTask;
import dev.caisson.ByteSize;
import dev.caisson.Compilation;
import dev.caisson.PoolListener;
import dev.caisson.Sandbox;
import dev.caisson.StartMethod;
import dev.caisson.TaskCodec;
import dev.caisson.WorkerOutput;
import dev.caisson.spi.WorkerLauncher;
import java.io.ObjectInputFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Everything that makes a pool what it is, validated. See [dev.caisson.ProcessPool.Builder] for the meaning of each.
public record PoolSettings(
        String name,
        StartMethod startMethod,
        Sizes sizes,
        Limits limits,
        Jvm jvm,
        Hooks hooks,
        TaskCodec codec,
        Optional<ObjectInputFilter> resultFilter,
        ByteSize maxResult) {

    /// How many, for how long.
    ///
    /// @param spares more of them, kept ready
    /// @param queueCapacity tasks that may wait, 0 for no bound
    /// @param maxTasksPerWorker 0 for no bound
    /// @param maxWorkerMemory resident memory after a task
    /// @param memoryLimit resident memory during a task
    public record Sizes(
            int workers,
            int minWorkers,
            int spares,
            int queueCapacity,
            int maxTasksPerWorker,
            Optional<Duration> maxWorkerAge,
            Optional<Duration> idleTimeout,
            Optional<ByteSize> maxWorkerMemory,
            Optional<ByteSize> memoryLimit) {

        /// More would be a mistake on any machine: each is a process with some forty threads.
        public static final int MOST_WORKERS = 10_000;
    }

    /// Time limits and the restart limit.
    ///
    /// @param firstTaskAllowance zero for none, empty for the usual one
    public record Limits(
            Optional<Duration> time,
            Optional<Duration> softTime,
            Optional<Duration> queueTime,
            Duration start,
            Duration killGrace,
            Duration silence,
            Optional<Duration> firstTaskAllowance,
            int restartDeaths,
            Duration restartWindow) {}

    /// How worker JVMs are started.
    ///
    /// @param inheritsProperties whether workers get the system properties and assertions of this JVM's command line
    /// @param classPath empty for this JVM's own
    /// @param environment variables for workers
    /// @param inheritsEnvironment whether these are added to this process's own
    /// @param endsOnSignal whether SIGINT, SIGTERM and SIGHUP end a worker; else it ignores them
    public record Jvm(
            Path home,
            List<String> launchPrefix,
            Sandbox sandbox,
            WorkerLauncher launcher,
            Compilation compilation,
            List<String> options,
            boolean inheritsProperties,
            Optional<ByteSize> maxHeap,
            List<Path> classPath,
            Map<String, String> environment,
            boolean inheritsEnvironment,
            Optional<Path> workingDirectory,
            boolean endsOnSignal) {}

    /// Code of the user that the pool calls.
    public record Hooks(
            Optional<Action> initializer,
            Optional<Duration> initializerLimit,
            Optional<Action> finalizer,
            Duration finalizerLimit,
            Optional<AroundTask> around,
            WorkerOutput output,
            List<PoolListener> listeners,
            Executor callbacks) {}

    public PoolSettings withName(String other) {
        return new PoolSettings(other, startMethod, sizes, limits, jvm, hooks, codec, resultFilter, maxResult);
    }
}
