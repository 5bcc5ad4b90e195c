package dev.caisson.testkit;

import dev.caisson.TaskCodec;
import dev.caisson.WorkerInfo;
import dev.caisson.codec.Failures;
import dev.caisson.codec.JdkCodec;
import dev.caisson.fleet.HeldItem;
import dev.caisson.fleet.HeldTasks;
import dev.caisson.fleet.WorkerEvents;
import dev.caisson.fleet.WorkerEvents.ItemResultFrame;
import dev.caisson.fleet.WorkerHandle;
import dev.caisson.protocol.Assignment;
import dev.caisson.protocol.Encoded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A worker without a process: it does what the scripts say, as events in virtual time.
///
/// Everything that it does happens on the thread that performs the events, one after the other. The pool's side, the
/// methods of [WorkerHandle], only enters events and moves claims; it may be called from anywhere.
final class SimulatedWorker implements WorkerHandle {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration EXIT_TIME = Duration.ofMillis(1);
    private static final int KILLED_CODE = 137;

    private final int slot;
    private final int generation;
    private final SimulatedFleet fleet;
    private final WorkerEvents events;

    private final HeldTasks tasks;

    /// Guarded by this, like all below.
    private @Nullable ScriptedItem current;

    /// When the running item's script comes to its deed.
    private VirtualTime.@Nullable Event next;

    private @Nullable ProcessLife life;
    private boolean frozen;
    private boolean stopping;
    private boolean killed;
    private boolean gone;

    SimulatedWorker(int slot, int generation, SimulatedFleet fleet, WorkerEvents events) {
        this.slot = slot;
        this.generation = generation;
        this.fleet = fleet;
        this.events = events;
        this.tasks = new HeldTasks(() -> info().orElseThrow(), fleet.time()::nanos, this::tellProgress);
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
        return Optional.ofNullable(life).map(ProcessLife::info);
    }

    @Override
    public void start() throws IOException {
        ProcessLife begun;
        synchronized (this) {
            if (killed) {
                throw new IOException("The worker was not needed any more before it was started");
            }
            begun = new ProcessLife(slot, fleet);
            life = begun;
        }
        note("starts");
        in(fleet.plan().startTime(), begun.startFails() ? () -> exit(ProcessEnd.failedStart()) : this::becomeReady);
    }

    @Override
    public void send(Assignment assignment) {
        fleet.number(assignment.work());
        tasks.add(assignment);
        in(AT_ONCE, this::proceed);
    }

    @Override
    public void flush() {}

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
    public void interrupt(long task, int item, int attempt) {
        in(AT_ONCE, () -> heedInterrupt(task, item, attempt));
    }

    @Override
    public void dumpStacks(long task, int item) {
        in(AT_ONCE, () -> {
            var run = running(task, item);
            if (run != null) {
                events.stacks(
                        this, "no real stack: " + run.what() + " is simulated, and its script says: " + run.script());
            }
        });
    }

    @Override
    public void ping() {
        in(AT_ONCE, () -> {
            if (isWell()) {
                events.answered(this);
            }
        });
    }

    @Override
    public void stop() {
        in(AT_ONCE, () -> {
            synchronized (this) {
                stopping = true;
            }
            proceed();
        });
    }

    @Override
    public synchronized void kill() {
        if (!killed) {
            killed = true;
            in(EXIT_TIME, () -> exit(ProcessEnd.of(KILLED_CODE)));
        }
    }

    // --- what it does itself

    private void becomeReady() {
        if (!isWell()) {
            return;
        }
        try {
            fleet.initialize();
        } catch (Throwable failure) { // code of the user: whatever it throws is why the worker can't start
            exit(ProcessEnd.failedInitializer(encoded(failure, new JdkCodec())));
            return;
        }
        note("is ready");
        events.ready(this);
    }

    /// Begins what is next, or leaves if it was asked to.
    private void proceed() {
        var begun = beginNext();
        if (begun != null) {
            note("begins " + begun.what());
            if (begun.assignment().tellWhenBegun()) {
                events.itemBegan(
                        this,
                        begun.held().task(),
                        begun.held().item(),
                        begun.held().beganNanos());
            }
            setNext(fleet.time().in(begun.script().time(), () -> act(begun)));
        } else if (isLeaving()) {
            in(EXIT_TIME, () -> exit(ProcessEnd.of(0)));
        }
    }

    private synchronized @Nullable ScriptedItem beginNext() {
        if (!isWell() || current != null) {
            return null;
        }
        var run = tasks.begin();
        current = run == null ? null : new ScriptedItem(run, fleet.script(run.assignment(), run.item()));
        return current;
    }

    private synchronized boolean isLeaving() {
        return stopping && current == null && isWell();
    }

    /// The script's time is over.
    private void act(ScriptedItem run) {
        if (running(run.held().task(), run.held().item()) != run) {
            return;
        }
        switch (run.script().deed()) {
            case Deed.Run() -> perform(run);
            case Deed.Hang() -> note("hangs in " + run.what());
            case Deed.Freeze() -> freeze(run);
            case Deed.Fail(var error) -> end(run, false, encoded(error));
            case Deed.Exit exit -> exit(ProcessEnd.of(exit));
            case Deed.RunAndExit(var code) -> {
                perform(run);
                exit(ProcessEnd.of(code));
            }
        }
    }

    private void perform(ScriptedItem run) {
        try {
            end(
                    run,
                    true,
                    fleet.code().perform(run.assignment().work(), run.held().item(), run.held()));
        } catch (OutOfMemoryError full) {
            exit(ProcessEnd.of(TaskScript.outOfMemory()));
        } catch (Throwable failure) { // code of the user: whatever it throws is its outcome
            end(run, false, encoded(failure));
        }
    }

    private void heedInterrupt(long task, int item, int attempt) {
        var run = running(task, item);
        if (run != null && run.held().attempt() == attempt) {
            run.held().cancel();
            if (!run.script().ignoresInterrupts()) {
                end(run, false, encoded(new InterruptedException("interrupted in " + run.what())));
            }
        }
    }

    private void tellProgress(HeldItem run, double fraction, String text) {
        events.progress(this, run.task(), run.item(), fraction, text);
    }

    private void freeze(ScriptedItem run) {
        synchronized (this) {
            frozen = true;
        }
        note("stands still in " + run.what());
    }

    /// Publishes a result, unless the pool has decided that it won't count: then the item waits for the kill.
    private void end(ScriptedItem run, boolean succeeded, Encoded bytes) {
        synchronized (this) {
            if (!tasks.end(run.held())) {
                return;
            }
            current = null;
            cancelNext();
            if (life != null) {
                life.itemDone();
            }
        }
        note((succeeded ? "finishes " : "fails ") + run.what());
        events.itemsFinished(
                this,
                List.of(new ItemResultFrame(
                        run.held().task(),
                        run.held().item(),
                        succeeded,
                        bytes,
                        run.held().beganNanos(),
                        fleet.time().nanos())));
        in(AT_ONCE, this::proceed);
    }

    private void exit(ProcessEnd end) {
        ProcessLife ended;
        synchronized (this) {
            if (gone || life == null) {
                return;
            }
            gone = true;
            cancelNext();
            ended = life;
        }
        note("exits with code " + end.code());
        events.exited(this, ended.departure(end));
    }

    private synchronized void setNext(VirtualTime.Event event) {
        next = event;
    }

    private void cancelNext() {
        if (next != null) {
            fleet.time().cancel(next);
            next = null;
        }
    }

    private synchronized @Nullable ScriptedItem running(long task, int item) {
        return isWell() && current != null && current.held().is(task, item) ? current : null;
    }

    private synchronized boolean isWell() {
        return !gone && !frozen;
    }

    private Encoded encoded(Throwable failure) {
        return encoded(failure, fleet.settings().codec());
    }

    private static Encoded encoded(Throwable failure, TaskCodec codec) {
        var bytes = Encoded.builder();
        try {
            Failures.write(failure, codec, bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Bytes in memory can't fail", impossible);
        }
        return bytes.build();
    }

    private void in(Duration delay, Runnable action) {
        fleet.time().in(delay, action);
    }

    private void note(String what) {
        fleet.trace().note("worker " + slot + "." + generation + " " + what);
    }
}
