package dev.caisson.testkit;

import dev.caisson.runtime.Conductor;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Performs what is due in virtual time, one event after the other, on the thread that calls. Thread-safe: whoever
/// comes second waits.
final class SimulationLoop {

    /// Who was just woken by an event must not find that a limit has struck before it could say a word.
    private static final Duration LONG_LEAP = Duration.ofSeconds(1);

    private static final Duration BEFORE_LONG_LEAP = Duration.ofMillis(2);

    /// If nothing has happened for so long, nothing will: only pings are left.
    private static final long HORIZON_NANOS = Duration.ofDays(366).toNanos();

    // Not a monitor: a thread that waits for one looks as if it were about to run.
    private final ReentrantLock lock = new ReentrantLock();
    private final VirtualTime time;
    private final Participants participants;
    private final EventTrace trace;
    private final Conductor conductor;

    /// Whether anyone waits for anything.
    private final BooleanSupplier wanted;

    SimulationLoop(
            VirtualTime time,
            Participants participants,
            EventTrace trace,
            Conductor conductor,
            BooleanSupplier wanted) {
        this.time = time;
        this.participants = participants;
        this.trace = trace;
        this.conductor = conductor;
        this.wanted = wanted;
    }

    /// Goes on until nobody waits for anything.
    ///
    /// @return false if somebody does, and nothing more will happen
    boolean runUntilIdle() {
        lock.lock();
        try {
            while (!isIdle()) {
                if (!step(trace.lastNanos() + HORIZON_NANOS)) {
                    return isIdle();
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Performs all that is due within a span, and moves to its end.
    void advance(Duration span) {
        lock.lock();
        try {
            long end = time.nanos() + span.toNanos();
            boolean more = true;
            while (more) {
                more = step(end);
            }
            time.moveTo(end);
        } finally {
            lock.unlock();
        }
    }

    private boolean isIdle() {
        participants.awaitQuiet();
        return !time.hasEvents() && !wanted.getAsBoolean();
    }

    private boolean step(long limitNanos) {
        participants.awaitQuiet();
        if (time.next() - time.nanos() >= LONG_LEAP.toNanos()) {
            participants.awaitQuietFor(BEFORE_LONG_LEAP);
        }
        var event = time.take(limitNanos, conductor::timeReached);
        if (event == null) {
            return false;
        }
        event.run();
        return true;
    }
}
