package dev.caisson.pool;

import dev.caisson.Action;
import dev.caisson.Batch;
import dev.caisson.BiBatch;
import dev.caisson.PoolSnapshot;
import dev.caisson.ProcessPool;
import dev.caisson.StartMethod;
import dev.caisson.Task;
import dev.caisson.TaskFunction;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import dev.caisson.batch.BatchPlan;
import dev.caisson.batch.BatchShape;
import dev.caisson.batch.BiBatchPlan;
import dev.caisson.batch.PairedInput;
import dev.caisson.batch.PoolGatherer;
import dev.caisson.fleet.InProcessFleet;
import dev.caisson.fleet.ProcessFleet;
import dev.caisson.process.LightThread;
import dev.caisson.runtime.Clock;
import dev.caisson.runtime.Conductor;
import dev.caisson.runtime.PoolTimer;
import dev.caisson.runtime.Submitter;
import dev.caisson.settings.Durations;
import dev.caisson.settings.PoolSettings;
import dev.caisson.settings.PoolSettings.Sizes;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Gatherer;
import org.jspecify.annotations.Nullable;

/// The pool that users hold: turns their calls into submissions. Nothing behind it refers to it. Thread-safe.
public final class LocalPool implements ProcessPool {

    private static final System.Logger LOG = System.getLogger(LocalPool.class.getName());

    private final Conductor conductor;
    private final Submitter submitter;
    private final BulkInvocation bulk;

    /// Completes when nothing of the pool is left.
    private final CompletableFuture<Void> terminated;

    private LocalPool(Conductor conductor, Submitter submitter, CompletableFuture<Void> terminated) {
        this.conductor = conductor;
        this.submitter = submitter;
        this.bulk = new BulkInvocation(submitter);
        this.terminated = terminated;
    }

    /// Opens a pool of worker processes, or of threads in their place. Does not wait for them.
    ///
    /// In a worker of another pool it starts no process before the first submit: reading a lambda there initializes the
    /// class it was written in, and a pool in a static field of that class must not start workers in every worker.
    static LocalPool open(PoolSettings settings) {
        var threads = "caisson-" + settings.name();
        var ticking = new CompletableFuture<Runnable>();
        var timer = new PoolTimer(
                threads + "-timer", Clock.SYSTEM, () -> ticking.join().run());
        var fleet = settings.startMethod() == StartMethod.IN_PROCESS
                ? new InProcessFleet(settings)
                : new ProcessFleet(settings);
        var conductor = new Conductor(
                settings,
                ProcessFleet.isInsideWorker(),
                Clock.SYSTEM,
                fleet,
                action -> startLauncher(threads + "-launcher", action),
                timer);
        ticking.complete(conductor::timeReached);
        timer.start();
        var pool = on(conductor, settings, Clock.SYSTEM, () -> {
            fleet.close();
            timer.end();
        });
        LeakWarning.watch(pool, settings.name(), conductor::isTaking);
        return pool;
    }

    /// Where the system gives no more threads, those that it gave for virtual ones serve.
    private static void startLauncher(String name, Runnable action) {
        try {
            Thread.ofPlatform().daemon().name(name).start(action);
        } catch (OutOfMemoryError noThreads) {
            LightThread.start(action);
        }
    }

    /// Opens a pool on workers and a clock of any kind: a simulation's, say.
    ///
    /// @param conductor not opened yet, made with the same settings and clock
    /// @param cleanUp run when the last worker is gone; again, if it runs out of memory
    public static LocalPool on(Conductor conductor, PoolSettings settings, Clock clock, Runnable cleanUp) {
        var terminated = new CompletableFuture<Void>();
        var submitter = Submitter.of(conductor, settings, clock);
        conductor.open(() -> {
            submitter.batches().poolGone();
            try {
                cleanUp.run();
            } catch (RuntimeException failure) {
                terminated.completeExceptionally(failure);
            }
            terminated.complete(null);
        });
        return new LocalPool(conductor, submitter, terminated);
    }

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task) {
        return submitTask(task, TaskOptions.DEFAULT);
    }

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
        return submitTask(task, options);
    }

    @Override
    public TaskFuture<@Nullable Void> submit(Action action) {
        return submitTask(action, TaskOptions.DEFAULT);
    }

    @Override
    public TaskFuture<@Nullable Void> submit(Action action, TaskOptions options) {
        return submitTask(action, options);
    }

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Callable<T> task) {
        return submitTask(task, TaskOptions.DEFAULT);
    }

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Callable<T> task, TaskOptions options) {
        return submitTask(task, options);
    }

    @Override
    public TaskFuture<?> submit(Runnable task) {
        return submitTask(asAction(task), TaskOptions.DEFAULT);
    }

    @Override
    public TaskFuture<?> submit(Runnable task, TaskOptions options) {
        return submitTask(asAction(task), options);
    }

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Runnable task, T result) {
        return new SubstituteFuture<>(this.<@Nullable Object>submitTask(asAction(task), TaskOptions.DEFAULT), result);
    }

    @Override
    public <T extends @Nullable Object> Optional<TaskFuture<T>> trySubmit(Task<T> task, TaskOptions options) {
        try {
            return trySubmit(task, options, Duration.ZERO);
        } catch (InterruptedException impossible) {
            throw new AssertionError("Nothing was waited for", impossible);
        }
    }

    @Override
    public <T extends @Nullable Object> Optional<TaskFuture<T>> trySubmit(
            Task<T> task, TaskOptions options, Duration wait) throws InterruptedException {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(options, "options");
        return submitter.trySubmit(task, options, Durations.nanos(wait));
    }

    @Override
    public void execute(Action action) {
        this.<@Nullable Object>submitTask(action, TaskOptions.DEFAULT).exceptionally(LocalPool::logged);
    }

    @Override
    public void execute(Runnable task) {
        this.<@Nullable Object>submitTask(asAction(task), TaskOptions.DEFAULT).exceptionally(LocalPool::logged);
    }

    @Override
    public <T extends @Nullable Object> T call(Task<T> task) throws ExecutionException, InterruptedException {
        var future = submitter.<T>submitOrInterrupt(Objects.requireNonNull(task, "task"));
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            future.cancel(true);
            throw interrupted;
        }
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
            TaskFunction<? super A, ? extends R> function, Iterable<? extends A> items)
            throws ExecutionException, InterruptedException {
        return this.<A>batch(upcast(items)).<R>map(function).toList();
    }

    @Override
    public <A extends @Nullable Object> Batch<A> batch(Iterable<A> items) {
        return new BatchPlan<>(submitter, Objects.requireNonNull(items, "items"), BatchShape.DEFAULT);
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object> BiBatch<A, B> batch(
            Iterable<A> first, Iterable<B> second) {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
        return new BiBatchPlan<>(batch(new PairedInput<>(first, second)));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> Gatherer<A, ?, R> mapping(
            TaskFunction<? super A, ? extends R> function) {
        Objects.requireNonNull(function, "function");
        submitter.checkTaking();
        return PoolGatherer.of(submitter, submitter.encode(function, "function"));
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
            throws InterruptedException {
        return bulk.all(tasks, Long.MAX_VALUE);
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        return bulk.all(tasks, unit.toNanos(timeout));
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        try {
            return bulk.any(tasks, Long.MAX_VALUE);
        } catch (TimeoutException impossible) {
            throw new AssertionError("No time limit was given", impossible);
        }
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return bulk.any(tasks, unit.toNanos(timeout));
    }

    @Override
    public void resize(int workers) {
        conductor.resize(before -> checked(workers, "resize(" + workers + ")"));
    }

    @Override
    public void grow(int by) {
        require(by >= 1, "grow(" + by + "): by 1 or more");
        conductor.resize(before -> checked((long) before + by, "grow(" + by + ") from " + before));
    }

    @Override
    public void shrink(int by) {
        require(by >= 1, "shrink(" + by + "): by 1 or more");
        conductor.resize(before -> checked((long) before - by, "shrink(" + by + ") from " + before));
    }

    private static int checked(long workers, String change) {
        require(
                workers >= 1 && workers <= Sizes.MOST_WORKERS,
                change + ": a pool has from 1 to " + Sizes.MOST_WORKERS + " workers");
        return (int) workers;
    }

    @Override
    public void restartWorkers() {
        conductor.restartWorkers();
    }

    @Override
    public boolean terminateWorker(long pid) {
        return conductor.terminateWorker(pid);
    }

    @Override
    public PoolSnapshot snapshot() {
        return conductor.snapshot();
    }

    @Override
    public void shutdown() {
        var ignored = submitter.close(Long.MAX_VALUE);
    }

    @Override
    public List<Runnable> shutdownNow() {
        return conductor.terminateAndTellUnbegun().stream()
                .<Runnable>map(submission -> new NeverBegun(submission, submitter))
                .toList();
    }

    @Override
    public void terminate() {
        conductor.terminate();
    }

    @Override
    public boolean isShutdown() {
        return submitter.batches().isClosed() || !conductor.isTaking();
    }

    @Override
    public boolean isTerminated() {
        return terminated.isDone();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        try {
            var ignored = terminated.get(timeout, unit);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException cleanUpFailed) {
            throw new CompletionException(cleanUpFailed.getCause());
        }
    }

    @Override
    public void close() {
        close(Long.MAX_VALUE);
    }

    @Override
    public void close(Duration limit) {
        require(!limit.isNegative(), "close(" + limit + "): the limit can't be negative");
        close(Durations.nanos(limit));
    }

    /// As [java.util.concurrent.ExecutorService#close()]: an interrupt makes it hurry, but it waits all the same.
    private void close(long limitNanos) {
        boolean reading = submitter.close(limitNanos);
        long wait = reading ? limitNanos : Long.MAX_VALUE; // what has not been read is not the engine's to limit
        boolean interrupted = false;
        while (!isTerminated()) {
            try {
                if (!awaitTermination(wait, TimeUnit.NANOSECONDS)) {
                    wait = Long.MAX_VALUE;
                    conductor.terminate();
                }
            } catch (InterruptedException hurry) {
                if (!interrupted) {
                    conductor.terminate();
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private <T extends @Nullable Object> TaskFuture<T> submitTask(Object task, TaskOptions options) {
        Objects.requireNonNull(task, "task");
        return submitter.submitTask(task, Objects.requireNonNull(options, "options"));
    }

    /// Nobody holds the future of an executed task, so its failure would go unseen.
    private static @Nullable Object logged(Throwable failure) {
        LOG.log(System.Logger.Level.WARNING, "A task given to execute() failed", failure);
        return null;
    }

    @SuppressWarnings("unchecked") // items are only read
    private static <A extends @Nullable Object> Iterable<A> upcast(Iterable<? extends A> items) {
        return (Iterable<A>) Objects.requireNonNull(items, "items");
    }

    private static Object asAction(Runnable task) {
        Objects.requireNonNull(task, "task");
        boolean travels = task instanceof Serializable && !(task instanceof Action);
        return travels ? (Action) task::run : task; // what can't travel is refused as what the caller gave
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
