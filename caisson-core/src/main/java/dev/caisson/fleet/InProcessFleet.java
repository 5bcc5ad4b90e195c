package dev.caisson.fleet;

import dev.caisson.Action;
import dev.caisson.TaskContext;
import dev.caisson.WorkerInfo;
import dev.caisson.codec.JdkCodec;
import dev.caisson.codec.TaskEncoding;
import dev.caisson.protocol.Encoded;
import dev.caisson.settings.PoolSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Workers that are threads of this JVM, for debugging and tests. Thread-safe.
public final class InProcessFleet implements Fleet {

    private static final System.Logger LOG = System.getLogger(InProcessFleet.class.getName());

    private final String pool;
    private final ItemCode code;
    private final Optional<Encoded> initializer;
    private final Optional<Encoded> finalizer;

    /// @throws dev.caisson.TaskSerializationException if the initializer or the finalizer could not be sent
    public InProcessFleet(PoolSettings settings) {
        this.pool = settings.name();
        this.code = new ItemCode(
                settings.codec(),
                Objects.requireNonNullElse(
                        Thread.currentThread().getContextClassLoader(), InProcessFleet.class.getClassLoader()),
                settings.maxResult().bytes(),
                settings.hooks().around().orElse(null));
        this.initializer = encoded(settings.hooks().initializer(), "initializer");
        this.finalizer = encoded(settings.hooks().finalizer(), "finalizer");
        warn(settings);
    }

    @Override
    public WorkerHandle worker(int slot, int generation, WorkerEvents events) {
        return new ThreadWorker(slot, generation, this, events);
    }

    @Override
    public void close() {}

    String pool() {
        return pool;
    }

    ItemCode code() {
        return code;
    }

    void initialize(WorkerInfo worker) throws Exception {
        perform(worker, initializer);
    }

    void finish(WorkerInfo worker) throws Exception {
        perform(worker, finalizer);
    }

    private void perform(WorkerInfo worker, Optional<Encoded> hook) throws Exception {
        if (hook.isPresent()
                && TaskEncoding.decode(hook.get(), new JdkCodec(), code.loader()) instanceof Action action) {
            TaskContext.callBetweenTasks(worker, action);
        }
    }

    private static Optional<Encoded> encoded(Optional<Action> hook, String role) {
        return hook.map(action -> TaskEncoding.encode(action, new JdkCodec(), role));
    }

    private static void warn(PoolSettings settings) {
        var idle = withoutEffect(settings);
        if (!idle.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Pool {0} runs its tasks on threads of this JVM (IN_PROCESS), where these settings have no effect:"
                            + " {1}. Where they matter use the start method SPAWN.",
                    settings.name(),
                    String.join(", ", idle));
        }
        if (settings.limits().time().isPresent()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Pool {0} runs its tasks on threads of this JVM (IN_PROCESS). Its timeLimit ends a task for its"
                            + " caller, but a thread can''t be killed: code that ignores interrupts goes on. Where that"
                            + " matters use the start method SPAWN.",
                    settings.name());
        }
    }

    private static List<String> withoutEffect(PoolSettings settings) {
        var idle = new ArrayList<String>();
        var jvm = settings.jvm();
        add(idle, "maxHeap", jvm.maxHeap().isPresent());
        add(idle, "jvmOptions", !jvm.options().isEmpty());
        add(idle, "environment", !jvm.environment().isEmpty());
        add(idle, "workingDirectory", jvm.workingDirectory().isPresent());
        add(idle, "classPath", !jvm.classPath().isEmpty());
        add(idle, "launchPrefix", !jvm.launchPrefix().isEmpty());
        add(idle, "maxWorkerMemory", settings.sizes().maxWorkerMemory().isPresent());
        add(idle, "memoryLimit", settings.sizes().memoryLimit().isPresent());
        return idle;
    }

    private static void add(List<String> names, String name, boolean set) {
        if (set) {
            names.add(name);
        }
    }
}
