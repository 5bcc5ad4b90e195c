package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ProcessPool;
import dev.caisson.WorkerOutOfMemoryException;
import dev.caisson.process.ResidentMemory;
import dev.caisson.testing.CapturedLog;
import dev.caisson.testing.Pools;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Limits on the memory that workers hold, beside their heaps' own.
@Tag("row-3")
class MemoryLimitTest {

    private static final long MANY_BYTES = 300L << 20;

    @Test
    void knowsWhatAProcessHolds() {
        assertThat(ResidentMemory.of(Deeds.pid()).orElseThrow()).isBetween(10L << 20, 64L << 30);
        assertThat(ResidentMemory.of(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    @Tag("I20")
    void replacesAWorkerThatHoldsTooMuchAfterATask(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.maxHeap("32m").maxWorkerMemory("300m"));
        long first = pool.submit(Deeds::pid).get();
        assertThat(pool.submit(Deeds::pid).get()).isEqualTo(first);

        assertThat(pool.submit(MemoryLimitTest::keepMuch).get()).isEqualTo(first);

        assertThat(pool.submit(Deeds::pid).get()).isNotEqualTo(first);
        assertThat(pool.snapshot().ledger().crashed()).isZero();
    }

    @Test
    void saysThatALimitIsTooLowForAnyWorker(Pools pools) throws Exception {
        try (var log = CapturedLog.of("dev.caisson.fleet.MemoryGuard")) {
            var pool = pools.open(builder -> builder.maxHeap("32m").maxWorkerMemory("20m"));

            assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
            assertThat(pool.submit(() -> 2).get()).isEqualTo(2);

            assertThat(log.messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message)
                            .containsPattern(
                                    "maxWorkerMemory of pool .* \\(20m\\) is less than a fresh worker needs: one"
                                            + " holds [0-9]+m before its first task"));
        }
    }

    @Test
    @Tag("Q40")
    void keepsAWorkerThatHasGivenBackWhatATaskNeeded(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.maxHeap("32m").maxWorkerMemory("300m"));

        long first = pool.submit(MemoryLimitTest::useMuchForAWhile).get();

        assertThat(pool.submit(Deeds::pid).get()).isEqualTo(first);
    }

    @Test
    @Tag("I21")
    void takesGarbageForNoLeak(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.maxHeap("48m").maxWorkerMemory("300m"));

        long first = pool.submit(Deeds::pid).get();

        var workers = pool.map(_ -> dropCycles(), IntStream.range(0, 40).boxed().toList());
        assertThat(workers).hasSize(40).containsOnly(first);
    }

    @Test
    @Tag("Q38")
    void killsAWorkerThatTakesTooMuchDuringATask(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.maxHeap("32m").memoryLimit("300m"));

        var greedy = pool.submit(MemoryLimitTest::takeMuchAndHang);

        assertThatThrownBy(() -> greedy.get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(WorkerOutOfMemoryException.class)
                .hasMessageContaining("more than its memoryLimit of 300m")
                .hasMessageContaining("raise memoryLimit");
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
        assertThat(pool.snapshot().ledger().crashed()).isEqualTo(1);
    }

    @Test
    @Tag("I14")
    void refusesSizesThatAreNone() {
        assertThatThrownBy(() -> ProcessPool.builder()
                        .maxWorkerMemory("much")
                        .memoryLimit("0m")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxWorkerMemory: 'much'")
                .hasMessageContaining("memoryLimit: '0m'");
    }

    private static MemorySegment take(Arena arena) {
        return arena.allocate(MANY_BYTES).fill((byte) 1);
    }

    /// Leaves objects behind that hold each other.
    private static long dropCycles() {
        for (int cycle = 0; cycle < 10; cycle++) {
            var one = new Object[1 << 17];
            var other = new Object[1 << 17];
            one[0] = other;
            other[0] = one;
        }
        return Deeds.pid();
    }

    private static long keepMuch() {
        take(Arena.global());
        return Deeds.pid();
    }

    private static long useMuchForAWhile() {
        try (var arena = Arena.ofConfined()) {
            take(arena);
        }
        return Deeds.pid();
    }

    private static long takeMuchAndHang() throws InterruptedException {
        take(Arena.global());
        Deeds.hang();
        return 0;
    }
}
