package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ProcessPool;
import dev.caisson.StartMethod;
import dev.caisson.TaskFuture;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Waiting for several tasks needs nothing but what the JDK has for its own futures.
class SeveralFuturesTest {

    private static ProcessPool pool;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(builder -> builder.workers(3).startMethod(StartMethod.IN_PROCESS));
    }

    @Test
    @Tag("D01")
    @Tag("D02")
    void returnsAtOnceWhenOneIsDoneAlready() throws Exception {
        var gate = Gate.in(folder, "gate");
        var done = pool.submit(() -> 1);
        done.get();
        var open = pool.submit(() -> gate.await());

        assertThat(CompletableFuture.anyOf(done.toCompletableFuture(), open.toCompletableFuture())
                        .get())
                .isEqualTo(1);
        assertThat(open.isDone()).isFalse();
        gate.open();
    }

    @Test
    @Tag("D03")
    @Tag("D04")
    void returnsAtTheFirstFailure() throws Exception {
        var gate = Gate.in(folder, "gate");
        var open = pool.submit(() -> gate.await());
        var failed = pool.submit(() -> Deeds.fail("no"));

        var early = firstFailure(List.of(open, failed));
        assertThat(early.get(10, TimeUnit.SECONDS)).hasMessage("no");
        var late = firstFailure(List.of(open, failed));

        assertThat(late.get(10, TimeUnit.SECONDS)).hasMessage("no");
        assertThat(open.isDone()).isFalse();
        gate.open();
    }

    private static CompletableFuture<Throwable> firstFailure(List<TaskFuture<?>> futures) {
        var first = new CompletableFuture<Throwable>();
        for (var future : futures) {
            var _ = future.exceptionally(error -> {
                first.complete(error);
                return null;
            });
        }
        return first;
    }

    @Test
    @Tag("D06")
    @Tag("D07")
    void tellsApartWhatIsDoneAtATimeLimit() throws Exception {
        var gate = Gate.in(folder, "gate");
        var done = pool.submit(() -> 1);
        done.get();
        var open = pool.submit(() -> gate.await());
        var twice = List.of(done, open, done);

        assertThatThrownBy(() -> CompletableFuture.allOf(twice.stream()
                                .map(TaskFuture::toCompletableFuture)
                                .toArray(CompletableFuture[]::new))
                        .get(10, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);

        var distinct = new HashSet<TaskFuture<?>>(twice);
        assertThat(distinct).hasSize(2).filteredOn(TaskFuture::isDone).containsExactly(done);
        gate.open();
    }

    @Test
    @Tag("D08")
    void wakesTheWaiterOnceWhenSeveralEndAtTheSameTime() throws Exception {
        for (int round = 0; round < 50; round++) {
            var woken = new AtomicInteger();
            var both = List.of(pool.submit(() -> 1), pool.submit(() -> 2));
            var first = CompletableFuture.anyOf(
                            both.stream().map(TaskFuture::toCompletableFuture).toArray(CompletableFuture[]::new))
                    .thenRun(woken::incrementAndGet);

            first.get();
            for (var each : both) {
                each.get();
            }

            assertThat(woken).hasValue(1);
        }
    }

    @Test
    @Tag("D09")
    @Tag("D10")
    void givesEachOnceAsTheyEnd() throws Exception {
        var gate = Gate.in(folder, "gate");
        BlockingQueue<Object> ended = new LinkedBlockingQueue<>();
        var done = pool.submit(() -> 1);
        done.get();
        var open = pool.submit(() -> gate.await());
        var futures = Set.<TaskFuture<?>>of(done, open);
        futures.forEach(future -> future.whenComplete((_, _) -> ended.add(future)));

        assertThat(ended.poll(10, TimeUnit.SECONDS)).isSameAs(done);
        assertThat(ended.poll(0, TimeUnit.SECONDS)).isNull();
        gate.open();

        assertThat(ended.poll(10, TimeUnit.SECONDS)).isSameAs(open);
        assertThat(ended.poll(0, TimeUnit.SECONDS)).isNull();
    }
}
