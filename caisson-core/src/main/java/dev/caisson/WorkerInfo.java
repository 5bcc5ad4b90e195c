package dev.caisson;

import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/// Which worker it is.
///
/// @param pid process id of its JVM, on its host
/// @param host name of the machine it runs on
/// @param slot its place in the pool, the lowest from 0 that is free when it starts: so they are used again and again,
/// and
///     while a successor starts there is one more place than workers
/// @param startedAt when its process was started
public record WorkerInfo(long pid, String host, int slot, Instant startedAt) implements Serializable {

    /// How workers on the pool's own machine name it.
    public static final String THIS_HOST = "localhost";

    /// Refuses null.
    public WorkerInfo {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(startedAt, "startedAt");
    }
}
