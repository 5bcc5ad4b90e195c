package dev.caisson.runtime;

import dev.caisson.PoolBrokenException;
import dev.caisson.TaskTimeoutException;
import dev.caisson.TaskTiming;
import dev.caisson.WorkerExitedException;
import dev.caisson.WorkerInfo;
import dev.caisson.WorkerOutOfMemoryException;
import dev.caisson.WorkerStartException;
import dev.caisson.codec.Failures;
import dev.caisson.codec.JdkCodec;
import dev.caisson.engine.Ending;
import dev.caisson.engine.KillReason;
import dev.caisson.process.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Words for what went wrong: what happened, the numbers, the likely cause, what to do.
///
/// @param pool the pool's name
record Diagnosis(String pool) {

    /// A JVM that runs out of memory exits with this, but then our mark says so.
    private static final int OUT_OF_MEMORY_CODE = 3;

    WorkerExitedException workerDied(Finish finish) {
        var seat = finish.piece().seat;
        var departure = finish.departure();
        if (departure == null || seat == null) {
            throw new IllegalStateException("No worker left, yet its death is the ending of " + finish.what());
        }
        return exited(departure, "while running " + finish.what() + attempt(finish.attempt()), seat.killReason);
    }

    WorkerExitedException exited(Departure departure, String when, @Nullable KillReason reason) {
        var death = departure.death();
        var worker = "Worker " + death.slot() + " (pid " + death.pid() + ")";
        var after = " after " + seconds(death.uptime()) + " " + when + ". ";
        if (departure.outOfMemory()) {
            return new WorkerOutOfMemoryException(
                    worker + " ran out of heap memory" + after
                            + "The task needs more than its worker's heap: raise maxHeap, or give the task less at a time."
                            + output(death.outputTail()),
                    death);
        }
        var code = new ExitCode(death.exitCode());
        var what = reason == KillReason.SILENT
                ? worker + " gave no sign of life and was killed" + after
                        + "It was stopped, or starved of CPU or memory: look at the machine's load, or raise silenceLimit."
                : reason == KillReason.ASKED
                        ? worker + " was ended by request" + after.stripTrailing()
                        : worker + " exited with code " + death.exitCode() + after + cause(departure, code);
        return new WorkerExitedException(what + report(departure) + output(death.outputTail()), death);
    }

    private static String cause(Departure departure, ExitCode code) {
        if (departure.violation().isPresent()) {
            return "The pool ended it for what it sent: "
                    + departure.violation().get();
        }
        if (departure.exiting()) {
            return "The task, or a library that it uses, called System.exit: look for the caller.";
        }
        if (departure.death().crashReport().isPresent()) {
            return "The JVM crashed"
                    + departure.death().signal().map(name -> " (" + name + ")").orElse("")
                    + ", mostly by native code: isolate or update the library in the problematic frame.";
        }
        if (code.value() == OUT_OF_MEMORY_CODE) {
            return "Its heap was not full, so something called Runtime.halt(" + code.value() + ").";
        }
        return code.meaning();
    }

    TaskTimeoutException queueLimit(Finish finish) {
        var limit = Duration.ofNanos(finish.piece().submission.terms().queueLimitNanos());
        var waited =
                Duration.ofNanos(finish.nowNanos() - finish.piece().submission.submittedNanos());
        return new TaskTimeoutException(
                capital(finish.what()) + " had not begun " + seconds(waited)
                        + " after it was submitted, more than its queueTimeLimit of "
                        + seconds(limit)
                        + ". It never ran. All workers were busy with earlier tasks: add workers, submit less at"
                        + " a time, or raise the limit.",
                TaskTimeoutException.Limit.QUEUE,
                waited,
                List.of(),
                null);
    }

    TaskTimeoutException hardLimit(Finish finish) {
        var limit = Duration.ofNanos(finish.piece().submission.terms().hardLimitNanos());
        var seat = finish.piece().seat;
        var worker =
                seat == null ? "" : seat.worker.info().map(Diagnosis::killed).orElse("");
        List<String> stacks = seat == null ? List.of() : seat.stacks;
        var hung = stacks.isEmpty()
                ? " It could not tell where it hung within 50 ms: its JVM was too busy, or just starting."
                : " Where it hung is shown below.";
        return new TaskTimeoutException(
                capital(finish.what()) + attempt(finish.attempt()) + " still ran " + seconds(finish.ran())
                        + " after it began, more than its timeLimit of " + seconds(limit) + "." + worker + hung,
                TaskTimeoutException.Limit.HARD,
                finish.ran(),
                stacks,
                null);
    }

    private static String killed(WorkerInfo worker) {
        return worker.pid() == ProcessHandle.current().pid()
                ? " It ran on a thread of this JVM (IN_PROCESS), which can't be killed: it was interrupted, and left behind."
                : " Worker " + worker.slot() + " (pid " + worker.pid() + ") was killed.";
    }

    String cancelled(Finish finish) {
        return finish.attempt() == 0
                ? capital(finish.what()) + " was cancelled before it began"
                : capital(finish.what()) + " was cancelled while it ran";
    }

    /// Why a worker was not ready in the end.
    WorkerStartException startFailed(Departure departure, @Nullable KillReason reason) {
        var death = departure.death();
        Throwable cause = null;
        String what;
        if (departure.startFailure() != null) {
            cause = Failures.read(
                    departure.startFailure().open(), JdkCodec.limited(), Diagnosis.class.getClassLoader());
            what = "the initializer failed in worker " + death.slot() + " (pid " + death.pid() + "): " + cause;
        } else if (reason == KillReason.START_LIMIT) {
            what = "worker " + death.slot() + " (pid " + death.pid()
                    + ") was not ready within the startTimeLimit, after " + seconds(death.uptime())
                    + ". Its JVM or its initializer hangs or is slow.";
        } else {
            what = "worker " + death.slot() + " (pid " + death.pid() + ") exited with code " + death.exitCode()
                    + " after " + seconds(death.uptime()) + ", before it was ready. "
                    + departure.violation().orElse(new ExitCode(death.exitCode()).meaning());
        }
        return new WorkerStartException(
                "A worker of pool " + pool + " could not be started: " + what + report(departure)
                        + output(death.outputTail()),
                departure.command(),
                OptionalInt.of(death.exitCode()),
                death.outputTail(),
                cause);
    }

    /// Why a worker's process could not even be created.
    WorkerStartException notLaunched(Throwable cause) {
        return new WorkerStartException(
                "A worker of pool " + pool + " could not be started: " + cause
                        + ". Check launchPrefix, javaHome, workingDirectory and the limits on processes and open files (ulimit -a).",
                List.of(),
                OptionalInt.empty(),
                List.of(),
                cause instanceof IOException || cause instanceof RuntimeException ? cause : new IOException(cause));
    }

    PoolBrokenException broken(@Nullable Throwable trouble) {
        return new PoolBrokenException(
                "Pool " + pool
                        + " is broken: its workers died more often than restartLimit allows, with no task to blame."
                        + " Nothing of this task has run. Mend the cause and open a new pool."
                        + (trouble == null ? "" : " The last time: " + trouble.getMessage()),
                trouble);
    }

    Settlement collapsed(Submission submission, Throwable bug) {
        var error = new PoolBrokenException(poolFailed(pool), bug);
        return new Settlement(
                Ending.POOL_BROKEN, 0, null, error, Optional.empty(), TaskTiming.submitted(submission.submittedAt()));
    }

    static String poolFailed(String pool) {
        return "Pool " + pool
                + " ended by a bug of its own: please report it with the cause below. The task may have run.";
    }

    private static String report(Departure departure) {
        return departure
                .death()
                .crashReport()
                .map(text -> " The JVM's crash report:\n" + text)
                .orElse("");
    }

    private static String output(List<String> tail) {
        return tail.isEmpty() ? " It printed nothing." : " Last output:\n  " + String.join("\n  ", tail);
    }

    private static String attempt(int attempt) {
        return attempt > 1 ? ", attempt " + attempt + "," : "";
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /// Such as `12.4 s`, or `350 ms`.
    static String seconds(Duration duration) {
        long millis = duration.toMillis();
        return millis < 1000 ? millis + " ms" : millis / 1000 + "." + millis % 1000 / 100 + " s";
    }
}
