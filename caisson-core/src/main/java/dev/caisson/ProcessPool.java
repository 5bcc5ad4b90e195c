package dev.caisson;

import java.io.ObjectInputFilter;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A pool of worker JVM processes on this machine: the entry point of the library.
///
/// ```java
/// try (var pool = ProcessPool.create()) {
///     var text = pool.submit(() -> Parser.parse(file), TaskOptions.DEFAULT.withTimeLimit(Duration.ofSeconds(30)));
///     System.out.println(text.get());
/// }
/// ```
///
/// Workers are started in the background, replaced when they die, and gone when this process is, however it ends.
/// Created inside a worker, a pool starts its workers at the first submit. Thread-safe.
public interface ProcessPool extends TaskPool {

    /// Creates a pool with as many workers as there are CPUs this process may use.
    ///
    /// @return a running pool
    static ProcessPool create() {
        return builder().build();
    }

    /// Creates a pool.
    ///
    /// @param workers how many, at least 1
    /// @return a running pool
    /// @throws IllegalArgumentException if the number is below 1
    static ProcessPool create(int workers) {
        return builder().workers(workers).build();
    }

    /// Begins the description of a pool.
    ///
    /// @return a builder with the defaults
    /// @throws IllegalStateException if the library's jar is incomplete
    static Builder builder() {
        return ServiceLoader.load(Builder.class, ProcessPool.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No provider of " + Builder.class.getName()
                        + " beside " + ProcessPool.class.getName() + ": caisson-core is incomplete, often because a"
                        + " shaded jar lost META-INF/services. Merge the service files when shading."));
    }

    /// The pool with the defaults that is shared by all who ask for it in this JVM.
    ///
    /// @return a running pool
    /// @see #shared(UnaryOperator)
    static ProcessPool shared() {
        return shared(UnaryOperator.identity());
    }

    /// The pool that is shared by all who ask for these settings in this JVM: the first call opens it, later ones get
    /// the same, until it is closed or broken; then the next call opens a new one. Nobody needs to close it: its
    /// workers leave after a minute without tasks, unless the settings say otherwise, and with this JVM. Whoever does
    /// close it, closes it for all.
    ///
    /// Each distinct set of settings has a pool of its own. They are compared by `equals`, and a lambda is equal to
    /// nothing but itself: keep initializers, listeners, codecs and output consumers in constants, or use records.
    ///
    /// @param changes of the defaults; called once, on the caller's thread
    /// @return a running pool
    /// @throws IllegalArgumentException if settings are wrong or contradict each other
    static ProcessPool shared(UnaryOperator<Builder> changes) {
        return changes.apply(builder()).buildShared();
    }

    /// Runs one task in a process of its own, which is gone afterwards however the task ended, also if nobody looks at
    /// the future. Doesn't wait.
    ///
    /// @param task what to run
    /// @param options what it asks for
    /// @param <T> type of the result
    /// @return its future
    static <T extends @Nullable Object> TaskFuture<T> once(Task<T> task, TaskOptions options) {
        return once(task, options, builder());
    }

    /// Runs one task in a process of its own, as [#once(Task, TaskOptions)] does.
    ///
    /// @param task what to run
    /// @param pool describes the process; the number of workers is always 1
    /// @param <T> type of the result
    /// @return its future
    /// @throws IllegalArgumentException if settings are wrong or contradict each other
    static <T extends @Nullable Object> TaskFuture<T> once(Task<T> task, UnaryOperator<Builder> pool) {
        return once(task, TaskOptions.DEFAULT, pool.apply(builder()));
    }

    private static <T extends @Nullable Object> TaskFuture<T> once(
            Task<T> task, TaskOptions options, Builder description) {
        var pool = description.workers(1).build();
        try {
            return pool.submit(task, options);
        } finally {
            pool.shutdown();
        }
    }

    /// Changes how many workers there are. Doesn't block; a surplus worker leaves after its task.
    ///
    /// @param workers how many, from 1 to 10,000
    /// @throws IllegalArgumentException if it is another number
    void resize(int workers);

    /// Adds workers. Doesn't block.
    ///
    /// @param by how many, at least 1
    /// @throws IllegalArgumentException if the number is below 1, or there would be more than 10,000
    void grow(int by);

    /// Takes workers away; never interrupts a running task. Doesn't block.
    ///
    /// @param by how many, at least 1; at least one worker must be left
    /// @throws IllegalArgumentException if the number is below 1 or no worker would be left
    void shrink(int by);

    /// Replaces all workers, each after its running task. Doesn't block.
    void restartWorkers();

    /// Kills one worker; the task it runs fails with [WorkerExitedException] or is retried. Doesn't block.
    ///
    /// @param pid its process id
    /// @return false if no worker of this pool has that process id
    boolean terminateWorker(long pid);

    /// The description of a pool. Each setter returns this builder; not thread-safe.
    ///
    /// Setters only take the values; [#build()] checks them all at once. A builder can be built from more than once.
    /// Memory sizes are written as [ByteSize#parse(String)] reads them.
    interface Builder extends JvmSettings<Builder> {

        /// Sets how many workers there are at most. Default: the CPUs this process may use.
        ///
        /// @param count from 1 to 10,000
        /// @return this
        Builder workers(int count);

        /// Sets how many workers stay when there is nothing to do. Default: all, unless [#idleTimeout(Duration)] is
        /// set; then none.
        ///
        /// @param count from 0 to the number of workers
        /// @return this
        Builder minWorkers(int count);

        /// Sets how many more workers are kept started and ready, to take the place of one that leaves or dies at once.
        /// More than none means [StartMethod#PRESPAWN]. Default: none, or 1 with that method.
        ///
        /// @param count zero or more, besides [#workers(int)]; they run no tasks while they are spare
        /// @return this
        Builder spares(int count);

        /// Sets how the pool comes by its workers. Default: [StartMethod#SPAWN].
        ///
        /// @param method the method
        /// @return this
        Builder startMethod(StartMethod method);

        /// Names the pool in threads, logs and views. Default: `pool-` and a number.
        ///
        /// @param name for people to read
        /// @return this
        Builder name(String name);

        /// Limits how long a task may run, then its worker is killed. Default: no limit.
        ///
        /// @param limit longer than zero
        /// @return this
        /// @see TaskOptions#withTimeLimit(Duration)
        Builder timeLimit(Duration limit);

        /// Sets when a running task is interrupted. Default: no limit.
        ///
        /// @param limit longer than zero, shorter than the time limit
        /// @return this
        /// @see TaskOptions#withSoftTimeLimit(Duration)
        Builder softTimeLimit(Duration limit);

        /// Limits how long a task may wait before it begins. Default: no limit.
        ///
        /// @param limit longer than zero
        /// @return this
        Builder queueTimeLimit(Duration limit);

        /// Limits how long a worker may take to become ready, the initializer included. Default: 60 s.
        ///
        /// @param limit longer than zero
        /// @return this
        Builder startTimeLimit(Duration limit);

        /// Sets how long a cancelled task may go on after its interrupt, before its worker is killed. Default: 1 s.
        ///
        /// @param grace zero or more
        /// @return this
        Builder killGrace(Duration grace);

        /// Sets how much longer than its time limits the first task of a worker may run, once such tasks time out.
        /// Default: four times its time limit, but no more than 10 s.
        ///
        /// The first task of a worker loads the classes that it needs. Where that takes longer than the time limit, on
        /// a busy machine say, each worker would be killed in its first task, and its successor too. So the pool's
        /// limits are exact until a worker's first task has timed out. From then on first tasks get this allowance if
        /// they run into their limits; while it helps none, they get it less and less often. Total limits have none.
        ///
        /// It is better to have workers begin warm: by an [#initializer(Action)] that does what a first task would.
        ///
        /// @param allowance zero for none, or longer
        /// @return this
        Builder firstTaskAllowance(Duration allowance);

        /// Replaces a worker after so many tasks, against leaks. Default: never.
        ///
        /// @param count at least 1
        /// @return this
        Builder maxTasksPerWorker(int count);

        /// Replaces a worker when it is older than this and has no task. Default: never.
        ///
        /// @param age longer than zero
        /// @return this
        Builder maxWorkerAge(Duration age);

        /// Replaces a worker when its resident memory (RSS) is more than this after a task: what it needs now, not at
        /// its peak. Linux only. Default: never.
        ///
        /// @param size such as `"512m"`; more than [#maxHeap(String)], since a JVM needs memory besides its heap
        /// @return this
        Builder maxWorkerMemory(String size);

        /// Kills a worker when its resident memory (RSS) is more than this while it runs a task; the task fails with
        /// [WorkerOutOfMemoryException]. Measured ten times a second. Linux only. Default: no limit.
        ///
        /// @param size such as `"2g"`; more than [#maxHeap(String)]
        /// @return this
        Builder memoryLimit(String size);

        /// Surrounds each task in its worker: for the log context, say. A second call replaces the first. Default:
        /// nothing.
        ///
        /// @param around travels to the workers, as tasks do; pools that are built refuse what can't
        /// @return this
        Builder aroundTask(AroundTask around);

        /// Lets a worker leave when it had nothing to do for so long, down to [#minWorkers(int)]. Default: never.
        ///
        /// @param timeout longer than zero
        /// @return this
        Builder idleTimeout(Duration timeout);

        /// Sets when the pool gives up and is broken: when more workers die within the window than this.
        ///
        /// Only deaths without a task to blame count: at start, in the initializer, while idle. While no worker is
        /// ready at all, older ones count too, so that starts that hang are given up as well. Default: 5 in 30 s.
        ///
        /// @param deaths how many are borne, from 0
        /// @param window longer than zero
        /// @return this
        Builder restartLimit(int deaths, Duration window);

        /// Sets what each worker does before it takes tasks. If it fails, so does the start of the worker.
        ///
        /// @param action runs once in each worker, within the start time limit
        /// @return this
        Builder initializer(Action action);

        /// As [#initializer(Action)], with a limit for the action alone, without the start of the JVM.
        ///
        /// @param action runs once in each worker
        /// @param limit longer than zero; a worker whose initializer takes longer is killed, and its start has failed
        /// @return this
        Builder initializer(Action action, Duration limit);

        /// Sets what each worker does before it leaves, with a limit of 10 s.
        ///
        /// @param action runs in each worker that leaves in order
        /// @return this
        /// @see #finalizer(Action, Duration)
        Builder finalizer(Action action);

        /// Sets what each worker does before it leaves: when it is replaced, not needed any more, or the pool closes;
        /// not when it is killed or dies. The pool's close waits for it. If it fails, that is logged.
        ///
        /// @param action runs after the last task of the worker, on the same thread
        /// @param limit longer than zero; a worker whose finalizer takes longer is killed
        /// @return this
        Builder finalizer(Action action, Duration limit);

        /// Bounds the queue; submitting blocks while it is full. Default: unbounded.
        ///
        /// @param tasks at least 1
        /// @return this
        Builder queueCapacity(int tasks);

        /// Sets how long a worker may not answer before it is taken for stuck and killed. Default: 60 s.
        ///
        /// @param limit longer than zero
        /// @return this
        Builder silenceLimit(Duration limit);

        /// Limits the encoded size of a result. Default: a quarter of this JVM's largest heap.
        ///
        /// @param size such as `"64m"`
        /// @return this
        Builder maxResult(String size);

        /// Sets where stages of futures, listeners and output consumers run. Default: virtual threads.
        ///
        /// It should have threads of its own: one that runs actions in the calling thread, such as `Runnable::run`,
        /// lets your code hold up the pool's threads.
        ///
        /// @param executor must not reject; the pool does not close it
        /// @return this
        Builder callbackExecutor(Executor executor);

        /// Replaces the encoding of tasks and results.
        ///
        /// @param codec thread-safe; is sent to workers
        /// @return this
        Builder codec(TaskCodec codec);

        /// Replaces the encoding in each direction by one of its own, such as [TaskCodec#standard()] for tasks, which
        /// are lambdas mostly, and a faster one for results.
        ///
        /// @param tasks for tasks, functions and items; is sent to workers
        /// @param results for results and errors; the same
        /// @return this
        Builder codec(TaskCodec tasks, TaskCodec results);

        /// Has objects of a type written by a codec of their own, wherever they are in tasks and results: captured by a
        /// lambda, in a field, in a list. So types that are not serializable can travel. Repeated calls add types; of
        /// several that fit an object the most special one counts.
        ///
        /// It is the pool's own encoding that heeds this: not to be used together with another one in both directions.
        ///
        /// @param type class or interface
        /// @param codec is given objects of this type only, and must return such; is sent to workers
        /// @param <T> the type
        /// @return this
        <T> Builder codec(Class<T> type, TaskCodec codec);

        /// Sets who takes what workers print. Default: [WorkerOutput#inherit()].
        ///
        /// @param output the consumer
        /// @return this
        Builder output(WorkerOutput output);

        /// Adds a listener. Repeated calls add.
        ///
        /// @param listener is told what happens in the pool
        /// @return this
        Builder listener(PoolListener listener);

        /// Names the only types that results, and what tasks throw, may be made of, besides values of the JDK: strings,
        /// numbers, dates, enums, collections and arrays of such, and the exceptions of `java.base`. Repeated calls
        /// add. Default: none is named, and all pass but those that are known from attacks.
        ///
        /// With such a list nothing that a worker sends is made into an object of another class here, also if it ran
        /// hostile code: what isn't listed is refused before its class is initialized, with
        /// [ResultSerializationException]; an error of another type comes as [RemoteTaskException]. The listed classes
        /// must be harmless whatever their fields hold: records with checks in their constructors are. Merged with
        /// [#resultFilter(ObjectInputFilter)], which is asked first, and with this JVM's own filter
        /// (`jdk.serialFilter`), which always counts.
        ///
        /// @param types records, classes or enums; what they extend is added
        /// @return this
        Builder resultTypes(Class<?>... types);

        /// Decides on the classes of results and of what tasks throw, on top of the library's own limits. Default:
        /// none.
        ///
        /// What it rejects is refused; what it allows passes, also what is refused by default; what it leaves undecided
        /// is left to [#resultTypes(Class...)] or, without these, passes unless it is known from attacks. So a filter
        /// that only rejects is no protection from workers that ran hostile code: one that ends in `!*`, or
        /// [#resultTypes(Class...)], is. A codec of your own for results is not asked.
        ///
        /// @param filter is asked for each class, as in [java.io.ObjectInputStream]
        /// @return this
        Builder resultFilter(ObjectInputFilter filter);

        /// Checks the description, creates the pool and starts workers in the background. Doesn't wait for them.
        ///
        /// @return a running pool
        /// @throws IllegalArgumentException if settings are wrong or contradict each other; the message lists all
        ProcessPool build();

        /// Checks the description, and gives the pool that all share who ask for the same settings.
        ///
        /// @return a running pool
        /// @throws IllegalArgumentException if settings are wrong or contradict each other; the message lists all
        /// @see ProcessPool#shared(UnaryOperator)
        ProcessPool buildShared();
    }
}
