package dev.caisson.fleet;

import dev.caisson.WorkerDeath;
import dev.caisson.WorkerInfo;
import dev.caisson.codec.JdkCodec;
import dev.caisson.fleet.WorkerEvents.ItemResultFrame;
import dev.caisson.process.LightThread;
import dev.caisson.protocol.Assignment;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.ExitMark;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A worker that is a thread of this JVM.
///
/// A thread can't be killed. What is killed is gone for the pool at once, as a process would be: its item is blamed or
/// condemned, and another worker takes its place. Its thread is interrupted and left behind; whatever it does then
/// reaches nobody, and it ends when the code it runs returns.
final class ThreadWorker implements WorkerHandle {

    private static final System.Logger LOG = System.getLogger(ThreadWorker.class.getName());

    private static final int KILLED_CODE = 137;
    private static final Duration TIME_TO_HEED = Duration.ofMillis(500);

    private final int slot;
    private final int generation;
    private final InProcessFleet fleet;
    private final WorkerEvents events;
    private final String name;
    private final WorkerInfo info;

    private final HeldTasks tasks = new HeldTasks(this::whoIsIt, System::nanoTime, this::tellProgress);

    /// Guarded by this, like all below.
    private @Nullable Thread thread;

    private @Nullable HeldItem current;

    /// Whether a result is on its way to the pool, which must know it before it hears of the worker's end.
    private boolean telling;

    private boolean stopping;
    private boolean killed;
    private boolean gone;
    private long itemsDone;

    ThreadWorker(int slot, int generation, InProcessFleet fleet, WorkerEvents events) {
        this.slot = slot;
        this.generation = generation;
        this.fleet = fleet;
        this.events = events;
        this.name = "caisson-" + fleet.pool() + "-worker-" + slot;
        this.info = new WorkerInfo(ProcessHandle.current().pid(), WorkerInfo.THIS_HOST, slot, Instant.now());
    }

    // --- the pool's side

    @Override
    public int slot() {
        return slot;
    }

    @Override
    public int generation() {
        return generation;
    }

    @Override
    public synchronized Optional<WorkerInfo> info() {
        return thread == null ? Optional.empty() : Optional.of(info);
    }

    @Override
    public synchronized void start() throws IOException {
        if (killed) {
            throw new IOException("The worker was not needed any more before it was started");
        }
        thread = Thread.ofPlatform().daemon().name(name).start(this::live);
    }

    @Override
    public void send(Assignment assignment) {
        tasks.add(assignment);
    }

    @Override
    public synchronized void flush() {
        notifyAll();
    }

    @Override
    public int takeBack(long task) {
        return tasks.takeBack(task);
    }

    @Override
    public int runningItem(long task) {
        return tasks.runningItem(task);
    }

    @Override
    public long runningSince(long task) {
        return tasks.runningSince(task);
    }

    @Override
    public boolean condemn(long task, int item) {
        return tasks.condemn(task, item);
    }

    @Override
    public void forget(long task) {
        tasks.forget(task);
    }

    @Override
    public synchronized void interrupt(long task, int item, int attempt) {
        if (current != null && thread != null && current.is(task, item) && current.attempt() == attempt) {
            current.cancel();
            thread.interrupt();
        }
    }

    @Override
    public void dumpStacks(long task, int item) {
        Thread running;
        synchronized (this) {
            running = current != null && current.is(task, item) ? thread : null;
        }
        if (running != null) {
            events.stacks(this, stackOf(running));
        }
    }

    @Override
    public void ping() {
        events.answered(this);
    }

    @Override
    public synchronized void stop() {
        stopping = true;
        notifyAll();
    }

    @Override
    public synchronized void kill() {
        if (killed || gone) {
            return;
        }
        killed = true;
        notifyAll();
        var left = thread;
        if (left == null) {
            return; // not started, and never will be
        }
        if (current != null) {
            current.cancel();
        }
        left.interrupt();
        boolean tellNow = !telling;
        LightThread.start(() -> {
            if (tellNow) {
                depart(KILLED_CODE, null);
            }
            warnIfItGoesOn(left);
        });
    }

    // --- what its thread does

    private void live() {
        int code = 1;
        Encoded failure = null;
        try {
            failure = initialize();
            if (failure == null) {
                events.ready(this);
                for (var run = next(); run != null; run = next()) {
                    perform(run);
                }
                finish();
                code = isKilled() ? KILLED_CODE : 0;
            }
        } finally {
            depart(code, failure);
        }
    }

    private @Nullable Encoded initialize() {
        try {
            fleet.initialize(info);
            return null;
        } catch (Throwable thrown) { // code of the user: whatever it throws is why the worker can't start
            return ItemCode.encodeFailure(thrown, new JdkCodec());
        } finally {
            Thread.interrupted();
        }
    }

    private void finish() {
        if (isKilled()) {
            return;
        }
        try {
            fleet.finish(info);
        } catch (Throwable thrown) { // code of the user: nothing depends on it any more
            LOG.log(System.Logger.Level.WARNING, "The finalizer failed in " + name, thrown);
        }
    }

    private synchronized boolean isKilled() {
        return killed;
    }

    /// Begins what is next, or waits for it.
    ///
    /// @return the item, or null to leave
    private synchronized @Nullable HeldItem next() {
        while (!killed) {
            current = tasks.begin();
            if (current != null || stopping) {
                return current;
            }
            await();
        }
        return null;
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    private void await() {
        try {
            wait();
        } catch (InterruptedException stray) {
            // A thread of some task had a reference to this one: means nothing here.
        }
    }

    private void perform(HeldItem run) {
        var assignment = run.assignment();
        var label = assignment.label() == null ? "" : " '" + assignment.label() + "'";
        var correlation = assignment.correlationId() == null ? "" : " [" + assignment.correlationId() + "]";
        Thread.currentThread().setName(name + " task " + run.taskId() + label + correlation);
        if (assignment.tellWhenBegun()) {
            events.itemBegan(this, run.task(), run.item(), run.beganNanos());
        }
        boolean succeeded = false;
        Encoded bytes;
        try {
            bytes = fleet.code().perform(assignment.work(), run.item(), run);
            succeeded = true;
        } catch (Throwable thrown) { // code of the user: whatever it throws is its outcome
            bytes = fleet.code().failure(thrown);
        }
        if (!isKilled()) {
            Thread.currentThread().setName(name);
        }
        if (end(run)) {
            var result =
                    new ItemResultFrame(run.task(), run.item(), succeeded, bytes, run.beganNanos(), System.nanoTime());
            events.itemsFinished(this, List.of(result));
            told();
        } else {
            awaitKill();
        }
    }

    /// Makes the outcome count, unless the pool has decided that it won't; and takes away an interrupt that nobody has
    /// noticed.
    private synchronized boolean end(HeldItem run) {
        boolean counts = !killed && tasks.end(run);
        if (counts) {
            current = null;
            itemsDone++;
            telling = true;
        }
        Thread.interrupted();
        return counts;
    }

    private synchronized void told() {
        telling = false;
    }

    /// The pool has decided against the item, and is about to kill this worker.
    private synchronized void awaitKill() {
        while (!killed) {
            await();
        }
    }

    private WorkerInfo whoIsIt() {
        return info;
    }

    private void tellProgress(HeldItem run, double fraction, String note) {
        synchronized (this) {
            if (killed || current != run) {
                return;
            }
        }
        events.progress(this, run.task(), run.item(), fraction, note);
    }

    private void depart(int code, @Nullable Encoded startFailure) {
        WorkerDeath death;
        synchronized (this) {
            if (gone) {
                return;
            }
            gone = true;
            death = new WorkerDeath(
                    info.pid(),
                    slot,
                    code,
                    code == KILLED_CODE ? Optional.of("SIGKILL") : Optional.empty(),
                    Duration.between(info.startedAt(), Instant.now()),
                    itemsDone,
                    List.of(),
                    Optional.empty());
        }
        events.exited(this, Departure.simple(death, ExitMark.NONE, startFailure, List.of("(a thread of this JVM)")));
    }

    private static void warnIfItGoesOn(Thread left) {
        boolean ended;
        try {
            ended = left.join(TIME_TO_HEED);
        } catch (InterruptedException impossible) { // nobody knows this thread
            return;
        }
        if (!ended) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Thread ''{0}'' of an ended worker goes on: a thread can''t be killed, and the code it runs ignores"
                            + " interrupts. It is left behind, with all that it holds, until that code returns. Where"
                            + " tasks may hang use the start method SPAWN.",
                    left.getName());
        }
    }

    private static String stackOf(Thread thread) {
        var text = new StringBuilder("\"" + thread.getName() + "\" " + thread.getState() + "\n");
        for (var frame : thread.getStackTrace()) {
            text.append("    at ").append(frame).append('\n');
        }
        return text.toString();
    }
}
