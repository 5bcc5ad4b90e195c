package dev.caisson.testkit;

import dev.caisson.testkit.Deed.Manner;
import java.time.Duration;
import java.util.Objects;

/// What a task does in a [SimulatedPool], in virtual time: how long it takes, and how it goes wrong.
///
/// A script first lets time pass, as if the task began with a `Thread.sleep`; so an interrupt, by a soft limit or a
/// cancel, ends it with an [InterruptedException] unless the script [ignores interrupts][#ignoringInterrupts()]. Then
/// comes the deed: the task's own code, or what is put in its place. A task without a script takes
/// [1 ms][#DEFAULT_TIME] and runs its own code.
///
/// ```java
/// TaskScript.takes(Duration.ofMinutes(5))
/// TaskScript.hangs().ignoringInterrupts()
/// TaskScript.crashes(139).after(Duration.ofSeconds(20)).once()     // and a retry goes well
/// ```
///
/// Immutable.
public final class TaskScript {

    /// How long a task takes if nothing else is said: 1 ms.
    public static final Duration DEFAULT_TIME = Duration.ofMillis(1);

    private static final int OUT_OF_MEMORY_CODE = 3;

    static final TaskScript DEFAULT = new TaskScript(new Deed.Run(), DEFAULT_TIME, false, Integer.MAX_VALUE);

    private final Deed deed;
    private final Duration time;
    private final boolean ignoresInterrupts;
    private final int attempts;

    private TaskScript(Deed deed, Duration time, boolean ignoresInterrupts, int attempts) {
        this.deed = deed;
        this.time = time;
        this.ignoresInterrupts = ignoresInterrupts;
        this.attempts = attempts;
    }

    /// The task runs its own code, after so much virtual time.
    ///
    /// @param time zero or more
    /// @return the script
    public static TaskScript takes(Duration time) {
        return DEFAULT.after(time);
    }

    /// The task never returns. Its worker is well otherwise.
    ///
    /// @return the script
    public static TaskScript hangs() {
        return of(new Deed.Hang());
    }

    /// The task's whole process stands still, as after a SIGSTOP: it answers nothing, so that the pool's silence limit
    /// strikes if no time limit does.
    ///
    /// @return the script
    public static TaskScript freezes() {
        return of(new Deed.Freeze());
    }

    /// The task throws, in place of its own code. The error travels as it would from a real worker.
    ///
    /// @param error what it throws
    /// @return the script
    public static TaskScript fails(Throwable error) {
        return of(new Deed.Fail(Objects.requireNonNull(error, "error")));
    }

    /// The task's process ends abruptly, in place of the task's own code.
    ///
    /// @param exitCode from 0 to 255; 128 and a signal's number if a signal ends it: 139 for a crash in native
    /// code, 137
    ///     for the system's own hand when memory is short
    /// @return the script
    public static TaskScript crashes(int exitCode) {
        return of(new Deed.Exit(code(exitCode), Manner.CRASH));
    }

    /// The task's process ends abruptly right after the task's result was written. The task has succeeded; what was
    /// sent to that worker and had not begun runs elsewhere.
    ///
    /// @param exitCode as in [#crashes(int)]
    /// @return the script
    public static TaskScript crashesAfterResult(int exitCode) {
        return of(new Deed.RunAndExit(code(exitCode)));
    }

    /// The task, or a library that it uses, calls `System.exit`. (Code that really calls it ends the test's own JVM.)
    ///
    /// @param exitCode from 0 to 255
    /// @return the script
    public static TaskScript exits(int exitCode) {
        return of(new Deed.Exit(code(exitCode), Manner.SYSTEM_EXIT));
    }

    /// The task uses up its worker's heap. The same follows if its own code throws an [OutOfMemoryError].
    ///
    /// @return the script
    public static TaskScript runsOutOfMemory() {
        return of(outOfMemory());
    }

    static Deed.Exit outOfMemory() {
        return new Deed.Exit(OUT_OF_MEMORY_CODE, Manner.OUT_OF_MEMORY);
    }

    /// Sets how much virtual time passes before the deed. Default: 1 ms.
    ///
    /// @param time zero or more
    /// @return a changed copy
    public TaskScript after(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("A task can't take " + time + ": zero or more");
        }
        return new TaskScript(deed, time, ignoresInterrupts, attempts);
    }

    /// Makes the task go on when it is interrupted, so that only a kill ends it early.
    ///
    /// @return a changed copy
    public TaskScript ignoringInterrupts() {
        return new TaskScript(deed, time, true, attempts);
    }

    /// Limits the script to a task's first attempt: a retry does what tasks without a script do.
    ///
    /// @return a changed copy
    public TaskScript once() {
        return times(1);
    }

    /// Limits the script to a task's first attempts: later ones do what tasks without a script do.
    ///
    /// @param attempts 1 or more
    /// @return a changed copy
    public TaskScript times(int attempts) {
        if (attempts < 1) {
            throw new IllegalArgumentException("times(" + attempts + "): a script is for 1 attempt or more");
        }
        return new TaskScript(deed, time, ignoresInterrupts, attempts);
    }

    Deed deed() {
        return deed;
    }

    Duration time() {
        return time;
    }

    boolean ignoresInterrupts() {
        return ignoresInterrupts;
    }

    boolean isFor(int attempt) {
        return attempt <= attempts;
    }

    @Override
    public String toString() {
        return deed + " after " + time;
    }

    private static TaskScript of(Deed deed) {
        return new TaskScript(deed, DEFAULT_TIME, false, Integer.MAX_VALUE);
    }

    private static int code(int exitCode) {
        if (exitCode < 0 || exitCode > 255) {
            throw new IllegalArgumentException(
                    "No process exits with code " + exitCode + ": 0 to 255. For a signal it is 128 and its number");
        }
        return exitCode;
    }
}
