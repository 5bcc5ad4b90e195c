package dev.caisson.fleet;

import dev.caisson.ByteSize;
import dev.caisson.WorkerInfo;
import dev.caisson.codec.LostResult;
import dev.caisson.memory.Headroom;
import dev.caisson.memory.Insistent;
import dev.caisson.memory.Remark;
import dev.caisson.process.ExitCode;
import dev.caisson.process.LightThread;
import dev.caisson.process.OutputCapture;
import dev.caisson.process.PrintingTasks;
import dev.caisson.process.WorkerFolder;
import dev.caisson.process.WorkerProcess;
import dev.caisson.protocol.Assignment;
import dev.caisson.protocol.ClassWanted;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.ExitMark;
import dev.caisson.protocol.FaultPoint;
import dev.caisson.spi.LaunchCommand;
import dev.caisson.transport.ChannelListener;
import dev.caisson.transport.WorkerChannel;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A worker that is a process: its channel and its process together.
///
/// It is gone when both are: the process has exited and all that it wrote has been read. Whichever ends first, the
/// other is seen to.
final class ProcessWorker implements WorkerHandle, ChannelListener {

    private static final Duration EXIT_AFTER_CLOSE = Duration.ofMillis(200);

    private final int slot;
    private final int generation;
    private final ProcessFleet fleet;
    private final WorkerEvents events;
    private final PatientStart starting;

    private final Arrivals arrivals;
    private final Identity identity;
    private final PrintingTasks printing = new PrintingTasks();
    private final KillEvidence evidence = new KillEvidence();

    private volatile @Nullable WorkerChannel channel;
    private volatile @Nullable WorkerProcess process;
    private volatile @Nullable Encoded startFailure;
    private volatile Optional<String> violation = Optional.empty();

    /// Whether it was killed since it said nothing more.
    private volatile boolean expelled;
    private volatile boolean wasReady;

    /// How an earlier process of it ended for lack of something: if the last one takes too long, that is why.
    private volatile @Nullable Departure inVain;

    private volatile boolean stopping;
    private volatile @Nullable MemoryExcess excess;

    /// Whether a kill was asked for. Guarded by this, since it may come before there is a process.
    private boolean killed;

    /// Set before the process is started.
    private volatile List<String> command = List.of();

    ProcessWorker(int slot, int generation, ProcessFleet fleet, WorkerEvents events) {
        this.slot = slot;
        this.generation = generation;
        this.fleet = fleet;
        this.events = events;
        this.arrivals = new Arrivals(this, fleet.memory(), events);
        this.identity = new Identity(slot);
        this.starting = new PatientStart(fleet.settings().name(), slot);
    }

    @Override
    public void start() throws IOException {
        starting.run(this::startOnce);
    }

    private void startOnce() throws IOException {
        var opened = fleet.expect(slot, generation, this);
        channel = opened.channel();
        try {
            launch(opened, fleet.launch(opened));
        } catch (IOException | RuntimeException | OutOfMemoryError failure) {
            opened.channel().close();
            opened.files().delete();
            throw failure;
        }
    }

    private synchronized void launch(ProcessFleet.Expected opened, LaunchCommand launch) throws IOException {
        if (killed) {
            throw new IOException(
                    "startTimeLimit was over, or the worker not needed any more, before its process was started");
        }
        var settings = fleet.settings();
        command = launch.command();
        var started = WorkerProcess.start(
                opened.pool(),
                fleet.launcher(),
                launch,
                "caisson-" + settings.name() + "-worker-" + slot,
                identity::infoOr,
                printing,
                settings.hooks().output(),
                settings.hooks().callbacks());
        evidence.started();
        process = started;
        if (!started.write(opened.channel().token().bytes())) {
            opened.channel().exposeToken();
        }
        FaultPoint.LAUNCHED.reached();
        identity.started(started, opened.startedAt());
        Runnable departing = () -> depart(opened.files(), started); // made now: at the exit there may be no memory
        Runnable aside = () -> LightThread.startOrRun(departing);
        var ignored = started.exited().thenRun(() -> Insistent.run(aside));
    }

    @Override
    public int slot() {
        return slot;
    }

    @Override
    public int generation() {
        return generation;
    }

    @Override
    public Optional<WorkerInfo> info() {
        return identity.info();
    }

    @Override
    public void send(Assignment assignment) {
        printing.label(assignment.origin(), assignment.label());
        channel().send(assignment);
    }

    @Override
    public OutputCapture capture(long task, ByteSize limit) {
        return printing.capture(task, limit);
    }

    @Override
    public int takeBack(long task) {
        int first = channel().takeBack(task);
        printing.takenBack(task, first);
        return first;
    }

    @Override
    public int runningItem(long task) {
        return channel().runningItem(task);
    }

    @Override
    public long runningSince(long task) {
        return channel().runningSince(task);
    }

    @Override
    public boolean condemn(long task, int item) {
        return channel().condemn(task, item);
    }

    @Override
    public void forget(long task) {
        channel().forget(task);
    }

    @Override
    public void flush() {
        channel().flush();
    }

    @Override
    public void interrupt(long task, int item, int attempt) {
        channel().interrupt(task, item, attempt);
    }

    @Override
    public void dumpStacks(long task, int item) {
        channel().requestStacks(task, item);
    }

    @Override
    public void ping() {
        channel().ping();
    }

    @Override
    public void stop() {
        stopping = true;
        channel().stop();
    }

    @Override
    public synchronized void kill() {
        killed = true;
        starting.giveUp();
        if (process != null) {
            try {
                evidence.look(process.pid());
            } finally {
                process.kill();
            }
        }
    }

    @Override
    public void connected(long pid) {
        identity.connected(pid);
    }

    /// Whether an item has begun and not ended.
    boolean isRunningTask() {
        return channel().isRunning();
    }

    /// Ends it for the memory that its task takes.
    void endForMemory(MemoryExcess found) {
        excess = found;
        events.overMemoryLimit(this);
    }

    @Override
    public void ready() {
        wasReady = true;
        fleet.memory().watch(this);
        events.ready(this);
    }

    @Override
    public void startFailed(Encoded failure) {
        startFailure = failure;
    }

    @Override
    public void itemBegan(long task, int item, long beganNanos) {
        framesDelivered();
        events.itemBegan(this, task, item, beganNanos);
    }

    @Override
    public void itemFinished(long task, int item, boolean succeeded, Encoded result, long beganNanos, long endedNanos) {
        arrivals.add(new WorkerEvents.ItemResultFrame(task, item, succeeded, result, beganNanos, endedNanos));
    }

    @Override
    public void itemLost(long task, int item, boolean succeeded, long sizeBytes, long beganNanos, long endedNanos) {
        var failure = LostResult.failure(sizeBytes, fleet.settings().maxResult(), Headroom.heapMegabytes());
        itemFinished(task, item, false, failure, beganNanos, endedNanos);
    }

    @Override
    public void framesDelivered() {
        arrivals.deliver(!stopping);
    }

    @Override
    public void answered() {
        events.answered(this);
    }

    @Override
    public void stacks(String text) {
        events.stacks(this, text);
    }

    @Override
    public void stacksSoFar(String text) {
        events.stacksSoFar(this, text);
    }

    @Override
    public void progress(long task, int item, double fraction, String note) {
        events.progress(this, task, item, fraction, note);
    }

    /// Class loaders are the user's code, and may take their time.
    @Override
    public void classWanted(ClassWanted wanted) {
        LightThread.start(new ClassDelivery(channel(), wanted));
    }

    @Override
    public void spoiled(String breach) {
        LightThread.startOrRun(this::kill);
    }

    /// A worker that says nothing more is on its way out, or useless.
    @Override
    public void closed(Optional<String> violation) {
        this.violation = violation;
        var running = process;
        if (running != null && !stopping && !running.exited().isDone()) {
            LightThread.startOrRun(() -> killUnlessItExits(running));
        }
    }

    private void killUnlessItExits(WorkerProcess running) {
        if (!running.exitsWithin(EXIT_AFTER_CLOSE)) {
            expelled = true;
            Insistent.run(running::kill);
        }
    }

    /// Whatever can't be read of what it left: its exit is told.
    private void depart(WorkerFolder files, WorkerProcess gone) {
        var link = channel();
        fleet.memory().forget(this);
        try {
            FaultPoint.EXITED.reached();
            channel().drainAfterExit();
            framesDelivered();
            gone.drained().join();
        } catch (RuntimeException | Error failure) { // or its task would wait for ever
            Remark.log(ProcessWorker.class, Level.ERROR, "What a worker left could not be read", failure);
        }
        Insistent.run(() -> tellEnd(files, gone, link));
    }

    private void tellEnd(WorkerFolder files, WorkerProcess gone, WorkerChannel link) {
        var code = gone.exited().join();
        var departure = Obituary.written(
                () -> obituary(gone, link, code).write(files.path(), gone, code), identity.infoOr(gone.pid()), code);
        var shortage = wasReady ? Optional.<Shortage>empty() : departure.shortage();
        if (shortage.isPresent()) {
            inVain = departure;
            close(link, files); // its files must go before there can be others
            if (isStartedAgain(shortage.get())) {
                return;
            }
        }
        var earlier = wasReady || !starting.isGivenUp() ? null : inVain;
        events.exited(this, earlier == null ? departure : earlier);
        if (shortage.isEmpty()) {
            close(link, files);
        }
    }

    private static void close(WorkerChannel link, WorkerFolder files) {
        link.close();
        files.delete();
    }

    private Obituary obituary(WorkerProcess gone, WorkerChannel link, ExitCode code) {
        return new Obituary(
                fleet.settings(),
                identity.infoOr(gone.pid()),
                identity.ownPid(),
                arrivals.count(),
                link,
                evidence.lastSight(),
                evidence.hasMemoryKills(),
                breach(link, code),
                startFailure,
                command,
                Optional.ofNullable(excess));
    }

    /// What the system lacks for a moment is no fault of this worker's. False: nobody wants it any more.
    private boolean isStartedAgain(Shortage shortage) {
        try {
            violation = Optional.empty();
            expelled = false;
            identity.startsAgain();
            return starting.again(shortage, this::startOnce);
        } catch (IOException | RuntimeException | OutOfMemoryError failure) {
            Remark.log(ProcessWorker.class, Level.DEBUG, "A worker could not be started again", failure);
            return false;
        }
    }

    /// Whoever exits by itself closes its connections, too, and under load a while before its exit is heard of.
    private Optional<String> breach(WorkerChannel link, ExitCode code) {
        boolean ended = isKilled() && code.signal().equals(Optional.of("SIGKILL"));
        return ended || link.exitMark() == ExitMark.ORPHANED ? violation : Optional.empty();
    }

    private synchronized boolean isKilled() {
        return killed || expelled;
    }

    private WorkerChannel channel() {
        var opened = channel;
        if (opened == null) {
            throw new IllegalStateException("Worker " + slot + " has no channel before it is started");
        }
        return opened;
    }
}
