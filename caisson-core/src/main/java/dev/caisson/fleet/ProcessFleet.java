package dev.caisson.fleet;

import dev.caisson.Sandbox;
import dev.caisson.codec.JdkCodec;
import dev.caisson.codec.TaskEncoding;
import dev.caisson.process.CompilerOptions;
import dev.caisson.process.JvmCommand;
import dev.caisson.process.PoolFolder;
import dev.caisson.process.SandboxLauncher;
import dev.caisson.process.WorkerFolder;
import dev.caisson.process.WorkerShare;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.WorkerHook;
import dev.caisson.protocol.WorkerSettings;
import dev.caisson.settings.Durations;
import dev.caisson.settings.PoolSettings;
import dev.caisson.spi.LaunchCommand;
import dev.caisson.spi.WorkerLauncher;
import dev.caisson.transport.ChannelListener;
import dev.caisson.transport.PoolEndpoint;
import dev.caisson.transport.WorkerChannel;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Workers that are JVMs of their own. Its folder and its socket are made when the first one is started. Thread-safe.
public final class ProcessFleet implements Fleet {

    private static final System.Logger LOG = System.getLogger(ProcessFleet.class.getName());
    private static final String WORKER_MAIN = "dev.caisson.worker.WorkerMain";

    /// Set in every worker.
    private static final String INSIDE = "caisson.worker";

    private final PoolSettings settings;
    private final MemoryGuard memory;
    private final Encoded codec;
    private final WorkerHook initializer;
    private final WorkerHook finalizer;

    /// Guarded by this, like the next two.
    private @Nullable PoolFolder folder;

    private @Nullable PoolEndpoint endpoint;
    private boolean closed;

    /// Sockets whose folders somebody else has damaged, as long as workers hang on them. Guarded by this.
    private final Set<PoolEndpoint> retired = new HashSet<>();

    /// Encodes what every worker gets, so that a mistake in it is found when the pool is built.
    ///
    /// @throws dev.caisson.TaskSerializationException if the initializer, the finalizer or the codec can't be sent
    public ProcessFleet(PoolSettings settings) {
        this.settings = settings;
        this.memory = new MemoryGuard(settings);
        OverCommit.warn(settings);
        this.codec = settings.codec() instanceof JdkCodec standard && standard.isPlain()
                ? Encoded.EMPTY
                : TaskEncoding.encode(settings.codec(), new JdkCodec(), "codec");
        var hooks = settings.hooks();
        this.initializer = hook(Prelude.encoded(hooks), hooks.initializerLimit());
        this.finalizer = hook(
                hooks.finalizer().map(action -> TaskEncoding.encode(action, new JdkCodec(), "finalizer")),
                Optional.of(hooks.finalizerLimit()));
    }

    private static WorkerHook hook(Optional<Encoded> hook, Optional<Duration> limit) {
        return hook.map(code -> new WorkerHook(code, limit.map(Durations::nanos).orElse(0L)))
                .orElse(WorkerHook.NONE);
    }

    /// Whether this JVM is a worker of another pool.
    public static boolean isInsideWorker() {
        return Boolean.getBoolean(INSIDE);
    }

    @Override
    public WorkerHandle worker(int slot, int generation, WorkerEvents events) {
        return new ProcessWorker(slot, generation, this, events);
    }

    @Override
    public synchronized void close() {
        closed = true;
        memory.close();
        if (endpoint != null) {
            endpoint.close();
        }
        if (folder != null) {
            folder.close();
        }
        List.copyOf(retired).forEach(PoolEndpoint::close);
    }

    PoolSettings settings() {
        return settings;
    }

    MemoryGuard memory() {
        return memory;
    }

    /// The way to a worker that is to be started.
    ///
    /// @param pool where its pool's folder is
    /// @param files where its own are
    /// @param startedAt now, as precisely as the worker is told
    record Expected(PoolFolder pool, WorkerFolder files, WorkerChannel channel, Instant startedAt) {}

    /// Prepares for one worker.
    synchronized Expected expect(int slot, int generation, ChannelListener listener) throws IOException {
        if (closed) {
            throw new IOException("Pool " + settings.name() + " has ended");
        }
        retireDamaged();
        if (folder == null) {
            folder = PoolFolder.create();
        }
        if (endpoint == null) {
            endpoint = PoolEndpoint.open(folder.path(), settings.name());
        }
        var files = folder.worker(slot, generation);
        var startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try {
            var settled = workerSettings(slot, generation, startedAt);
            return new Expected(folder, files, endpoint.expect(files.path(), settled, listener), startedAt);
        } catch (IOException | RuntimeException failure) {
            files.delete();
            throw failure;
        }
    }

    /// What somebody else deleted can't be restored for workers that know it by its path; so new ones get another
    /// folder. The old one is kept for as long as it has workers.
    private void retireDamaged() {
        var oldEndpoint = endpoint;
        var oldFolder = folder;
        if (oldEndpoint == null || oldFolder == null || (oldEndpoint.isThere() && oldFolder.isThere())) {
            return;
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "Somebody else deleted the folder of pool {0}, {1}, or its socket. Workers that run go on, new ones"
                        + " meet in another folder. Have sweeps of temporary files spare caisson-*.",
                settings.name(),
                oldFolder.path());
        endpoint = null;
        folder = null;
        retired.add(oldEndpoint);
        oldEndpoint.closeAfterLast(() -> forget(oldEndpoint, oldFolder));
    }

    private synchronized void forget(PoolEndpoint old, PoolFolder oldFolder) {
        retired.remove(old);
        oldFolder.close();
    }

    private WorkerSettings workerSettings(int slot, int generation, Instant startedAt) {
        return new WorkerSettings(
                settings.name(),
                slot,
                generation,
                startedAt.toEpochMilli(),
                Durations.nanos(settings.limits().killGrace()),
                settings.jvm().endsOnSignal(),
                settings.maxResult().bytes(),
                codec,
                initializer,
                finalizer);
    }

    LaunchCommand launch(Expected worker) throws IOException {
        var jvm = settings.jvm();
        return jvm.inheritsEnvironment()
                ? command(worker).launch(environment(), jvm.workingDirectory())
                : command(worker).launchOnlyWith(environment(), jvm.workingDirectory());
    }

    /// What starts a worker.
    WorkerLauncher launcher() {
        var launcher = settings.jvm().launcher();
        return settings.jvm().sandbox().level() == Sandbox.Level.NONE
                ? launcher
                : new SandboxLauncher(launcher, "caisson-" + settings.name() + "-sandbox");
    }

    /// What workers get besides this process's own variables, or instead of them.
    private Map<String, String> environment() {
        var environment = new HashMap<>(settings.jvm().environment());
        environment.put(Nesting.DEPTH, Nesting.here().childDepth());
        return environment;
    }

    private JvmCommand command(Expected worker) {
        var jvm = settings.jvm();
        var options =
                new ArrayList<>(List.of("-D" + INSIDE + "=true", Nesting.here().limitOption()));
        var all = new HashMap<>(jvm.inheritsEnvironment() ? System.getenv() : Map.of());
        all.putAll(environment());
        options.addAll(CompilerOptions.of(jvm.compilation(), all));
        if (jvm.launchPrefix().isEmpty()) { // behind one, the JVM's own count of its CPUs is the better one
            options.addAll(WorkerShare.options(
                    settings.sizes().workers(), Runtime.getRuntime().availableProcessors(), all));
        }
        options.addAll(jvm.options());
        return new JvmCommand(
                jvm.home(),
                jvm.launchPrefix(),
                jvm.sandbox(),
                options,
                jvm.inheritsProperties(),
                jvm.maxHeap(),
                jvm.classPath(),
                worker.files(),
                WORKER_MAIN,
                List.of(worker.channel().introduction().toString()));
    }
}
