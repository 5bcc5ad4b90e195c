package dev.caisson.testkit;

import dev.caisson.ProcessPool;
import dev.caisson.pool.LocalPool;
import dev.caisson.pool.PoolBuilder;
import dev.caisson.runtime.Conductor;
import dev.caisson.settings.Durations;
import dev.caisson.settings.PoolSettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A pool for tests of code that uses pools: all decisions are those of a real one, but there are no processes, faults
/// come when a test wants them, and an hour's time limit strikes at once.
///
/// ```java
/// try (var pool = SimulatedPool.builder()
///         .settings(settings -> settings.workers(2).timeLimit(Duration.ofHours(1)))
///         .task("b.pdf", TaskScript.hangs())
///         .build()) {
///     var report = new Importer(pool).importAll(List.of("a.pdf", "b.pdf"));
///     assertThat(report.timedOut()).containsExactly("b.pdf");
/// }
/// ```
///
/// **Tasks** run in this JVM, one at a time, at the end of the time that their [TaskScript] takes. They are encoded,
/// decoded, and their results too, so what can't be serialized fails as it would in earnest; but they share static
/// fields with the test. A task's code should not block: its thread is the simulation's.
///
/// **Errors** are those of a real pool, with the same types and texts.
///
/// **Time** is virtual. It stands still while a thread that uses the pool does something, and while nobody waits for
/// anything: no limit strikes between two lines of a test. It moves from event to event while such threads wait, in
/// `get()` or `map()`, say. Limits given to waiting calls themselves, as in `get(1, SECONDS)`, are of real time.
///
/// **By hand**: after [Builder#manual()] time moves by [#advance(Duration)] and [#runUntilIdle()] only, and events are
/// performed on the thread that calls these. Then a call that waits for a task waits until another thread does that.
///
/// Thread-safe.
public final class SimulatedPool extends ForwardingPool {

    private static final System.Logger LOG = System.getLogger(SimulatedPool.class.getName());

    private final Participants participants;
    private final VirtualTime time;
    private final EventTrace trace;
    private final Conductor conductor;
    private final LocalPool pool;
    private final SimulationLoop loop;
    private final @Nullable AutoDriver driver;

    /// Why close had to become terminate.
    private volatile @Nullable String standstill;

    /// The last warning, which is not repeated. Touched by the driver only.
    private @Nullable String warned;

    private SimulatedPool(PoolSettings settings, FaultPlan plan, Participants participants, boolean manual) {
        this.participants = participants;
        this.driver = manual ? null : new AutoDriver(settings.name(), this::runAll);
        this.time = new VirtualTime(driver == null ? () -> {} : driver::wake);
        this.trace = new EventTrace(time);
        var fleet = new SimulatedFleet(settings, plan, time, trace);
        this.conductor = new Conductor(settings, false, time, fleet, Runnable::run, time);
        this.loop = new SimulationLoop(time, participants, trace, conductor, this::isWanted);
        this.pool = LocalPool.on(conductor, settings, time, driver == null ? () -> {} : driver::end);
    }

    /// Begins the description of a pool.
    ///
    /// @return a builder with the defaults: two workers, no faults, each task takes 1 ms
    public static Builder builder() {
        return new Builder();
    }

    /// The virtual time since the pool was built.
    ///
    /// @return zero at first
    public Duration elapsed() {
        return time.elapsed();
    }

    /// Performs all that happens within a span of virtual time, on this thread, and moves time to its end. Returns when
    /// callbacks that follow have run too, or wait. Rarely needed unless the pool is [manual][Builder#manual()], but
    /// for what befalls a pool while nobody waits for it, such as the end of idle workers.
    ///
    /// @param span zero or more
    public void advance(Duration span) {
        if (span.isNegative()) {
            throw new IllegalArgumentException("advance(" + span + "): virtual time goes forward only");
        }
        participants.add(Thread.currentThread());
        loop.advance(span);
        participants.awaitQuiet();
    }

    /// Performs what happens until no task is open, no worker is starting or leaving, and a closed pool has ended. Time
    /// moves as far as it takes.
    ///
    /// @throws IllegalStateException if a task never ends: its script says so, and no limit strikes
    public void runUntilIdle() {
        participants.add(Thread.currentThread());
        if (!loop.runUntilIdle()) {
            throw new IllegalStateException(describeStandstill());
        }
        participants.awaitQuiet();
    }

    /// What happened to workers and tasks so far, and when: for messages of failed tests, and to compare two runs. The
    /// same calls by the same single thread give the same lines.
    ///
    /// @return the last ten thousand lines, oldest first
    public List<String> trace() {
        return trace.lines();
    }

    /// Waits for all tasks, in virtual time, then ends the pool.
    ///
    /// @throws IllegalStateException if a task never ends, which would be for ever in a real pool. The pool has ended
    ///     all the same
    @Override
    public void close() {
        close(Long.MAX_VALUE);
    }

    /// Waits for all tasks, at most so long in virtual time, then ends the pool and cancels what is left.
    @Override
    public void close(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("close(" + limit + "): the limit can't be negative");
        }
        close(Durations.nanos(limit));
    }

    private void close(long limitNanos) {
        participants.add(Thread.currentThread());
        if (limitNanos == Long.MAX_VALUE) {
            pool.shutdown();
        } else {
            conductor.close(limitNanos);
        }
        if (driver == null) {
            runAll();
        }
        pool.close();
        participants.awaitQuiet();
        if (standstill != null) {
            throw new IllegalStateException(standstill);
        }
    }

    @Override
    ProcessPool pool() {
        participants.add(Thread.currentThread());
        return pool;
    }

    /// Does all there is to do. If a task keeps a closed pool from its end for ever, the pool is ended by force.
    private void runAll() {
        while (!loop.runUntilIdle()) {
            var why = describeStandstill();
            if (!pool.isShutdown()) {
                warn(why);
                return;
            }
            standstill = why;
            pool.terminate();
        }
    }

    private void warn(String why) {
        if (!why.equals(warned)) {
            warned = why;
            LOG.log(System.Logger.Level.WARNING, why);
        }
    }

    private boolean isWanted() {
        return conductor.openItems() > 0 || (pool.isShutdown() && !pool.isTerminated());
    }

    private String describeStandstill() {
        var snapshot = pool.snapshot();
        var tasks = snapshot.workers().stream()
                .filter(worker -> worker.currentTask().isPresent())
                .map(worker -> "task " + worker.currentTask().getAsLong() + " in worker " + worker.slot())
                .toList();
        return "Simulated pool " + snapshot.name() + " stands still after " + elapsed() + ": " + snapshot.open()
                + " tasks are open, and nothing will ever happen again. Hanging, by their scripts and without a limit: "
                + String.join(", ", tasks) + ". A real pool would wait for ever as well: give the tasks a timeLimit,"
                + " cancel them, or end the pool by close(Duration) or terminate()";
    }

    /// The description of a simulated pool. Each setter returns this builder; not thread-safe.
    public static final class Builder {

        private static final Duration NO_SILENCE_LIMIT = Duration.ofDays(36_500);

        private final Participants participants = new Participants();
        private UnaryOperator<ProcessPool.Builder> settings = UnaryOperator.identity();
        private FaultPlan plan = FaultPlan.NONE;
        private boolean manual;

        private Builder() {}

        /// Sets what a real pool's builder would be told: sizes, limits, initializer, listeners, codec. What concerns
        /// JVMs is checked but changes nothing. Repeated calls add.
        ///
        /// @param changes is given a builder, and returns it
        /// @return this
        public Builder settings(UnaryOperator<ProcessPool.Builder> changes) {
            var before = settings;
            settings = builder -> changes.apply(before.apply(builder));
            return this;
        }

        /// Sets what tasks of a label do; see [dev.caisson.TaskOptions#withLabel(String)].
        ///
        /// @param label that of the tasks
        /// @param script what they do
        /// @return this
        public Builder task(String label, TaskScript script) {
            plan = plan.with(Objects.requireNonNull(label, "label"), Objects.requireNonNull(script, "script"));
            return this;
        }

        /// Sets what one task does. Each item of a batch counts as one, and retries don't count.
        ///
        /// @param number 1 for the first that is sent to a worker, and so on: with equal priorities the order of
        ///     submission
        /// @param script what it does
        /// @return this
        public Builder task(int number, TaskScript script) {
            if (number < 1) {
                throw new IllegalArgumentException("There is no task number " + number + ": the first is 1");
            }
            plan = plan.with(number, Objects.requireNonNull(script, "script"));
            return this;
        }

        /// Sets what all other tasks do. Default: [TaskScript#takes(Duration)] of 1 ms.
        ///
        /// @param script what they do
        /// @return this
        public Builder otherTasks(TaskScript script) {
            plan = plan.withOthers(Objects.requireNonNull(script, "script"));
            return this;
        }

        /// Sets how long each worker takes to start. More than the start time limit: it never gets ready. Default: 50
        /// ms.
        ///
        /// @param time zero or more
        /// @return this
        public Builder startTime(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("A worker can't start in " + time + ": zero or more");
            }
            plan = plan.withStartTime(time);
            return this;
        }

        /// Makes the first starts of workers fail: their processes exit with code 1 before they are ready. Default: 0.
        ///
        /// @param count how many; `Integer.MAX_VALUE` for all
        /// @return this
        public Builder failingStarts(int count) {
            if (count < 0) {
                throw new IllegalArgumentException("failingStarts(" + count + "): zero or more");
            }
            plan = plan.withFailingStarts(count);
            return this;
        }

        /// Lets time move by [SimulatedPool#advance(Duration)] and [SimulatedPool#runUntilIdle()] only.
        ///
        /// @return this
        public Builder manual() {
            manual = true;
            return this;
        }

        /// Creates the pool. Its workers start when time moves.
        ///
        /// @return a running pool
        /// @throws IllegalArgumentException if settings are wrong or contradict each other; the message lists all
        public SimulatedPool build() {
            ProcessPool.Builder real =
                    new PoolBuilder().name("simulated").workers(2).callbackExecutor(participants);
            if (!(settings.apply(real) instanceof PoolBuilder changed)) {
                throw new IllegalArgumentException(
                        "settings(…) must return the builder that it was given, after its changes");
            }
            if (!plan.hasFreezes()) {
                changed.silenceLimit(NO_SILENCE_LIMIT); // nobody is silent, and pings would fill the time
            }
            participants.add(Thread.currentThread());
            var pool = new SimulatedPool(changed.settings(), plan, participants, manual);
            if (pool.driver != null) {
                pool.driver.start();
            }
            return pool;
        }
    }
}
