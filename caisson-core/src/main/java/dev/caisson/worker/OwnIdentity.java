package dev.caisson.worker;

import dev.caisson.WorkerInfo;
import dev.caisson.protocol.WorkerSettings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which worker this process is, put together when it is first asked for. Thread-safe.
final class OwnIdentity {

    private final int slot;
    private final long startedAtMillis;
    private volatile @Nullable WorkerInfo worker;

    OwnIdentity(WorkerSettings settings) {
        slot = settings.slot();
        startedAtMillis = settings.startedAtMillis();
    }

    WorkerInfo worker() {
        var known = worker;
        if (known == null) {
            known = new WorkerInfo(OwnPid.read(), WorkerInfo.THIS_HOST, slot, Instant.ofEpochMilli(startedAtMillis));
            worker = known;
        }
        return known;
    }
}
