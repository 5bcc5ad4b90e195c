package dev.caisson.worker;

import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.ControlFrames;
import dev.caisson.protocol.ExitMark;
import dev.caisson.protocol.FrameKind;
import dev.caisson.protocol.ProtocolViolationException;
import dev.caisson.transport.ParentLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The control thread: answers the parent whatever the task thread is busy with, and ends the process with the parent.
///
/// It also sends what the task thread has published but not sent, a millisecond later at most; while there is nothing
/// of the kind it sleeps. It loads no class of a user.
final class ControlLoop implements Runnable {

    private static final long TICK_MILLIS = 1;
    private static final int TICKS_BEFORE_SLEEP = 20;
    private static final long EXIT_TICK_NANOS = 5_000_000;
    private static final int CUT_OFF_EXIT_CODE = 1;
    private static final String HOOKS = "  still running:\n";

    private final ParentLink link;
    private final InterruptGate gate;
    private final HeapExhaustion exhaustion;
    private final ClassRequests classes;
    private final Selector selector;
    private final long killGraceNanos;
    private final boolean endsOnSignal;

    private volatile boolean ticking;
    private volatile boolean serving;
    private volatile boolean leaving;
    private volatile boolean exiting;
    /// What was told and not yet sent.
    private final AtomicReference<@Nullable ByteBuffer> progress = new AtomicReference<>();

    private boolean settledIn; // of this thread, like the next ones
    private int idleTicks;
    private long haltAtNanos;
    private boolean haltIsDue;

    ControlLoop(
            ParentLink link,
            InterruptGate gate,
            HeapExhaustion exhaustion,
            ClassRequests classes,
            long killGraceNanos,
            boolean endsOnSignal)
            throws IOException {
        this.link = link;
        this.gate = gate;
        this.exhaustion = exhaustion;
        this.classes = classes;
        this.killGraceNanos = killGraceNanos;
        this.endsOnSignal = endsOnSignal;
        selector = Selector.open();
        link.control().register(selector, null);
    }

    /// The worker is ready: there is time for what its start didn't need.
    void startServing() {
        serving = true;
        selector.wakeup();
    }

    /// Whether the parent has asked this worker to leave.
    boolean leaving() {
        return leaving;
    }

    /// Has what is in the outbox sent soon. Costs nothing while that goes on.
    void sendSoon() {
        if (!ticking) {
            ticking = true;
            selector.wakeup();
        }
    }

    /// An exit has begun: gives shutdown hooks their time, and no more.
    void exitBegan() {
        exiting = true;
        selector.wakeup();
    }

    /// Notes how far a task is; of several words within a moment the last is told.
    void tellProgress(long task, int item, double fraction, String note) {
        if (progress.getAndSet(ControlFrames.progress(task, item, fraction, note)) == null) {
            selector.wakeup();
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                awaitWork();
                Thread.interrupted();
                selector.selectedKeys().clear();
                step();
            }
        } catch (IOException gone) {
            Orphanage.halt(link.board());
        } catch (Throwable broken) {
            exhaustion.check(broken);
            broken.printStackTrace();
            Orphanage.halt(link.board());
        }
    }

    /// While the process exits this thread waits in Java: for one that waits in the kernel the JVM's exit takes 300 ms.
    private void awaitWork() throws IOException {
        if (exiting) {
            LockSupport.parkNanos(this, EXIT_TICK_NANOS);
            selector.selectNow();
        } else {
            selector.select(timeoutMillis());
        }
    }

    private void step() throws IOException {
        var control = link.control();
        if (!control.listen()) {
            Orphanage.halt(link.board());
        }
        while (control.frames().next()) {
            obey(control.frames().kind(), control.frames().body());
        }
        var word = progress.getAndSet(null);
        if (word != null) {
            control.say(word);
        }
        control.writeWaiting();
        tick();
        haltIfDue();
        if (serving && !settledIn) {
            settledIn = true;
            Orphanage.prepare(link.board());
            if (!endsOnSignal) {
                StopSignals.ignore();
            }
        }
    }

    private void obey(FrameKind kind, ByteBuffer body) throws IOException {
        switch (kind) {
            case PING -> {
                link.board().put(BoardLayout.BEAT_OFFSET, System.nanoTime());
                link.board().put(BoardLayout.HEAP_USED_OFFSET, HeapUse.now());
                link.control().say(ControlFrames.plain(FrameKind.PONG));
            }
            case INTERRUPT -> gate.interrupt(body.getLong(), body.getInt(), body.getInt());
            case DUMP -> tellStacks();
            case STOP -> {
                leaving = true;
                link.wakeUp();
            }
            case CLASS_PART, CLASS_END, CLASS_MISSING -> classes.answered(kind, body);
            default -> throw new ProtocolViolationException("The pool sent " + kind + " on the control connection");
        }
    }

    private void tellStacks() throws IOException {
        var stacks = Thread.getAllStackTraces();
        var report = StackReport.of(gate.taskThread(), stacks);
        if (Deadlock.isPossible(stacks)) {
            link.control().say(ControlFrames.stacksSoFar(report));
            report = Deadlock.find() + report;
        }
        link.control().say(ControlFrames.stacks(report));
    }

    private void tick() throws IOException {
        if (!ticking) {
            return;
        }
        if (link.outbox().hasUnsent()) {
            idleTicks = 0;
            link.outbox().flush();
        } else if (++idleTicks > TICKS_BEFORE_SLEEP) {
            idleTicks = 0;
            ticking = false;
            link.outbox().flush(); // of a task thread that saw the ticking go on
        }
    }

    private void haltIfDue() {
        if (!exiting) {
            return;
        }
        if (!haltIsDue) {
            haltIsDue = true;
            haltAtNanos = System.nanoTime() + killGraceNanos;
        } else if (System.nanoTime() - haltAtNanos >= 0) {
            cutOff();
        }
    }

    /// Hooks that hang keep nobody alive. Which ones they are is told after who called for the exit.
    private void cutOff() {
        try {
            if (link.board().mark() == ExitMark.EXITING) {
                link.board().mark(ExitMark.CUT_OFF);
                var caller = link.board().lastWords();
                link.board().lastWords(caller + HOOKS + StackReport.ofOthers(gate.taskThread()));
            }
        } finally {
            Runtime.getRuntime().halt(CUT_OFF_EXIT_CODE);
        }
    }

    private long timeoutMillis() {
        return ticking ? TICK_MILLIS : 0;
    }
}
