package dev.caisson.runtime;

import dev.caisson.codec.Failures;
import dev.caisson.protocol.Encoded;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Reads what a worker's initializer threw. Thread-safe.
///
/// Reading it runs code of its class, and it may come from a hostile worker: so it is read as results are, by the
/// pool's filter, and on a thread of its own, since an exit waits for it. What takes longer than a second is told by
/// its description only.
///
/// @param outcomes reads results
record StartFailureReader(OutcomeReader outcomes) {

    private static final long LIMIT_MILLIS = 1000;

    /// Threads that still read, of all pools: one that hangs stays.
    private static final Semaphore READERS = new Semaphore(4);

    Throwable read(Encoded failure) {
        if (!READERS.tryAcquire()) {
            return Failures.described(failure.open());
        }
        var read = new CompletableFuture<Throwable>();
        try {
            Thread.ofPlatform().daemon().name("caisson-start-failure").start(() -> {
                try {
                    read.complete(Failures.read(failure.open(), outcomes.codec(), outcomes.loader()));
                } finally {
                    READERS.release();
                    read.cancel(false); // if it threw
                }
            });
            return read.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (OutOfMemoryError noThread) {
            READERS.release();
        } catch (TimeoutException | ExecutionException | RuntimeException late) {
            // Then its words must do.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Failures.described(failure.open());
    }
}
