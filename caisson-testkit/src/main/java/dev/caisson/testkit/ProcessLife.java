package dev.caisson.testkit;

import dev.caisson.WorkerDeath;
import dev.caisson.WorkerInfo;
import dev.caisson.fleet.Departure;
import dev.caisson.protocol.ExitMark;
import dev.caisson.testkit.Deed.Manner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is known of a simulated process from its start on. Guarded by its worker.
final class ProcessLife {

    private static final String HOST = "localhost";

    private final SimulatedFleet fleet;
    private final int start;
    private final WorkerInfo info;
    private long itemsDone;

    ProcessLife(int slot, SimulatedFleet fleet) {
        this.fleet = fleet;
        this.start = fleet.nextStart();
        this.info = new WorkerInfo(
                SimulatedFleet.pid(start), HOST, slot, fleet.time().instant());
    }

    WorkerInfo info() {
        return info;
    }

    boolean startFails() {
        return start < fleet.plan().failingStarts();
    }

    void itemDone() {
        itemsDone++;
    }

    Departure departure(ProcessEnd end) {
        var death = new WorkerDeath(
                info.pid(),
                info.slot(),
                end.code(),
                end.signal(),
                Duration.between(info.startedAt(), fleet.time().instant()),
                itemsDone,
                end.output(),
                Optional.empty());
        return Departure.simple(death, mark(end.manner()), end.startFailure(), List.of("(simulated)"));
    }

    private static ExitMark mark(Manner manner) {
        return manner == Manner.OUT_OF_MEMORY
                ? ExitMark.OUT_OF_MEMORY
                : manner == Manner.SYSTEM_EXIT ? ExitMark.EXITING : ExitMark.NONE;
    }
}
