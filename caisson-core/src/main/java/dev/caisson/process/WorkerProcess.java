package dev.caisson.process;

import dev.caisson.ByteSize;
import dev.caisson.OutputLine.Source;
import dev.caisson.WorkerInfo;
import dev.caisson.WorkerOutput;
import dev.caisson.family.FamilyMark;
import dev.caisson.memory.Insistent;
import dev.caisson.memory.Remark;
import dev.caisson.spi.LaunchCommand;
import dev.caisson.spi.WorkerLauncher;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/// A worker process that was started: its output, its exit, its end by force. Thread-safe.
///
/// Three threads of its own, all of them daemons that are blocked nearly always: one for each output stream, and one
/// that waits for the exit. (`Process.onExit()` would complete on the common pool, where tasks of the program may be in
/// the way for as long as they like.)
///
/// When the process is gone, its family goes too: what it had started, and these in turn, found by a [FamilyMark] in
/// the environment. A program that a task starts to outlive its worker needs an environment without that variable.
public final class WorkerProcess {

    private static final System.Logger LOG = System.getLogger(WorkerProcess.class.getName());
    private static final Duration DRAIN_LIMIT = Duration.ofMillis(100);
    /// Small, but user code runs on it where the callback executor runs what it is given at once.
    private static final long STACK_BYTES = 256 * 1024;

    private static final long UNKNOWN_PID = -1;
    private static final int GENERATIONS = 16;

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;
    private static final int TRIES = 60;
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Process process;
    private final InputStream out;
    private final InputStream err;
    private final long pid;
    private final Instant startedAt = Instant.now();
    private final PoolFolder folder;
    private final FamilyMark family;
    private final OutputTail tail = new OutputTail();
    private final OutputQueue queue;
    private final PrintingTasks tasks;
    private final LongFunction<WorkerInfo> info;
    private final ByteSize lineLimit;
    private final CompletableFuture<ExitCode> exited = new CompletableFuture<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    /// Written before `exited` completes.
    private volatile int exitValue;

    private volatile long drainUntilNanos;

    private WorkerProcess(
            Process process,
            InputStream out,
            InputStream err,
            PoolFolder folder,
            FamilyMark family,
            LongFunction<WorkerInfo> info,
            PrintingTasks tasks,
            WorkerOutput output,
            Executor executor) {
        this.process = process;
        this.out = out;
        this.err = err;
        this.pid = pidOf(process);
        this.folder = folder;
        this.family = family;
        this.info = info;
        this.tasks = tasks;
        this.queue = new OutputQueue(output, executor, () -> info.apply(pid));
        this.lineLimit = output.lineLimit();
    }

    /// Starts a worker. Returns when the process exists, not when it is ready. Blocks as the launcher does.
    ///
    /// @param folder the pool's folder
    /// @param launcher starts the process
    /// @param command what to start
    /// @param name prefix of the threads' names, such as `caisson-pool-worker-3`
    /// @param info describes the worker of this process id to the output's consumer; asked for each line
    /// @param tasks those whose lines have a label, or are kept
    /// @param output takes what the worker prints
    /// @param executor runs `output`
    /// @return the running process
    /// @throws IOException if it can't be started
    public static WorkerProcess start(
            PoolFolder folder,
            WorkerLauncher launcher,
            LaunchCommand command,
            String name,
            LongFunction<WorkerInfo> info,
            PrintingTasks tasks,
            WorkerOutput output,
            Executor executor)
            throws IOException {
        var family = FamilyMark.of(folder.name(), NUMBERS.incrementAndGet());
        var marked =
                new LaunchCommand(command.command(), family.addTo(command.environment()), command.workingDirectory());
        var process = launcher.launch(marked);
        boolean local = launcher instanceof LocalLauncher; // another one's streams may be more than pipes
        var out = process.getInputStream();
        var err = process.getErrorStream();
        var worker = new WorkerProcess(
                process,
                local ? OutputPipe.of(process, command.command(), OutputPipe.OUT, out) : out,
                local ? OutputPipe.of(process, command.command(), OutputPipe.ERR, err) : err,
                folder,
                family,
                info,
                tasks,
                output,
                executor);
        folder.workerStarted();
        try {
            worker.startThreads(name);
        } catch (OutOfMemoryError error) {
            worker.kill();
            folder.workerEnded();
            throw new IOException(
                    "The system gave no threads to watch a worker with: see ulimit -u and the container's pids limit",
                    error);
        }
        return worker;
    }

    /// Writes to its standard input, and closes that: all that it ever gets by it.
    ///
    /// @param bytes few enough for a pipe to take them at once
    /// @return false if that leads nowhere
    public boolean write(byte[] bytes) {
        try (var input = process.getOutputStream()) {
            input.write(bytes);
            input.flush();
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Its process id; -1 if the launcher's process has none to tell.
    ///
    /// @return the id of what was started, which is a launch prefix's if that does not replace itself by the JVM
    public long pid() {
        return pid;
    }

    /// Whether a process was started by this one, or by one that it started: the JVM behind a launch prefix.
    ///
    /// @param other process id as this process sees it
    /// @return false also where the system doesn't tell
    public boolean isAncestorOf(long other) {
        var parent = ProcessHandle.of(other).flatMap(ProcessHandle::parent);
        for (int generation = 0; generation < GENERATIONS && parent.isPresent(); generation++) {
            if (parent.get().pid() == pid) {
                return true;
            }
            parent = parent.get().parent();
        }
        return false;
    }

    /// The process that this one has started which knows itself by another process id, in a namespace of its own.
    ///
    /// @param own process id as that process sees it
    /// @return empty also where the system doesn't tell
    public OptionalLong descendantKnownToItselfAs(long own) {
        return descendants().stream()
                .mapToLong(ProcessHandle::pid)
                .filter(pid -> NamespacePids.of(pid).endsWith("\t" + own))
                .findFirst();
    }

    /// When it was started.
    ///
    /// @return by this machine's clock
    public Instant startedAt() {
        return startedAt;
    }

    /// Completes when the process is gone, normally, on a thread of this object's own: what depends on it may block.
    ///
    /// @return the exit code to come
    public CompletableFuture<ExitCode> exited() {
        return exited;
    }

    /// Waits for the exit.
    ///
    /// @param limit how long at most
    /// @return false if it is still there, or that could not be waited for
    public boolean exitsWithin(Duration limit) {
        try {
            var ignored = exited.copy().get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException | InterruptedException | OutOfMemoryError stillThere) {
            return false;
        }
    }

    /// Completes when all output has been read, at most 100 ms after the exit, and the family is gone or killed:
    /// [#outputTail()] is final then.
    ///
    /// @return completes normally, after [#exited()]
    public CompletableFuture<Void> drained() {
        return drained;
    }

    /// Completes when the consumer has been given all output. A consumer that hangs delays it for ever.
    ///
    /// @return completes normally, after [#drained()]
    public CompletableFuture<Void> delivered() {
        return queue.delivered();
    }

    /// The last lines it printed, out and err in the order in which they were read.
    ///
    /// @return at most 20, oldest first; unmodifiable
    public List<String> outputTail() {
        return tail.lines();
    }

    /// Ends the process and all that it started, by force. Idempotent. Does not wait: [#exited()] tells. Takes some
    /// milliseconds on a machine with many processes.
    public void kill() {
        if (!process.isAlive()) {
            return; // its id may be another one's by now
        }
        // Asked before the death: the dead have no descendants. Killed after it: the task must not see them die.
        var descendants = descendants();
        killSelf();
        descendants.forEach(ProcessHandle::destroyForcibly);
        Zombies.warn(descendants.size());
    }

    /// Those that can't be listed, for lack of descriptors say, are found by their mark when the process is gone.
    private List<ProcessHandle> descendants() {
        try (var descendants = process.descendants()) {
            return descendants.toList();
        } catch (UnsupportedOperationException _) {
            return List.of();
        } catch (RuntimeException | Error failure) {
            Remark.log(
                    WorkerProcess.class,
                    Level.WARNING,
                    "What process " + pid + " has started can't be listed. It is killed all the same; its children are"
                            + " looked for again when it is gone",
                    failure);
            return List.of();
        }
    }

    /// Through the handle if there is one: `Process.destroyForcibly` closes the output, and its last lines were lost.
    private void killSelf() {
        try {
            process.toHandle().destroyForcibly();
        } catch (UnsupportedOperationException _) {
            process.destroyForcibly();
        }
    }

    private void startThreads(String name) {
        var outPump = startPump(name + "-out", out, Source.OUT);
        var errPump = startPump(name + "-err", err, Source.ERR);
        startThread(name + "-exit", () -> awaitExit(name, outPump, errPump));
    }

    private Thread startPump(String name, InputStream stream, Source source) {
        var lines = new WorkerLines(source, () -> info.apply(pid), tail, queue, tasks);
        return startThread(name, new OutputPump(stream, new LineSplitter(lines, lineLimit)));
    }

    private static Thread startThread(String name, Runnable body) {
        return Thread.ofPlatform().daemon().name(name).stackSize(STACK_BYTES).start(body);
    }

    /// What is to be done after the exit is made before it: by then there may be no memory. The exit is told in any
    /// case, and so is, on whichever thread, that all is drained.
    private void awaitExit(String name, Thread outPump, Thread errPump) {
        Runnable drain = () -> drain(outPump, errPump);
        Runnable thorough = () -> {
            if (!drain(outPump, errPump)) {
                Insistent.run(this::killFamilyLater); // nobody waits for that
            }
        };
        Runnable tellExit = () -> exited.complete(new ExitCode(exitValue));
        var drainName = name + "-drain";
        loadForTheEnd();
        exitValue = waitForExit();
        drainUntilNanos = System.nanoTime() + DRAIN_LIMIT.toNanos();
        folder.workerEnded();
        try {
            startThread(drainName, thorough);
        } catch (OutOfMemoryError noThreads) {
            drain.run();
        }
        Insistent.run(tellExit);
    }

    /// What the end of a process is told with. By then there may be no descriptor to read a class by, and one that
    /// could not be read once never is.
    private static void loadForTheEnd() {
        FamilyMark.load();
        var ignored = List.of(ExitCode.class, LightThread.class, CrashReport.class, PlainFile.class, VitalSigns.class);
    }

    /// @return whether all was done; if not, it is told all the same
    private boolean drain(Thread outPump, Thread errPump) {
        boolean complete = false;
        try {
            complete = family.killBearers(DRAIN_LIMIT);
            if (!joined(outPump) || !joined(errPump)) {
                close(out);
                close(err);
            }
        } catch (RuntimeException | Error failure) {
            Remark.log(WorkerProcess.class, Level.WARNING, "A worker's children or last output may be left", failure);
            complete = false;
        } finally {
            queue.end();
            tasks.end();
            drained.complete(null);
        }
        return complete;
    }

    /// For a process that has no descriptors left to look at others with: it may have some again soon.
    private void killFamilyLater() {
        long pause = FIRST_PAUSE_MILLIS;
        for (int tries = 0; tries < TRIES; tries++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
            if (family.killBearers(DRAIN_LIMIT)) {
                return;
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
        LOG.log(
                Level.WARNING,
                "For a minute this program could not look at all processes, for lack of descriptors: what worker process"
                        + " {0} has started may still run. Raise ulimit -n, or close what is not needed.",
                Long.toString(pid));
    }

    private int waitForExit() {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException _) {
                // Nobody has a reason to interrupt this thread; the exit must be told in any case.
            }
        }
    }

    private boolean joined(Thread pump) {
        try {
            return pump.join(Duration.ofNanos(drainUntilNanos - System.nanoTime()));
        } catch (InterruptedException _) {
            return false;
        }
    }

    /// Someone outside the family holds the other end. A thread that is inside a read leaves it, if the stream is an
    /// [OutputPipe]; of another launcher's it stays there until that one ends.
    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException _) {
            // Nothing more can be done for it.
        }
    }

    private static long pidOf(Process process) {
        try {
            return process.pid();
        } catch (UnsupportedOperationException _) {
            return UNKNOWN_PID;
        }
    }
}
