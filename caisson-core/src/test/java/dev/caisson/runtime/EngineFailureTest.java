package dev.caisson.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.PoolBrokenException;
import dev.caisson.PoolState;
import dev.caisson.StartMethod;
import dev.caisson.fleet.InProcessFleet;
import dev.caisson.pool.LocalPool;
import dev.caisson.pool.PoolBuilder;
import dev.caisson.testing.Await;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A bug in the engine itself ends the pool, loudly, and nobody waits for it.
class EngineFailureTest {

    @Test
    @Tag("Q25")
    void endsEveryFutureWithTheBug() throws Exception {
        endsEveryFuture(new IllegalStateException("planted"), "a bug of its own");
    }

    @Test
    @Tag("Q25")
    void namesTheLackOfMemory() throws Exception {
        endsEveryFuture(new OutOfMemoryError("planted"), "this process, not a worker, ran out of memory");
    }

    private static void endsEveryFuture(Throwable failure, String reason) throws Exception {
        var clock = new BrittleClock(failure);
        var settings =
                new PoolBuilder().workers(1).startMethod(StartMethod.IN_PROCESS).settings();
        var fleet = new InProcessFleet(settings);
        var conductor = new Conductor(settings, false, clock, fleet, Thread::startVirtualThread, deadline -> {});
        var pool = LocalPool.on(conductor, settings, clock, fleet::close);
        var ended = pool.submit(() -> 1);
        ended.get(15, TimeUnit.SECONDS);
        var batch = pool.batch(List.of(1, 2, 3)).map(EngineFailureTest::hang).future();
        var single = pool.submit(() -> hang(1));

        Await.until(
                "all is under way",
                () -> pool.snapshot().open() == 4 && pool.snapshot().running() == 1);
        clock.broken.set(true);

        assertThatThrownBy(() -> pool.resize(2)).hasMessage("planted");
        for (Future<?> future : List.of(batch, single)) {
            assertThatThrownBy(() -> future.get(15, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(PoolBrokenException.class)
                    .hasMessageContaining(reason)
                    .hasRootCauseMessage("planted");
        }
        assertThat(single.cancel(true)).isFalse();
        assertThatThrownBy(() -> pool.submit(() -> 2)).isInstanceOf(PoolBrokenException.class);
        assertThatThrownBy(() -> pool.batch(List.of(1)).map(number -> number)).isInstanceOf(PoolBrokenException.class);
        assertThat(pool.snapshot().state()).isEqualTo(PoolState.TERMINATED);
        assertThat(pool.awaitTermination(15, TimeUnit.SECONDS)).isTrue();
        pool.close();
        assertThat(ended.resultNow()).isEqualTo(1);
    }

    private static int hang(int number) throws InterruptedException {
        new CountDownLatch(1).await();
        return number;
    }

    private static final class BrittleClock implements Clock {

        private final AtomicBoolean broken = new AtomicBoolean();
        private final Throwable failure;

        BrittleClock(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public long nanos() {
            if (broken.compareAndSet(true, false)) {
                switch (failure) {
                    case Error error -> throw error;
                    case RuntimeException bug -> throw bug;
                    default -> throw new AssertionError(failure);
                }
            }
            return System.nanoTime();
        }

        @Override
        public Instant instant() {
            return Instant.now();
        }
    }
}
