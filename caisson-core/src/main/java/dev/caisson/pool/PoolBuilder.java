package dev.caisson.pool;

import dev.caisson.Action;
import dev.caisson.AroundTask;
import dev.caisson.ByteSize;
import dev.caisson.Compilation;
import dev.caisson.PoolListener;
import dev.caisson.ProcessPool;
import dev.caisson.Sandbox;
import dev.caisson.StartMethod;
import dev.caisson.TaskCodec;
import dev.caisson.WorkerOutput;
import dev.caisson.codec.CodecPair;
import dev.caisson.codec.JdkCodec;
import dev.caisson.codec.ResultTypes;
import dev.caisson.settings.PoolSettings;
import dev.caisson.spi.WorkerLauncher;
import java.io.ObjectInputFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Collects a pool's settings; [#build] checks them all at once. Not thread-safe.
public final class PoolBuilder implements ProcessPool.Builder {

    private static final AtomicInteger POOLS = new AtomicInteger();
    private static final Duration SHARED_IDLE = Duration.ofMinutes(1);
    private static final TaskCodec JDK_CODEC = new JdkCodec();

    private final SizesDraft sizes = new SizesDraft();
    private final LimitsDraft limits = new LimitsDraft();
    private final JvmDraft jvm = new JvmDraft();
    private final HooksDraft hooks = new HooksDraft();
    private @Nullable String name;
    private @Nullable String maxResult;
    private TaskCodec codec = JDK_CODEC;
    private @Nullable TaskCodec resultCodec;
    private final Map<Class<?>, TaskCodec> typeCodecs = new LinkedHashMap<>();
    private @Nullable ObjectInputFilter resultFilter;
    private @Nullable Set<Class<?>> resultTypes;

    /// For the service loader: use [ProcessPool#builder()].
    public PoolBuilder() {}

    @Override
    public PoolBuilder workers(int count) {
        sizes.workers = count;
        return this;
    }

    @Override
    public PoolBuilder minWorkers(int count) {
        sizes.minWorkers = count;
        return this;
    }

    @Override
    public PoolBuilder spares(int count) {
        sizes.spares = count;
        return this;
    }

    @Override
    public PoolBuilder startMethod(StartMethod method) {
        sizes.startMethod = Objects.requireNonNull(method, "method");
        return this;
    }

    @Override
    public PoolBuilder maxWorkerMemory(String size) {
        sizes.maxWorkerMemory = Objects.requireNonNull(size, "size");
        return this;
    }

    @Override
    public PoolBuilder memoryLimit(String size) {
        sizes.memoryLimit = Objects.requireNonNull(size, "size");
        return this;
    }

    @Override
    public PoolBuilder name(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return this;
    }

    @Override
    public PoolBuilder timeLimit(Duration limit) {
        limits.time = Objects.requireNonNull(limit, "limit");
        return this;
    }

    @Override
    public PoolBuilder softTimeLimit(Duration limit) {
        limits.softTime = Objects.requireNonNull(limit, "limit");
        return this;
    }

    @Override
    public PoolBuilder queueTimeLimit(Duration limit) {
        limits.queueTime = Objects.requireNonNull(limit, "limit");
        return this;
    }

    @Override
    public PoolBuilder startTimeLimit(Duration limit) {
        limits.start = Objects.requireNonNull(limit, "limit");
        return this;
    }

    @Override
    public PoolBuilder killGrace(Duration grace) {
        limits.killGrace = Objects.requireNonNull(grace, "grace");
        return this;
    }

    @Override
    public PoolBuilder firstTaskAllowance(Duration allowance) {
        limits.firstTaskAllowance = Objects.requireNonNull(allowance, "allowance");
        return this;
    }

    @Override
    public PoolBuilder maxTasksPerWorker(int count) {
        sizes.maxTasksPerWorker = count;
        return this;
    }

    @Override
    public PoolBuilder maxWorkerAge(Duration age) {
        sizes.maxWorkerAge = Objects.requireNonNull(age, "age");
        return this;
    }

    @Override
    public PoolBuilder idleTimeout(Duration timeout) {
        sizes.idleTimeout = Objects.requireNonNull(timeout, "timeout");
        return this;
    }

    @Override
    public PoolBuilder restartLimit(int deaths, Duration window) {
        limits.restartDeaths = deaths;
        limits.restartWindow = Objects.requireNonNull(window, "window");
        return this;
    }

    @Override
    public PoolBuilder maxHeap(String size) {
        jvm.maxHeap = Objects.requireNonNull(size, "size");
        return this;
    }

    @Override
    public PoolBuilder jvmOptions(String... options) {
        jvm.options.addAll(List.of(options));
        return this;
    }

    @Override
    public PoolBuilder compilation(Compilation compilation) {
        jvm.compilation = Objects.requireNonNull(compilation, "compilation");
        return this;
    }

    @Override
    public PoolBuilder inheritProperties(boolean inherit) {
        jvm.inheritsProperties = inherit;
        return this;
    }

    @Override
    public PoolBuilder endWorkersOnSignal(boolean end) {
        jvm.endsOnSignal = end;
        return this;
    }

    @Override
    public PoolBuilder environment(Map<String, String> variables) {
        jvm.environment.putAll(variables);
        return this;
    }

    @Override
    public PoolBuilder environmentOnly(Map<String, String> variables) {
        jvm.environment.clear();
        jvm.environment.putAll(variables);
        jvm.inheritsEnvironment = false;
        return this;
    }

    @Override
    public PoolBuilder sandbox(Sandbox sandbox) {
        jvm.sandbox = Objects.requireNonNull(sandbox, "sandbox");
        return this;
    }

    @Override
    public PoolBuilder workingDirectory(Path directory) {
        jvm.workingDirectory = Objects.requireNonNull(directory, "directory");
        return this;
    }

    @Override
    public PoolBuilder javaHome(Path directory) {
        jvm.home = Objects.requireNonNull(directory, "directory");
        return this;
    }

    @Override
    public PoolBuilder classPath(Path... entries) {
        jvm.classPath.addAll(List.of(entries));
        return this;
    }

    @Override
    public PoolBuilder launchPrefix(String... command) {
        jvm.launchPrefix = List.of(command);
        return this;
    }

    @Override
    public PoolBuilder launcher(WorkerLauncher launcher) {
        jvm.launcher = Objects.requireNonNull(launcher, "launcher");
        return this;
    }

    @Override
    public PoolBuilder initializer(Action action) {
        hooks.initializer = Objects.requireNonNull(action, "action");
        hooks.initializerLimit = null;
        return this;
    }

    @Override
    public PoolBuilder initializer(Action action, Duration limit) {
        hooks.initializer = Objects.requireNonNull(action, "action");
        hooks.initializerLimit = Objects.requireNonNull(limit, "limit");
        return this;
    }

    @Override
    public PoolBuilder aroundTask(AroundTask around) {
        hooks.around = Objects.requireNonNull(around, "around");
        return this;
    }

    @Override
    public PoolBuilder finalizer(Action action) {
        return finalizer(action, HooksDraft.FINALIZER_LIMIT);
    }

    @Override
    public PoolBuilder finalizer(Action action, Duration limit) {
        hooks.finalizer = Objects.requireNonNull(action, "action");
        hooks.finalizerLimit = Objects.requireNonNull(limit, "limit");
        return this;
    }

    @Override
    public PoolBuilder queueCapacity(int tasks) {
        sizes.queueCapacity = tasks;
        return this;
    }

    @Override
    public PoolBuilder silenceLimit(Duration limit) {
        limits.silence = Objects.requireNonNull(limit, "limit");
        return this;
    }

    @Override
    public PoolBuilder maxResult(String size) {
        maxResult = Objects.requireNonNull(size, "size");
        return this;
    }

    @Override
    public PoolBuilder callbackExecutor(Executor executor) {
        hooks.callbackExecutor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    @Override
    public PoolBuilder codec(TaskCodec codec) {
        this.codec = Objects.requireNonNull(codec, "codec");
        resultCodec = null;
        return this;
    }

    @Override
    public PoolBuilder codec(TaskCodec tasks, TaskCodec results) {
        codec = Objects.requireNonNull(tasks, "tasks");
        resultCodec = Objects.requireNonNull(results, "results");
        return this;
    }

    @Override
    public <T> PoolBuilder codec(Class<T> type, TaskCodec codec) {
        typeCodecs.put(Objects.requireNonNull(type, "type"), Objects.requireNonNull(codec, "codec"));
        return this;
    }

    @Override
    public PoolBuilder output(WorkerOutput output) {
        hooks.output = Objects.requireNonNull(output, "output");
        return this;
    }

    @Override
    public PoolBuilder listener(PoolListener listener) {
        hooks.listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    @Override
    public PoolBuilder resultTypes(Class<?>... types) {
        if (resultTypes == null) {
            resultTypes = new HashSet<>();
        }
        resultTypes.addAll(List.of(types));
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

    @Override
    public ProcessPool buildShared() {
        return SharedPools.of(settings(name != null ? name : SharedPools.NAME, Optional.of(SHARED_IDLE)));
    }

    /// Checks everything, and names everything that is wrong.
    ///
    /// @throws IllegalArgumentException if anything is
    public PoolSettings settings() {
        return settings(name != null ? name : "pool-" + POOLS.incrementAndGet(), Optional.empty());
    }

    private PoolSettings settings(String poolName, Optional<Duration> idleByDefault) {
        var wrong = new Complaints();
        var checkedSizes = sizes.checked(wrong, idleByDefault);
        var checkedLimits = limits.checked(wrong);
        var checkedJvm = jvm.checked(wrong);
        var checkedHooks = hooks.checked(wrong);
        wrong.unless(
                jvm.sandbox.level() == Sandbox.Level.NONE || sizes.startMethod() != StartMethod.IN_PROCESS,
                "sandbox(Sandbox." + jvm.sandbox.level()
                        + ") can't hold for IN_PROCESS, whose workers are threads of this" + " process");
        checkedHooks
                .initializerLimit()
                .ifPresent(limit -> wrong.unless(
                        limit.compareTo(checkedLimits.start()) < 0,
                        "initializer's limit (" + limit + ") must be shorter than startTimeLimit ("
                                + checkedLimits.start()
                                + "), which covers the start of the JVM as well: raise that, too"));
        var result = wrong.size("maxResult", maxResult)
                .orElseGet(() -> new ByteSize(Runtime.getRuntime().maxMemory() / 4));
        wrong.unless(
                typeCodecs.isEmpty() || CodecPair.usesStandard(codec, resultCodec),
                "codec(" + typeCodecs.keySet() + ", …) has no use: it is heeded by TaskCodec.standard(), which another"
                        + " codec has replaced in both directions");
        wrong.complain();
        return new PoolSettings(
                poolName,
                sizes.startMethod(),
                checkedSizes,
                checkedLimits,
                checkedJvm,
                checkedHooks,
                CodecPair.of(codec, resultCodec, typeCodecs),
                checkedFilter(),
                result);
    }

    private Optional<ObjectInputFilter> checkedFilter() {
        var filter = Optional.ofNullable(resultFilter);
        return resultTypes == null ? filter : Optional.of(new ResultTypes(resultTypes, filter));
    }
}
