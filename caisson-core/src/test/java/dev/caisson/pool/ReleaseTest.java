package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.ProcessPool;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a pool is done with, it lets go.
class ReleaseTest {

    private static @Nullable WeakReference<Object> seen;

    private static ProcessPool pool;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(1);
    }

    @Test
    @Tag("A19")
    @Tag("C25")
    void holdsNoFutureThatHasEnded() throws Exception {
        var result = resultOf(new int[1000]);

        Await.until("the result is collected, though its pool is open", () -> isCollected(result));
    }

    private static WeakReference<int[]> resultOf(int[] argument) throws Exception {
        return new WeakReference<>(pool.submit(() -> argument).get());
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

            Await.until("the first is collected, though the stream goes on", () -> isCollected(results.getFirst()));
            assertThat(iterator.next()).hasSize(3);
        }
    }

    @Test
    @Tag("K31")
    @Tag("O08")
    void holdsNoArgumentInTheWorker() throws Exception {
        var argument = new int[1000];

        pool.submit(() -> remember(argument)).get();

        assertThat(pool.submit(ReleaseTest::isForgotten).get()).isTrue();
    }

    private static void remember(Object argument) {
        seen = new WeakReference<>(argument);
    }

    private static boolean isForgotten() {
        var reference = seen;
        Await.until("the argument of the task before is collected", () -> reference != null && isCollected(reference));
        return true;
    }

    private static boolean isCollected(WeakReference<?> reference) {
        System.gc();
        return reference.get() == null;
    }
}
