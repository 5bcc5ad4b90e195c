package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.BatchRun;
import dev.caisson.ItemOutcome;
import dev.caisson.ProcessPool;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("C26")
@Tag("row-22")
@Timeout(60)
class BatchSlowInputTest {

    private static ProcessPool pool;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(2);
    }

    static Stream<Function<BatchRun<Integer, Integer>, Stream<Integer>>> forms() {
        return Stream.of(
                BatchRun::stream,
                BatchRun::unordered,
                run -> run.outcomes().map(outcome -> outcome.orElseThrow()),
                run -> run.items().map(ItemOutcome::item).map(Deeds::square),
                run -> run.unorderedItems().map(ItemOutcome::item).map(Deeds::square));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void givesResultsWhileTheInputBlocks(Function<BatchRun<Integer, Integer>, Stream<Integer>> form) {
        var input = new BlockingInput(3);

        try (var run = pool.batch(input).chunkSize(100).map(Deeds::square)) {
            var results = form.apply(run).iterator();

            assertThat(List.of(results.next(), results.next(), results.next())).containsExactlyInAnyOrder(0, 1, 4);
            assertThat(run.progress().inputEnded()).isFalse();
            input.goOn();
            assertThat(results.hasNext()).isFalse();
            assertThat(run.progress().inputEnded()).isTrue();
        }
    }

    @Test
    @Tag("C33")
    void endsAtOnceWhenItIsClosedWhileTheInputBlocks() throws Exception {
        var input = new BlockingInput(2);
        var run = pool.batch(input).map(Deeds::square);
        var consumer = consume(() -> run.stream().toList());
        input.awaitBlocked();
        Await.until("both have ended", () -> run.progress().done() == 2);

        run.close();

        assertThatThrownBy(() -> consumer.get(15, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(CancellationException.class)
                .hasMessageContaining("2 items were read");
        input.awaitInterrupted();
    }

    @Test
    void endsAccountsQuietlyWhenItIsClosedWhileTheInputBlocks() throws Exception {
        var input = new BlockingInput(2);
        var run = pool.batch(input).map(Deeds::square);
        var consumer = consume(() -> run.items().toList());
        input.awaitBlocked();
        Await.until("both have ended", () -> run.progress().done() == 2);

        run.cancel();

        assertThat(consumer.get(15, TimeUnit.SECONDS)).hasSize(2);
        assertThat(run.progress().inputEnded()).isFalse();
    }

    @Test
    void endsAtOnceWhenItsConsumerIsInterruptedWhileTheInputBlocks() throws Exception {
        var input = new BlockingInput(2);
        var thread = new AtomicReference<Thread>();
        var consumer = consume(() -> {
            thread.set(Thread.currentThread());
            return pool.map(Deeds::square, input);
        });
        input.awaitBlocked();

        thread.get().interrupt();

        assertThatThrownBy(() -> consumer.get(15, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        input.awaitInterrupted();
    }

    @Test
    @Tag("C17")
    void endsWithItsFutureWhileTheInputBlocks() throws Exception {
        var input = new BlockingInput(2);
        var future = pool.batch(input).map(Deeds::square).future();
        input.awaitBlocked();

        assertThat(future.cancel(true)).isTrue();

        input.awaitInterrupted();
        assertThatThrownBy(future::get)
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("2 items read");
    }

    @Test
    @Tag("K32")
    void endsWithItsPoolWhileTheInputBlocks(Pools pools) throws Exception {
        var own = pools.open(1);
        var first = new BlockingInput(2);
        var second = new BlockingInput(0);
        var consumer =
                consume(() -> own.batch(first).map(Deeds::square).unordered().toList());
        var future = own.batch(second).map(Deeds::square).future();
        first.awaitBlocked();
        second.awaitBlocked();
        Await.until(
                "nothing is open",
                () -> own.snapshot().open() == 0 && own.snapshot().ledger().submitted() == 2);

        own.terminate();

        assertThatThrownBy(() -> consumer.get(15, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("ended while a batch waited for its input");
        assertThatThrownBy(() -> future.get(15, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        first.awaitInterrupted();
        second.awaitInterrupted();
    }

    @Test
    void readsACollectionOnTheConsumersThread() throws Exception {
        Set<Thread> threads = Collections.synchronizedSet(new HashSet<>());
        var list = new ArrayList<>(List.of(1, 2, 3)) {
            @Override
            public Iterator<Integer> iterator() {
                threads.add(Thread.currentThread());
                return super.iterator();
            }
        };

        pool.map(Deeds::square, list);
        pool.batch(list, list).map(Integer::sum).toList();

        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void seesInOneReadingWhatTheOneBeforeItDid() throws Exception {
        var read = new int[1]; // neither volatile nor locked
        Iterable<Integer> input = () -> IntStream.range(0, 5_000)
                .peek(number -> {
                    assertThat(read[0]).isEqualTo(number);
                    read[0]++;
                })
                .iterator();

        assertThat(pool.batch(input).ahead(10).map(Deeds::square).unordered().count())
                .isEqualTo(5_000);
    }

    @Test
    @Tag("Q41")
    void readsWithAnExecutorThatHasNoThreadToSpare(Pools pools) throws Exception {
        try (var one = Executors.newSingleThreadExecutor()) {
            var own = pools.open(builder -> builder.callbackExecutor(one));
            Iterable<Integer> input = () -> IntStream.range(0, 200).iterator();

            assertThat(own.batch(input).map(Deeds::square).future().get()).hasSize(200);
            var nested = own.submit(() -> 1)
                    .thenApply(ignored ->
                            own.batch(input).map(Deeds::square).stream().count());
            assertThat(nested.toCompletableFuture().get()).isEqualTo(200);
            own.close();
        }
    }

    @Test
    void readsWithAnExecutorThatRunsAtOnceOrRefuses(Pools pools) throws Exception {
        Iterable<Integer> input = () -> IntStream.range(0, 200).iterator();
        var direct = pools.open(builder -> builder.callbackExecutor(Runnable::run));
        var closed = Executors.newSingleThreadExecutor();
        closed.shutdown();
        var refusing = pools.open(builder -> builder.callbackExecutor(closed));

        assertThat(direct.map(Deeds::square, input)).hasSize(200);
        assertThat(refusing.map(Deeds::square, input)).hasSize(200);
    }

    private static <T> FutureTask<T> consume(Callable<T> consumption) {
        var consumer = new FutureTask<>(consumption);
        Thread.ofVirtual().name("consumer").start(consumer);
        return consumer;
    }

    /// Gives 0, 1, 2, … and then blocks before its end.
    private static final class BlockingInput implements Iterable<Integer> {

        private final int good;
        private final CountDownLatch blocked = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);

        BlockingInput(int good) {
            this.good = good;
        }

        void goOn() {
            goOn.countDown();
        }

        void awaitBlocked() throws InterruptedException {
            assertThat(blocked.await(15, TimeUnit.SECONDS))
                    .as("the input is asked for more")
                    .isTrue();
        }

        void awaitInterrupted() throws InterruptedException {
            assertThat(interrupted.await(15, TimeUnit.SECONDS))
                    .as("the input is interrupted")
                    .isTrue();
        }

        @Override
        public Iterator<Integer> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    if (next < good) {
                        return true;
                    }
                    blocked.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException stop) {
                        interrupted.countDown();
                        throw new CompletionException(stop);
                    }
                    return false;
                }

                @Override
                public Integer next() {
                    return next++;
                }
            };
        }
    }
}
