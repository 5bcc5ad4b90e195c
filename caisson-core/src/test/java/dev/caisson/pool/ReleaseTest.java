package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ProcessPool;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a pool and its workers let go of when a task has ended.
class ReleaseTest {

    private static ProcessPool pool;

    /// In a worker: what its tasks had in hand.
    private static final ConcurrentLinkedQueue<WeakReference<Object>> SEEN = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(1);
    }

    @Test
    @Tag("A19")
    @Tag("C25")
    @Tag("O08")
    void holdsNoFutureThatHasEnded() throws Exception {
        var ended = new ArrayList<WeakReference<TaskFuture<?>>>();

        ended.add(endedWithValue());
        ended.add(endedByFailing(pool.submit(() -> Deeds.fail("no"))));
        ended.add(endedByFailing(pool.submit(() -> Runtime.getRuntime().halt(1))));
        ended.add(endedByFailing(
                pool.submit(Deeds::swallowInterrupts, TaskOptions.DEFAULT.withTimeLimit(Duration.ofMillis(50)))));
        ended.addAll(endedByCancels());

        Await.until("all are collected, though their pool is open", () -> areCollected(ended));
    }

    private static WeakReference<TaskFuture<?>> endedWithValue() throws Exception {
        var argument = new byte[1 << 20];
        var future = pool.submit(() -> argument);
        future.get();
        return new WeakReference<>(future);
    }

    private static WeakReference<TaskFuture<?>> endedByFailing(TaskFuture<?> future) {
        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class);
        return new WeakReference<>(future);
    }

    private static List<WeakReference<TaskFuture<?>>> endedByCancels() {
        var running = pool.submit(Deeds::hang);
        var queued = pool.submit(Deeds::hang);
        Deeds.begun(running);
        queued.cancel(false);
        running.cancel(true);
        assertThatThrownBy(running::get).isInstanceOf(CancellationException.class);
        assertThatThrownBy(queued::get).isInstanceOf(CancellationException.class);
        return List.of(new WeakReference<>(running), new WeakReference<>(queued));
    }

    @Test
    @Tag("C24")
    @Tag("D11")
    void holdsNoResultThatAStreamHasGiven() {
        var run = pool.batch(List.of(1, 2, 3)).map(number -> new int[number]);
        var results = new ArrayList<WeakReference<int[]>>();
        try (var stream = run.stream()) {
            var iterator = stream.iterator();
            results.add(new WeakReference<>(iterator.next()));
            results.add(new WeakReference<>(iterator.next()));

            Await.until("the first is collected, though the stream goes on", () -> areCollected(results.subList(0, 1)));
            assertThat(iterator.next()).hasSize(3);
        }
    }

    @Test
    @Tag("K31")
    @Tag("O08")
    void holdsNoArgumentAndNoResultInAWorker() throws Exception {
        var argument = new byte[1 << 20];

        pool.submit(() -> seen(argument)).get();
        pool.submit(() -> seen(new byte[1 << 20])).get();
        pool.batch(List.of(1, 2, 3))
                .chunkSize(3)
                .map(number -> seen(new int[] {number}))
                .toList();

        assertThat(pool.submit(ReleaseTest::forgets).get()).isEqualTo(5);
    }

    private static <T> T seen(T value) {
        SEEN.add(new WeakReference<>(value));
        return value;
    }

    /// @return of how many things it is certain that they are not held any more
    private static int forgets() {
        Await.until("all are collected in the worker", () -> areCollected(SEEN));
        return SEEN.size();
    }

    private static boolean areCollected(Collection<? extends WeakReference<?>> references) {
        System.gc();
        return references.stream().allMatch(reference -> reference.get() == null);
    }
}
