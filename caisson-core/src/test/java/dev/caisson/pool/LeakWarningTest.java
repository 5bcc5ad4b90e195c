package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.ProcessPool;
import dev.caisson.StartMethod;
import dev.caisson.fleet.InProcessFleet;
import dev.caisson.runtime.Clock;
import dev.caisson.runtime.Conductor;
import dev.caisson.testing.Await;
import dev.caisson.testing.CapturedLog;
import java.lang.ref.WeakReference;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Pools that nobody closes.
class LeakWarningTest {

    private static final String LOGGER = "dev.caisson.pool.LeakWarning";

    @Test
    void tellsWhereAPoolWasOpenedThatIsLostUnclosed() {
        try (var log = CapturedLog.of(LOGGER)) {
            LeakWarning.watch(new Object(), "closed", () -> false);
            LeakWarning.watch(new Object(), "lost", () -> true);

            collectUntil(() -> !log.messages().isEmpty());

            assertThat(log.messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message)
                            .contains("Pool lost was never closed", "try-with-resources", "was opened here")
                            .contains("LeakWarningTest.tellsWhereAPoolWasOpenedThatIsLostUnclosed"));
        }
    }

    @Test
    void isNotKeptFromItByThePoolsOwnParts() throws Exception {
        var settings =
                new PoolBuilder().workers(1).startMethod(StartMethod.IN_PROCESS).settings();
        var fleet = new InProcessFleet(settings);
        var ended = new AtomicBoolean();
        var conductor = new Conductor(settings, false, Clock.SYSTEM, fleet, Thread::startVirtualThread, deadline -> {});
        var handle = used(LocalPool.on(conductor, settings, Clock.SYSTEM, () -> {
            fleet.close();
            ended.set(true);
        }));
        try {
            collectUntil(() -> handle.get() == null);
            assertThat(conductor.isTaking()).isTrue();
        } finally {
            conductor.terminate();
            Await.until("the pool has ended", ended::get);
        }
    }

    /// Each pool that a program ever opened would stay in its memory.
    @Test
    void keepsNoPoolThatIsClosed() throws Exception {
        var handle = closed(
                new PoolBuilder().workers(1).startMethod(StartMethod.IN_PROCESS).build());

        collectUntil(() -> handle.get() == null);
    }

    private static WeakReference<ProcessPool> closed(ProcessPool pool) throws Exception {
        try (pool) {
            return used(pool);
        }
    }

    private static WeakReference<ProcessPool> used(ProcessPool pool) throws ExecutionException, InterruptedException {
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
        return new WeakReference<>(pool);
    }

    private static void collectUntil(BooleanSupplier condition) {
        Await.until("what nobody holds is collected", () -> {
            System.gc();
            return condition.getAsBoolean();
        });
    }
}
