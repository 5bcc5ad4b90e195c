package dev.caisson.testkit;

import dev.caisson.Action;
import dev.caisson.codec.JdkCodec;
import dev.caisson.codec.TaskEncoding;
import dev.caisson.fleet.Fleet;
import dev.caisson.fleet.ItemCode;
import dev.caisson.fleet.WorkerEvents;
import dev.caisson.fleet.WorkerHandle;
import dev.caisson.protocol.Assignment;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.Work;
import dev.caisson.settings.PoolSettings;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Optional;

/// Simulated workers, and what they have in common. Thread-safe.
final class SimulatedFleet implements Fleet {

    /// Above what Linux gives to a process, so that nobody's signal ever finds one.
    private static final long FIRST_PID = 5_000_001;

    private final PoolSettings settings;
    private final FaultPlan plan;
    private final VirtualTime time;
    private final EventTrace trace;
    private final ItemCode code;
    private final Optional<Encoded> initializer;

    /// The number of the first item of each submission. Guarded by this, like the counters.
    private final IdentityHashMap<Work, Long> ordinals = new IdentityHashMap<>();

    private long nextOrdinal = 1;
    private int starts;

    SimulatedFleet(PoolSettings settings, FaultPlan plan, VirtualTime time, EventTrace trace) {
        this.settings = settings;
        this.plan = plan;
        this.time = time;
        this.trace = trace;
        this.code = new ItemCode(
                settings.codec(),
                Objects.requireNonNullElse(
                        Thread.currentThread().getContextClassLoader(), SimulatedFleet.class.getClassLoader()),
                settings.maxResult().bytes(),
                settings.hooks().around().orElse(null));
        this.initializer = settings.hooks()
                .initializer()
                .map(action -> TaskEncoding.encode(action, new JdkCodec(), "initializer"));
    }

    @Override
    public WorkerHandle worker(int slot, int generation, WorkerEvents events) {
        return new SimulatedWorker(slot, generation, this, events);
    }

    @Override
    public void close() {}

    PoolSettings settings() {
        return settings;
    }

    FaultPlan plan() {
        return plan;
    }

    VirtualTime time() {
        return time;
    }

    EventTrace trace() {
        return trace;
    }

    ItemCode code() {
        return code;
    }

    /// Numbers a start, from 0.
    synchronized int nextStart() {
        return starts++;
    }

    static long pid(int start) {
        return FIRST_PID + start;
    }

    /// Numbers the items of a submission when its first task is sent; it keeps them when it is sent again.
    synchronized void number(Work work) {
        ordinals.computeIfAbsent(work, first -> {
            long ordinal = nextOrdinal;
            nextOrdinal += first.count();
            return ordinal;
        });
    }

    synchronized TaskScript script(Assignment assignment, int item) {
        long ordinal = Objects.requireNonNull(ordinals.get(assignment.work()), "number") + item;
        return plan.script(Optional.ofNullable(assignment.label()), ordinal, assignment.attempt());
    }

    /// Runs the pool's initializer as each worker does.
    void initialize() throws Exception {
        if (initializer.isPresent()
                && TaskEncoding.decode(initializer.get(), new JdkCodec(), code.loader()) instanceof Action action) {
            action.perform();
        }
    }
}
