package dev.caisson.runtime;

import dev.caisson.Action;
import dev.caisson.ByteSize;
import dev.caisson.PoolListener;
import dev.caisson.ProcessPool;
import dev.caisson.TaskCodec;
import dev.caisson.WorkerOutput;
import dev.caisson.codec.JdkCodec;
import dev.caisson.process.UsableProcessors;
import java.io.ObjectInputFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Collects a pool's settings; [#build] checks them all at once. Not thread-safe.
public final class PoolBuilder implements ProcessPool.Builder {

    private static final AtomicInteger POOLS = new AtomicInteger();
    private static final Duration KILL_GRACE = Duration.ofSeconds(1);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(60);
    private static final int RESTART_DEATHS = 5;
    private static final Duration RESTART_WINDOW = Duration.ofSeconds(30);

    private final List<String> jvmOptions = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<Path> classPath = new ArrayList<>();
    private final List<PoolListener> listeners = new ArrayList<>();
    private @Nullable String name;
    private @Nullable Integer workers;
    private @Nullable Integer minWorkers;
    private @Nullable Integer queueCapacity;
    private @Nullable Integer maxTasksPerWorker;
    private @Nullable Duration maxWorkerAge;
    private @Nullable Duration idleTimeout;
    private @Nullable Duration timeLimit;
    private @Nullable Duration softTimeLimit;
    private @Nullable Duration queueTimeLimit;
    private Duration startTimeLimit = START_LIMIT;
    private Duration killGrace = KILL_GRACE;
    private Duration silenceLimit = SILENCE_LIMIT;
    private int restartDeaths = RESTART_DEATHS;
    private Duration restartWindow = RESTART_WINDOW;
    private @Nullable String maxHeap;
    private @Nullable String maxResult;
    private @Nullable Path workingDirectory;
    private Path javaHome = Path.of(System.getProperty("java.home"));
    private @Nullable Action initializer;
    private @Nullable Executor callbackExecutor;
    private TaskCodec codec = new JdkCodec();
    private WorkerOutput output = WorkerOutput.inherit();
    private @Nullable ObjectInputFilter resultFilter;

    /// For the service loader: use [ProcessPool#builder()].
    public PoolBuilder() {}

    @Override
    public PoolBuilder workers(int count) {
        workers = count;
        return this;
    }

    @Override
    public PoolBuilder minWorkers(int count) {
        minWorkers = count;
        return this;
    }

    @Override
    public PoolBuilder name(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return this;
    }

    @Override
    public PoolBuilder timeLimit(Duration limit) {
        timeLimit = Objects.requireNonNull(limit, "limit");
        return this;
    }

    @Override
    public PoolBuilder softTimeLimit(Duration limit) {
        softTimeLimit = Objects.requireNonNull(limit, "limit");
        return this;
    }

    @Override
    public PoolBuilder queueTimeLimit(Duration limit) {
        queueTimeLimit = Objects.requireNonNull(limit, "limit");
        return this;
    }

    @Override
    public PoolBuilder startTimeLimit(Duration limit) {
        startTimeLimit = Objects.requireNonNull(limit, "limit");
        return this;
    }

    @Override
    public PoolBuilder killGrace(Duration grace) {
        killGrace = Objects.requireNonNull(grace, "grace");
        return this;
    }

    @Override
    public PoolBuilder maxTasksPerWorker(int count) {
        maxTasksPerWorker = count;
        return this;
    }

    @Override
    public PoolBuilder maxWorkerAge(Duration age) {
        maxWorkerAge = Objects.requireNonNull(age, "age");
        return this;
    }

    @Override
    public PoolBuilder idleTimeout(Duration timeout) {
        idleTimeout = Objects.requireNonNull(timeout, "timeout");
        return this;
    }

    @Override
    public PoolBuilder restartLimit(int deaths, Duration window) {
        restartDeaths = deaths;
        restartWindow = Objects.requireNonNull(window, "window");
        return this;
    }

    @Override
    public PoolBuilder maxHeap(String size) {
        maxHeap = Objects.requireNonNull(size, "size");
        return this;
    }

    @Override
    public PoolBuilder jvmOptions(String... options) {
        jvmOptions.addAll(List.of(options));
        return this;
    }

    @Override
    public PoolBuilder environment(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    @Override
    public PoolBuilder workingDirectory(Path directory) {
        workingDirectory = Objects.requireNonNull(directory, "directory");
        return this;
    }

    @Override
    public PoolBuilder javaHome(Path directory) {
        javaHome = Objects.requireNonNull(directory, "directory");
        return this;
    }

    @Override
    public PoolBuilder classPath(Path... entries) {
        classPath.addAll(List.of(entries));
        return this;
    }

    @Override
    public PoolBuilder initializer(Action action) {
        initializer = Objects.requireNonNull(action, "action");
        return this;
    }

    @Override
    public PoolBuilder queueCapacity(int tasks) {
        queueCapacity = tasks;
        return this;
    }

    @Override
    public PoolBuilder silenceLimit(Duration limit) {
        silenceLimit = Objects.requireNonNull(limit, "limit");
        return this;
    }

    @Override
    public PoolBuilder maxResult(String size) {
        maxResult = Objects.requireNonNull(size, "size");
        return this;
    }

    @Override
    public PoolBuilder callbackExecutor(Executor executor) {
        callbackExecutor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    @Override
    public PoolBuilder codec(TaskCodec codec) {
        this.codec = Objects.requireNonNull(codec, "codec");
        return this;
    }

    @Override
    public PoolBuilder output(WorkerOutput output) {
        this.output = Objects.requireNonNull(output, "output");
        return this;
    }

    @Override
    public PoolBuilder listener(PoolListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    @Override
    public PoolBuilder resultFilter(ObjectInputFilter filter) {
        resultFilter = Objects.requireNonNull(filter, "filter");
        return this;
    }

    @Override
    public ProcessPool build() {
        return LocalPool.open(settings());
    }

    /// Checks everything, and names everything that is wrong.
    ///
    /// @throws IllegalArgumentException if anything is
    public PoolSettings settings() {
        var wrong = new Complaints();
        int most = wrong.atLeastOne("workers", workers == null ? UsableProcessors.count() : workers);
        int least = minWorkers != null ? minWorkers : idleTimeout == null ? most : 0;
        wrong.unless(
                least >= 0 && least <= most,
                "minWorkers is " + least + ", but must lie between 0 and workers (" + most + ")");
        var sizes = new PoolSettings.Sizes(
                most,
                least,
                queueCapacity == null ? 0 : wrong.atLeastOne("queueCapacity", queueCapacity),
                maxTasksPerWorker == null ? 0 : wrong.atLeastOne("maxTasksPerWorker", maxTasksPerWorker),
                wrong.positive("maxWorkerAge", maxWorkerAge),
                wrong.positive("idleTimeout", idleTimeout));
        var limits = new PoolSettings.Limits(
                wrong.positive("timeLimit", timeLimit),
                wrong.positive("softTimeLimit", softTimeLimit),
                wrong.positive("queueTimeLimit", queueTimeLimit),
                wrong.positive("startTimeLimit", startTimeLimit).orElse(START_LIMIT),
                killGrace,
                wrong.positive("silenceLimit", silenceLimit).orElse(SILENCE_LIMIT),
                restartDeaths,
                wrong.positive("restartLimit's window", restartWindow).orElse(RESTART_WINDOW));
        wrong.unless(!killGrace.isNegative(), "killGrace is " + killGrace + ", but can't be negative");
        wrong.unless(restartDeaths >= 0, "restartLimit is " + restartDeaths + " deaths, but can't be negative");
        if (timeLimit != null && softTimeLimit != null) {
            wrong.unless(
                    softTimeLimit.compareTo(timeLimit) < 0,
                    "softTimeLimit (" + softTimeLimit + ") must be shorter than timeLimit (" + timeLimit + ")");
        }
        wrong.unless(
                Files.isExecutable(javaHome.resolve("bin").resolve("java"))
                        || Files.isExecutable(javaHome.resolve("bin").resolve("java.exe")),
                "javaHome is " + javaHome + ", which holds no bin/java");
        wrong.unless(
                workingDirectory == null || Files.isDirectory(workingDirectory),
                "workingDirectory is " + workingDirectory + ", which is no directory");
        var heap = wrong.size("maxHeap", maxHeap);
        var result = wrong.size("maxResult", maxResult)
                .orElseGet(() -> new ByteSize(Runtime.getRuntime().maxMemory() / 4));
        wrong.complain();
        return new PoolSettings(
                name != null ? name : "pool-" + POOLS.incrementAndGet(),
                sizes,
                limits,
                new PoolSettings.Jvm(
                        javaHome,
                        List.copyOf(jvmOptions),
                        heap,
                        List.copyOf(classPath),
                        Map.copyOf(environment),
                        Optional.ofNullable(workingDirectory)),
                new PoolSettings.Hooks(
                        Optional.ofNullable(initializer),
                        output,
                        List.copyOf(listeners),
                        callbackExecutor != null ? callbackExecutor : Thread::startVirtualThread),
                codec,
                Optional.ofNullable(resultFilter),
                result);
    }
}
