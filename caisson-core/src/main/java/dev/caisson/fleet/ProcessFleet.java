package dev.caisson.fleet;

import dev.caisson.codec.JdkCodec;
import dev.caisson.codec.TaskEncoding;
import dev.caisson.process.JvmCommand;
import dev.caisson.process.PoolFolder;
import dev.caisson.process.WorkerShare;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.WorkerHook;
import dev.caisson.protocol.WorkerSettings;
import dev.caisson.settings.Durations;
import dev.caisson.settings.PoolSettings;
import dev.caisson.transport.PoolEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /// Closes folders and sockets that somebody else deleted, but that older workers still hang on. Guarded by this.
    private final List<Runnable> leftBehind = new ArrayList<>();

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
        leftBehind.forEach(Runnable::run);
    }

    PoolSettings settings() {
        return settings;
    }

    MemoryGuard memory() {
        return memory;
    }

    synchronized PoolFolder folder() throws IOException {
        if (closed) {
            throw new IOException("Pool " + settings.name() + " has ended");
        }
        if (folder == null) {
            folder = PoolFolder.create();
        }
        return folder;
    }

    /// Where new workers come to. Made anew if a sweep of temporary files has deleted it.
    synchronized PoolEndpoint endpoint() throws IOException {
        if (endpoint != null && folder != null && !endpoint.isThere()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Somebody else deleted the folder of pool {0}, {1}, or its socket. Workers that run go on, new ones"
                            + " meet in another folder. Have sweeps of temporary files spare caisson-*.",
                    settings.name(),
                    folder.path());
            leftBehind.addAll(List.of(endpoint::close, folder::close));
            endpoint = null;
            folder = null;
        }
        if (endpoint == null) {
            endpoint = PoolEndpoint.open(folder().path(), settings.name());
        }
        return endpoint;
    }

    WorkerSettings workerSettings(int slot, int generation, Instant startedAt) {
        return new WorkerSettings(
                settings.name(),
                slot,
                generation,
                startedAt.toEpochMilli(),
                Durations.nanos(settings.limits().killGrace()),
                settings.maxResult().bytes(),
                codec,
                initializer,
                finalizer);
    }

    /// What workers get besides this process's own variables.
    Map<String, String> environment() {
        var environment = new HashMap<>(settings.jvm().environment());
        environment.put(Nesting.DEPTH, Nesting.here().childDepth());
        return environment;
    }

    JvmCommand command(String introduction) throws IOException {
        var jvm = settings.jvm();
        var options =
                new ArrayList<>(List.of("-D" + INSIDE + "=true", Nesting.here().limitOption()));
        if (jvm.launchPrefix().isEmpty()) { // behind one, the JVM's own count of its CPUs is the better one
            var all = new HashMap<>(System.getenv());
            all.putAll(environment());
            options.addAll(WorkerShare.options(
                    settings.sizes().workers(), Runtime.getRuntime().availableProcessors(), all));
        }
        options.addAll(jvm.options());
        return new JvmCommand(
                jvm.home(),
                jvm.launchPrefix(),
                options,
                jvm.maxHeap(),
                jvm.classPath(),
                folder().path(),
                WORKER_MAIN,
                List.of(introduction));
    }
}
