package dev.caisson.pool;

import dev.caisson.ProcessPool;
import dev.caisson.settings.PoolSettings;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// The pools that this JVM's code shares, one for each distinct set of settings. Thread-safe.
///
/// Settings are compared outside of any lock: an initializer's or a codec's `equals` is the user's code.
final class SharedPools {

    static final String NAME = "shared";

    private static final AtomicReference<List<Shared>> POOLS = new AtomicReference<>(List.of());
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private SharedPools() {}

    /// The pool of these settings, opened if there is none that takes tasks.
    ///
    /// @param settings named [#NAME] if the user gave no name: the pool's own has a number, too
    static ProcessPool of(PoolSettings settings) {
        while (true) {
            var before = POOLS.get();
            var usable = before.stream()
                    .filter(shared -> shared.settings().equals(settings) && shared.isUsable())
                    .findFirst();
            if (usable.isPresent()) {
                return usable.get().pool();
            }
            var fresh = Shared.of(settings);
            var after = Stream.concat(before.stream().filter(Shared::isUsable), Stream.of(fresh))
                    .toList();
            if (POOLS.compareAndSet(before, after)) {
                return fresh.pool();
            }
        }
    }

    /// Opened by the first who needs it; others wait for that.
    private record Shared(PoolSettings settings, FutureTask<LocalPool> opening) {

        static Shared of(PoolSettings settings) {
            var named =
                    settings.name().equals(NAME) ? settings.withName(NAME + "-" + NUMBERS.incrementAndGet()) : settings;
            return new Shared(settings, new FutureTask<>(() -> LocalPool.open(named)));
        }

        LocalPool pool() {
            opening.run();
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        return opening.get();
                    } catch (InterruptedException later) { // another thread opens it, without waiting for anything
                        interrupted = true;
                    }
                }
            } catch (ExecutionException refused) {
                if (refused.getCause() instanceof RuntimeException own) {
                    throw own;
                }
                throw new IllegalStateException(refused.getCause());
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        /// Not closed, not broken; one that nobody has opened yet will be.
        boolean isUsable() {
            return switch (opening.state()) {
                case RUNNING -> true;
                case SUCCESS -> !opening.resultNow().isShutdown();
                case FAILED, CANCELLED -> false;
            };
        }
    }
}
