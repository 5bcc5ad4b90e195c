package dev.caisson.fleet;

import dev.caisson.WorkerInfo;
import dev.caisson.process.WorkerProcess;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who a worker is that is a process: what it was started as, and who it says it is. Thread-safe.
final class Identity {

    private final int slot;
    private @Nullable WorkerProcess process;
    private volatile @Nullable WorkerInfo info;
    private volatile long ownPid;

    Identity(int slot) {
        this.slot = slot;
    }

    synchronized void started(WorkerProcess started, Instant startedAt) {
        process = started;
        info = new WorkerInfo(started.pid(), WorkerInfo.THIS_HOST, slot, startedAt);
        adoptOwnPid();
    }

    synchronized void connected(long pid) {
        ownPid = pid;
        adoptOwnPid();
    }

    /// Another process takes its place.
    void startsAgain() {
        ownPid = 0;
    }

    /// Behind a launch prefix the JVM may be another process than the one that was started. In a namespace of its own
    /// its number means nothing here, or somebody else: then the one of the started processes counts that the system
    /// knows to have that number there; or, where the system doesn't tell, the started process.
    private void adoptOwnPid() {
        var known = info;
        long own = ownPid;
        if (known == null || process == null || own == 0 || own == known.pid()) {
            return;
        }
        if (process.isAncestorOf(own)) {
            info = new WorkerInfo(own, WorkerInfo.THIS_HOST, slot, known.startedAt());
        } else {
            process.descendantKnownToItselfAs(own)
                    .ifPresent(pid -> info = new WorkerInfo(pid, WorkerInfo.THIS_HOST, slot, known.startedAt()));
        }
    }

    /// Empty before it has been started.
    Optional<WorkerInfo> info() {
        return Optional.ofNullable(info);
    }

    /// @param pid what the process was started as, in case no more is known
    WorkerInfo infoOr(long pid) {
        var known = info;
        return known != null ? known : new WorkerInfo(pid, WorkerInfo.THIS_HOST, slot, Instant.now());
    }

    /// Its process id as it knows it, 0 before it has connected.
    long ownPid() {
        return ownPid;
    }
}
