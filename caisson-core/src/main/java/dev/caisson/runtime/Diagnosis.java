package dev.caisson.runtime;

import dev.caisson.PoolBrokenException;
import dev.caisson.TaskTiming;
import dev.caisson.WorkerExitedException;
import dev.caisson.WorkerOutOfMemoryException;
import dev.caisson.WorkerStartException;
import dev.caisson.codec.Failures;
import dev.caisson.engine.Ending;
import dev.caisson.engine.KillReason;
import dev.caisson.engine.RetryTerms;
import dev.caisson.fleet.Departure;
import dev.caisson.fleet.Shortage;
import dev.caisson.memory.Scarcity;
import dev.caisson.settings.Durations;
import dev.caisson.settings.PoolSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Words for what went wrong: what happened, the numbers, the likely cause, what to do.
///
/// What is made of a worker's death is made by way of a [GuardedDiagnosis], never under the pool's lock.
///
/// @param pool the pool's name
/// @param limits the pool's limits
/// @param startFailures reads what initializers threw
record Diagnosis(String pool, PoolSettings.Limits limits, StartFailureReader startFailures) {

    WorkerExitedException workerDied(Finish finish) {
        var seat = finish.seat();
        if (seat == null) {
            throw new IllegalStateException("No worker left, yet its death is the ending of " + finish.what());
        }
        var departure = finish.departure();
        if (departure == null) {
            departure = Departure.unheard(seat.worker.info().orElseThrow());
        }
        var when = "while running " + finish.what() + finish.attemptText(RetryTerms::afterDeath);
        return exited(
                departure, finish.quarantine().map(why -> when + ". " + why).orElse(when), "The task", seat.killReason);
    }

    /// Why a worker left that ran no task.
    WorkerExitedException diedIdle(Departure departure, @Nullable KillReason reason) {
        var culprit = "A thread that " + (departure.death().tasksRun() > 0 ? "an earlier task" : "its initializer")
                + " left running";
        return exited(departure, "while it was idle", culprit, reason);
    }

    private WorkerExitedException exited(
            Departure departure, String when, String culprit, @Nullable KillReason reason) {
        var death = departure.death();
        var story = story(departure);
        var after = story.after() + ", " + when + ".";
        if (departure.excess().isPresent()) {
            var excess = departure.excess().get();
            return new WorkerOutOfMemoryException(
                    text(
                            story.who() + " was killed",
                            after,
                            "It held " + excess.resident() + " of memory, more than its memoryLimit of "
                                    + excess.limit()
                                    + ". Heap, stacks, native memory and buffers count alike: raise memoryLimit, lower"
                                    + " maxHeap, or give the task less at a time.",
                            story.traces()),
                    death);
        }
        if (departure.exhausted().isPresent()) {
            return new WorkerOutOfMemoryException(
                    text(
                            story.who() + " ran out of memory ("
                                    + departure.exhausted().get() + ")",
                            after,
                            story.cause(culprit),
                            story.traces()),
                    death);
        }
        if (reason == KillReason.SILENT) {
            return new WorkerExitedException(
                    text(
                            story.who() + " gave no sign of life for the silenceLimit of "
                                    + Durations.text(limits.silence()) + " and was killed",
                            after,
                            story.stillness(),
                            story.traces()),
                    death);
        }
        if (reason == KillReason.ASKED) {
            return new WorkerExitedException(text(story.who() + " was ended by request", after, story.traces()), death);
        }
        return new WorkerExitedException(
                text(
                        story.who() + " exited with code " + death.exitCode(),
                        after,
                        story.cause(culprit),
                        story.traces()),
                death);
    }

    /// What the log says when first tasks get more time.
    String coldWorkers(Duration allowance) {
        return "In pool " + pool + " the first task of a worker was killed at its timeLimit, and now that of another"
                + " has run into it, too: workers may be cold, and have to load classes within that limit. From now on"
                + " first tasks that run into their limit get a firstTaskAllowance of " + Durations.text(allowance)
                + " as long as that helps. Better: have the initializer do what a first task would load.";
    }

    String cancelled(Finish finish) {
        var when = finish.attempt() == 0
                ? "before it began"
                : finish.isBetweenAttempts() ? "while it waited for attempt " + (finish.attempt() + 1) : "while it ran";
        return capital(finish.what()) + " was cancelled " + when;
    }

    /// Why a worker was not ready in the end.
    WorkerStartException startFailed(Departure departure, @Nullable KillReason reason) {
        var death = departure.death();
        var story = story(departure);
        var who = "worker " + death.slot() + " (pid " + death.pid() + ")";
        @Nullable Throwable cause = null;
        String what;
        if (departure.startFailure() != null) {
            cause = startFailures.read(departure.startFailure());
            what = "the initializer failed in " + who + ": "
                    + Failures.described(departure.startFailure().open()).getMessage() + ".";
        } else if (reason == KillReason.START_LIMIT) {
            what = who + " was not ready within the startTimeLimit of " + Durations.text(limits.start())
                    + ". "
                    + departure
                            .shortage()
                            .map(Shortage::remedy)
                            .orElse("Its JVM or its initializer hangs, or is slow.");
        } else {
            what = who
                    + (departure.exhausted().isPresent()
                            ? " ran out of memory (" + departure.exhausted().get() + ")"
                            : " exited with code " + death.exitCode())
                    + " after " + Durations.text(death.uptime()) + ", before it was ready. "
                    + story.cause("The initializer");
        }
        return new WorkerStartException(
                text("A worker of pool " + pool + " could not be started: " + what, story.traces()),
                departure.command(),
                OptionalInt.of(death.exitCode()),
                death.outputTail(),
                cause);
    }

    /// Why a worker's process could not even be created.
    WorkerStartException notLaunched(Throwable cause) {
        var failure = new LaunchFailure(cause);
        return new WorkerStartException(
                text("A worker of pool " + pool + " could not be started: " + failure.what() + ".", failure.remedy()),
                List.of(),
                OptionalInt.empty(),
                List.of(),
                cause instanceof IOException || cause instanceof RuntimeException ? cause : new IOException(cause));
    }

    /// @param attempts how often the task had begun before
    PoolBrokenException broken(@Nullable Throwable trouble, int attempts) {
        return new PoolBrokenException(
                "Pool " + pool
                        + " is broken: its workers died more often than restartLimit allows ("
                        + limits.restartDeaths() + " in " + Durations.text(limits.restartWindow())
                        + "), or in a way that no other try would change, with no task to blame."
                        + (attempts == 0
                                ? " Nothing of this task has run."
                                : " This task had begun before, and waited to be run again.")
                        + " Mend the cause and open a new pool."
                        + (trouble == null ? "" : " The last time: " + trouble.getMessage()),
                trouble);
    }

    Settlement collapsed(Submission submission, int attempts, Throwable bug) {
        var error = new PoolBrokenException(poolFailed(pool, bug), bug);
        return new Settlement(
                Ending.POOL_BROKEN,
                "",
                attempts,
                null,
                error,
                List.of(),
                Optional.empty(),
                TaskTiming.submitted(submission.submittedAt()),
                null);
    }

    /// @param cause what was thrown in the middle of a decision
    static String poolFailed(String pool, Throwable cause) {
        return "Pool " + pool
                + (Scarcity.isCauseOf(cause)
                        ? " has ended, since this process, not a worker, ran out of memory in the middle of a decision of the"
                                + " pool, which can be neither undone nor repeated: " + cause.getMessage()
                                + ". Raise -Xmx of this process, or hold less in it, and open a new pool. The task may"
                                + " have run."
                        : " ended by a bug of its own: please report it with the cause below. The task may have run.");
    }

    private DeathStory story(Departure departure) {
        return new DeathStory(departure, limits.killGrace());
    }

    /// Parts of a message, one after the other.
    static String text(String... parts) {
        var text = new StringBuilder();
        for (var part : parts) {
            if (!part.isEmpty()) {
                boolean onNewLine = text.isEmpty() || text.charAt(text.length() - 1) == '\n';
                text.append(onNewLine ? "" : " ").append(part);
            }
        }
        return text.toString();
    }

    static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
