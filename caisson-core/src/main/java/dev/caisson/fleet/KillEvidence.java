package dev.caisson.fleet;

import dev.caisson.process.MemoryKills;
import dev.caisson.process.VitalSigns;
import java.util.Optional;
import java.util.OptionalLong;

/// What the system tells of a process around its end: how it was before the pool killed it, and whether the kernel
/// killed for lack of memory while it ran. Thread-safe.
final class KillEvidence {

    private volatile Optional<VitalSigns> lastSight = Optional.empty();
    private volatile OptionalLong memoryKillsBefore = OptionalLong.empty();

    void started() {
        memoryKillsBefore = MemoryKills.count();
    }

    /// Called before each kill; the first one counts.
    void look(long pid) {
        if (lastSight.isEmpty()) {
            lastSight = VitalSigns.of(pid);
        }
    }

    Optional<VitalSigns> lastSight() {
        return lastSight;
    }

    boolean hasMemoryKills() {
        return memoryKillsBefore.isPresent() && MemoryKills.count().orElse(0) > memoryKillsBefore.getAsLong();
    }
}
