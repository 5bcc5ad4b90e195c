package dev.caisson.fleet;

import dev.caisson.WorkerDeath;
import dev.caisson.WorkerInfo;
import dev.caisson.WorkerMemory;
import dev.caisson.memory.Remark;
import dev.caisson.memory.Scarcity;
import dev.caisson.process.CrashReport;
import dev.caisson.process.ExitCode;
import dev.caisson.process.VitalSigns;
import dev.caisson.process.WorkerProcess;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.ExitMark;
import dev.caisson.settings.Durations;
import dev.caisson.settings.PoolSettings;
import dev.caisson.transport.WorkerChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Puts together how a worker's process left, from its exit, its board and its output.
///
/// @param ownPid as the JVM itself knows it, 0 if it never said: its crash report is named so
/// @param itemsDone how many it had run
/// @param link whose board holds what it noted about its end
/// @param lastSight how the process was before it was killed
/// @param memoryKills whether the kernel has killed for lack of memory since the worker was started
/// @param violation what was wrong with what it sent, if the pool ended it for that
/// @param startFailure what its initializer threw, encoded; null if that did not fail
/// @param excess the memory that it was killed for
record Obituary(
        PoolSettings settings,
        WorkerInfo worker,
        long ownPid,
        long itemsDone,
        WorkerChannel link,
        Optional<VitalSigns> lastSight,
        boolean memoryKills,
        Optional<String> violation,
        @Nullable Encoded startFailure,
        List<String> command,
        Optional<MemoryExcess> excess) {

    private static final System.Logger LOG = System.getLogger(Obituary.class.getName());

    /// Whatever a worker left that can't be put together: its exit is told.
    static Departure written(Supplier<Departure> whole, WorkerInfo worker, ExitCode code) {
        try {
            return whole.get();
        } catch (RuntimeException | Error failure) {
            if (Scarcity.isCauseOf(failure)) {
                throw failure; // and is tried again
            }
            Remark.log(Obituary.class, System.Logger.Level.ERROR, "What ended a worker can't be told", failure);
            return Departure.untold(worker, code);
        }
    }

    Departure write(Path folder, WorkerProcess gone, ExitCode code) {
        var report = CrashReport.take(folder, ownPid != 0 ? ownPid : gone.pid());
        var death = new WorkerDeath(
                worker.pid(),
                worker.slot(),
                code.value(),
                code.signal().or(() -> report.flatMap(CrashReport::signal)),
                Duration.between(gone.startedAt(), Instant.now()),
                itemsDone,
                gone.outputTail(),
                report.map(CrashReport::text),
                memory());
        var mark = link.exitMark();
        if (mark == ExitMark.FINALIZER_FAILED || mark == ExitMark.FINALIZER_LATE) {
            warnOfFinalizer(death, mark);
        }
        return new Departure(
                death,
                mark,
                link.lastWords(),
                lastSight,
                memoryKills,
                mark == ExitMark.INITIALIZER_LATE
                        ? Optional.of(initializerWasLate())
                        : link.breach()
                                .or(() -> violation.map("The pool ended it for what it sent. "::concat))
                                .map(text -> text + "."),
                startFailure,
                command,
                excess);
    }

    private WorkerMemory memory() {
        return new WorkerMemory(
                lastSight.map(VitalSigns::residentBytes).orElse(0L),
                lastSight.map(VitalSigns::peakBytes).orElse(0L),
                Math.max(0, link.heapBytes()),
                Math.max(0, link.heapLimitBytes()));
    }

    private String initializerWasLate() {
        return "Its initializer was not done within its limit of "
                + settings.hooks().initializerLimit().map(Durations::text).orElse("none")
                + ": raise the limit, or see in its last output where it hung.";
    }

    private void warnOfFinalizer(WorkerDeath death, ExitMark mark) {
        LOG.log(
                System.Logger.Level.WARNING,
                "The finalizer of worker {0} (pid {1}) of pool {2} {3}. No result is lost. Last output:\n  {4}",
                worker.slot(),
                Long.toString(worker.pid()),
                settings.name(),
                mark == ExitMark.FINALIZER_FAILED
                        ? "failed"
                        : "was not done within its limit of "
                                + Durations.text(settings.hooks().finalizerLimit()),
                String.join("\n  ", death.outputTail()));
    }
}
