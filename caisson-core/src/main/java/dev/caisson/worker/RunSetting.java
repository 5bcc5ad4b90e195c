package dev.caisson.worker;

import dev.caisson.protocol.AssignmentHead;
import dev.caisson.transport.Outbox;
import java.io.IOException;

/// The surroundings of an item while it runs: name and state of the thread, who prints, who may be interrupted; and
/// when what it published is sent. Task thread only.
final class RunSetting {

    private static final long WORTH_A_CALL_NANOS = 200_000;

    private final String threadName;
    private final InterruptGate gate;
    private final TaggedOutput.Printing printing;
    private final ControlLoop control;
    private final HeapExhaustion exhaustion;
    private final Outbox outbox;
    private final OwnIdentity identity;
    private final ClassLoader loader = ClassLoader.getSystemClassLoader();

    private long lastSentNanos;

    RunSetting(
            String threadName,
            InterruptGate gate,
            TaggedOutput.Printing printing,
            ControlLoop control,
            HeapExhaustion exhaustion,
            Outbox outbox,
            OwnIdentity identity) {
        this.threadName = threadName;
        this.gate = gate;
        this.printing = printing;
        this.control = control;
        this.exhaustion = exhaustion;
        this.outbox = outbox;
        this.identity = identity;
    }

    HeapExhaustion exhaustion() {
        return exhaustion;
    }

    /// Names the thread after what it is about to run, for whoever looks at it from outside.
    void nameThread(AssignmentHead head) {
        // A builder, because each first `+` of its kind makes a young JVM spin classes.
        var name = new StringBuilder(threadName).append(" task ").append(head.origin());
        if (head.label() != null) {
            name.append(" '").append(head.label()).append('\'');
        }
        if (head.correlationId() != null) {
            name.append(" [").append(head.correlationId()).append(']');
        }
        Thread.currentThread().setName(name.toString());
    }

    /// Prepares for an item.
    RunningItem enter(AssignmentHead head, int item, long beganNanos, ClassLoader classes) {
        if (classes != loader) {
            Thread.currentThread().setContextClassLoader(classes);
        }
        var running = new RunningItem(head, item, beganNanos, control, identity);
        printing.begin(head.origin());
        gate.enter(running);
        return running;
    }

    /// What is printed from here on is the item's, whoever prints it.
    void markOutput() {
        printing.mark();
    }

    /// Makes the thread what it was before the item.
    @SuppressWarnings("ThreadPriorityCheck") // a task may have changed it
    void leave() {
        gate.leave();
        printing.end();
        var thread = Thread.currentThread();
        if (thread.getContextClassLoader() != loader) {
            thread.setContextClassLoader(loader);
        }
        if (thread.getPriority() != Thread.NORM_PRIORITY) {
            thread.setPriority(Thread.NORM_PRIORITY);
        }
    }

    /// Sends what was published, or has it sent soon when more will come at once: one call for many small results.
    void sendWhenWorthIt(long nowNanos) throws IOException {
        if (nowNanos - lastSentNanos > WORTH_A_CALL_NANOS) {
            lastSentNanos = nowNanos;
            sendNow();
        } else {
            control.sendSoon();
        }
    }

    /// Sends what was published; what the kernel doesn't take follows soon.
    void sendNow() throws IOException {
        if (!outbox.flush()) {
            control.sendSoon();
        }
    }
}
