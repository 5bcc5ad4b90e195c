package dev.caisson.runtime;

import dev.caisson.memory.Pause;
import dev.caisson.memory.Remark;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.LockSupport;

/// The one timer of a pool: a thread that sleeps until the engine's next deadline.
public final class PoolTimer implements Alarm {

    private final Thread thread;
    private final Clock clock;
    private final Runnable strike;
    private final Pause pause = new Pause();

    /// Written under the pool's lock, read by the thread.
    private volatile long deadlineNanos = Long.MAX_VALUE;

    private volatile boolean ended;

    /// @param strike runs on the timer's thread when the deadline has come; must move the alarm
    public PoolTimer(String name, Clock clock, Runnable strike) {
        this.clock = clock;
        this.strike = strike;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Lets the thread end.
    public void end() {
        ended = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void setTo(long deadlineNanos) {
        long before = this.deadlineNanos;
        this.deadlineNanos = deadlineNanos;
        if (isBefore(deadlineNanos, before)) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!ended) {
            long deadline = deadlineNanos;
            long left = deadline == Long.MAX_VALUE ? Long.MAX_VALUE : deadline - clock.nanos();
            if (left == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else if (left > 0) {
                LockSupport.parkNanos(this, left);
            } else {
                strike();
            }
        }
    }

    /// The timer outlives whatever is thrown: all limits of the pool hang on it.
    private void strike() {
        try {
            strike.run();
            pause.reset();
        } catch (RuntimeException | Error failure) {
            Remark.log(
                    PoolTimer.class,
                    Level.ERROR,
                    "What was due in a pool could not be done, and is tried again",
                    failure);
            pause.take();
        }
    }

    private static boolean isBefore(long deadline, long other) {
        return deadline != Long.MAX_VALUE && (other == Long.MAX_VALUE || deadline - other < 0);
    }
}
