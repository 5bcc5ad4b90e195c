package dev.caisson.testkit;

import dev.caisson.TaskCodec;
import dev.caisson.WorkerInfo;
import dev.caisson.codec.Failures;
import dev.caisson.codec.JdkCodec;
import dev.caisson.engine.Boards;
import dev.caisson.protocol.Assignment;
import dev.caisson.protocol.Encoded;
import dev.caisson.runtime.HeldTask;
import dev.caisson.runtime.WorkerEvents;
import dev.caisson.runtime.WorkerEvents.ItemResultFrame;
import dev.caisson.runtime.WorkerHandle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /// What the board would show. Guarded by this, like all below.
    private final Map<Long, HeldTask> board = new HashMap<>();

    private final ArrayDeque<HeldTask> inbox = new ArrayDeque<>();
    private @Nullable ItemRun current;

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
        var task = new HeldTask(assignment);
        synchronized (this) {
            board.put(assignment.task(), task);
            inbox.add(task);
        }
        in(AT_ONCE, this::proceed);
    }

    @Override
    public void flush() {}

    @Override
    public synchronized int takeBack(long task) {
        var sent = board.get(task);
        return sent == null ? Integer.MAX_VALUE : sent.takeBack();
    }

    @Override
    public synchronized int runningItem(long task) {
        var sent = board.get(task);
        return sent == null ? Boards.NONE : sent.runningItem();
    }

    @Override
    public synchronized long runningSince(long task) {
        var sent = board.get(task);
        return sent == null ? 0 : sent.runningSince();
    }

    @Override
    public synchronized boolean condemn(long task, int item) {
        var sent = board.get(task);
        return sent != null && sent.condemn(item);
    }

    @Override
    public synchronized void forget(long task) {
        board.remove(task);
    }

    @Override
    public void interrupt(long task, int item) {
        in(AT_ONCE, () -> heedInterrupt(task, item));
    }

    @Override
    public void dumpStacks(long task, int item) {
        in(AT_ONCE, () -> {
            var run = running(task, item);
            if (run != null) {
                events.stacks(
                        this, "no real stack: " + run.what() + " is simulated, and its script says: " + run.script);
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
            if (begun.task.assignment().tellWhenBegun()) {
                events.itemBegan(this, begun.taskId(), begun.item, begun.beganNanos);
            }
            setNext(fleet.time().in(begun.script.time(), () -> act(begun)));
        } else if (isLeaving()) {
            in(EXIT_TIME, () -> exit(ProcessEnd.of(0)));
        }
    }

    private synchronized @Nullable ItemRun beginNext() {
        while (isWell() && current == null && !inbox.isEmpty()) {
            var task = inbox.element();
            int item = task.begin(fleet.time().nanos());
            if (item == Boards.NONE) {
                inbox.remove();
            } else {
                var script = fleet.script(task.assignment(), item);
                current = new ItemRun(task, item, script, fleet, this::tellProgress);
                return current;
            }
        }
        return null;
    }

    private synchronized boolean isLeaving() {
        return stopping && current == null && inbox.isEmpty() && isWell();
    }

    /// The script's time is over.
    private void act(ItemRun run) {
        if (running(run.taskId(), run.item) != run) {
            return;
        }
        switch (run.script.deed()) {
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

    private void perform(ItemRun run) {
        try {
            end(run, true, run.perform());
        } catch (OutOfMemoryError full) {
            exit(ProcessEnd.of(TaskScript.outOfMemory()));
        } catch (Throwable failure) { // code of the user: whatever it throws is its outcome
            end(run, false, encoded(failure));
        }
    }

    private void heedInterrupt(long task, int item) {
        var run = running(task, item);
        if (run != null) {
            run.cancel();
            if (!run.script.ignoresInterrupts()) {
                end(run, false, encoded(new InterruptedException("interrupted in " + run.what())));
            }
        }
    }

    private void tellProgress(long task, int item, double fraction, String text) {
        events.progress(this, task, item, fraction, text);
    }

    private void freeze(ItemRun run) {
        synchronized (this) {
            frozen = true;
        }
        note("stands still in " + run.what());
    }

    /// Publishes a result, unless the pool has decided that it won't count: then the item waits for the kill.
    private void end(ItemRun run, boolean succeeded, Encoded bytes) {
        synchronized (this) {
            if (!run.task.end(run.item)) {
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
                        run.taskId(),
                        run.item,
                        succeeded,
                        bytes,
                        run.beganNanos,
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

    private synchronized @Nullable ItemRun running(long task, int item) {
        return isWell() && current != null && current.is(task, item) ? current : null;
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
