package dev.caisson.runtime;

import dev.caisson.TaskTimeoutException;
import dev.caisson.TaskTimeoutException.Limit;
import dev.caisson.WorkerInfo;
import dev.caisson.engine.RetryTerms;
import dev.caisson.process.VitalSigns;
import dev.caisson.settings.Durations;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A limit that ended an item, in words.
///
/// @param finish the end of the item
/// @param killGrace how long shutdown hooks may take
record TimeOut(Finish finish, Duration killGrace) {

    /// How a worker's stacks begin if they have one.
    private static final String DEADLOCK = "Deadlock: ";

    TaskTimeoutException queue() {
        var limit = Duration.ofNanos(finish.piece().submission.terms().queueLimitNanos());
        var cause = finish.servers() > 0
                ? "All workers were busy with earlier tasks: add workers, submit less at a time, or raise the limit."
                : "No worker was ready yet to take tasks: they were starting, which includes the initializer, or could"
                        + " not be started. Raise the limit, or wait for a first task before you set one.";
        return new TaskTimeoutException(
                Diagnosis.text(
                        Diagnosis.capital(finish.what()) + " had not begun " + Durations.text(sinceSubmit())
                                + " after it was submitted, more than its queueTimeLimit of " + Durations.text(limit)
                                + ". It never ran.",
                        cause,
                        finish.servers() > 0 || finish.poolTrouble() == null
                                ? ""
                                : "The last trouble with a worker: "
                                        + finish.poolTrouble().getMessage()),
                Limit.QUEUE,
                sinceSubmit(),
                List.of(),
                null);
    }

    TaskTimeoutException hard() {
        var limit = Duration.ofNanos(finish.piece().submission.terms().hardLimitNanos());
        return new TaskTimeoutException(
                Diagnosis.text(
                        Diagnosis.capital(finish.what()) + finish.attemptText(RetryTerms::afterTimeOut) + " still ran "
                                + Durations.text(finish.ran()) + " after it began, more than its timeLimit of "
                                + Durations.text(limit) + allowance() + ".",
                        cutOff(Diagnosis.text(
                                coldStart(),
                                finish.quarantine().map(why -> why + ".").orElse("")))),
                Limit.HARD,
                finish.ran(),
                stacks(),
                null,
                isFirst());
    }

    TaskTimeoutException total() {
        var limit = Duration.ofNanos(finish.piece().submission.terms().totalLimitNanos());
        boolean ran = finish.piece().condemned;
        return new TaskTimeoutException(
                Diagnosis.text(
                        Diagnosis.capital(finish.what()) + (ran ? finish.attemptText(_ -> false) : "")
                                + " had not ended "
                                + Durations.text(sinceSubmit())
                                + " after it was submitted, more than its totalTimeLimit of "
                                + Durations.text(limit) + " for all its attempts.",
                        ran ? cutOff("") : whereItWaited()),
                Limit.TOTAL,
                sinceSubmit(),
                ran ? stacks() : List.of(),
                null,
                ran && isFirst());
    }

    private String whereItWaited() {
        return finish.attempt() == 0 ? "It never ran." : "It was waiting for attempt " + (finish.attempt() + 1) + ".";
    }

    /// What became of the worker that ran on beyond a limit, and what is known of the task there.
    private String cutOff(String besides) {
        var seat = finish.seat();
        @Nullable DeathStory story = finish.departure() == null ? null : new DeathStory(finish.departure(), killGrace);
        var hung = !stacks().isEmpty() ? whereItHung() : story == null ? DeathStory.SILENT : story.silence();
        return Diagnosis.text(
                seat == null ? "" : seat.worker.info().map(TimeOut::killed).orElse(""),
                besides,
                story == null ? "" : story.memory(),
                hung);
    }

    /// Whether the worker has run nothing before it, as far as is known.
    private boolean isFirst() {
        return finish.departure() != null && finish.departure().death().tasksRun() == 0;
    }

    private String allowance() {
        var seat = finish.seat();
        return seat == null || seat.allowance.isZero() || !isFirst()
                ? ""
                : " and the firstTaskAllowance of " + Durations.text(seat.allowance);
    }

    private String coldStart() {
        var departure = finish.departure();
        if (departure == null || !isFirst()) {
            return "";
        }
        if (departure.death().pid() == ProcessHandle.current().pid()) {
            return ""; // a thread of this JVM starts warm
        }
        var cpu = departure.lastSight().map(VitalSigns::cpu).orElse(Duration.ZERO);
        return "It was the first task of this worker"
                + (cpu.isZero()
                        ? ""
                        : ", which got " + Durations.text(cpu) + " of CPU in "
                                + Durations.text(departure.death().uptime()))
                + ": such a task loads its classes within its limit. If others like it take less in a worker that is"
                + " warm, have the initializer do what a first task would, or raise the limit.";
    }

    private String whereItHung() {
        var first = stacks().getFirst();
        return first.startsWith(DEADLOCK)
                ? "It is a deadlock, threads that wait for each other's locks for ever: "
                        + first.substring(DEADLOCK.length()) + ". Where they are is shown below."
                : "Where it hung is shown below.";
    }

    private List<String> stacks() {
        return finish.seat() == null ? List.of() : finish.seat().stacks;
    }

    private Duration sinceSubmit() {
        return Duration.ofNanos(finish.nowNanos() - finish.piece().submission.submittedNanos());
    }

    private static String killed(WorkerInfo worker) {
        return worker.pid() == ProcessHandle.current().pid()
                ? "It ran on a thread of this JVM (IN_PROCESS), which can't be killed: it was interrupted, and left behind."
                : "Worker " + worker.slot() + " (pid " + worker.pid() + ") was killed.";
    }
}
