package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.Outcome;
import dev.caisson.PoolBrokenException;
import dev.caisson.ProcessPool;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How a batch ends before its input does.
@Timeout(60)
class BatchEndTest {

    private static final List<Integer> NUMBERS = IntStream.range(0, 20).boxed().toList();
    private static ProcessPool pool;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(2);
    }

    @Test
    @Tag("C14")
    void endsTheRestAtTheFirstFailureIfItIsTakenAsTheyEnd() throws Exception {
        var run = pool.batch(List.of(1, 2, 0, 3)).chunkSize(1).map(number -> {
            if (number > 0) {
                Deeds.hang();
            }
            return 1 / number;
        });

        pool.resize(3); // two hang
        try (run;
                var results = run.unordered()) {
            assertThatThrownBy(results::toList)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(ArithmeticException.class);
        } finally {
            pool.resize(2);
        }

        Await.until("those that hung were ended", () -> pool.snapshot().open() == 0);
        assertThat(pool.submit(() -> 1).get(15, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    @Tag("C15")
    @Tag("row-24")
    void goesOnAfterAWaitWithALimit() throws Exception {
        var gate = Gate.in(folder, "gate");
        var run = pool.batch(NUMBERS).map(number -> {
            if (number == 19) {
                gate.await();
            }
            return number;
        });
        var future = run.future();
        Await.until("all is read", () -> run.progress().inputEnded());

        assertThatThrownBy(() -> future.get(20, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("20 items read");
        gate.open();

        assertThat(future.get(15, TimeUnit.SECONDS)).isEqualTo(NUMBERS);
    }

    @Test
    @Tag("C30")
    @Tag("row-24")
    void givesWhatWasInTimeAndThenFails() {
        var taken = new ArrayList<Integer>();
        try (var run = pool.batch(NUMBERS).map(number -> number < 5 ? number : Deeds.hangThenSay(number))) {
            var results = run.stream().peek(number -> {
                taken.add(number);
                if (number == 4) {
                    run.cancel(); // as a timer of the caller's would
                }
            });

            assertThatThrownBy(results::toList)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(CancellationException.class);
        }
        assertThat(taken).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    @Tag("C17")
    void neverPassesAPartOffAsTheWhole() throws Exception {
        var list = pool.batch(new Endless()).ahead(1).map(Deeds::square);
        list.cancel();
        assertThatThrownBy(list::toList).isInstanceOf(CancellationException.class);

        var stream = pool.batch(new Endless()).ahead(1).map(Deeds::square);
        var results = stream.stream().iterator();
        results.next();
        Await.until(
                "all that was read has ended",
                () -> stream.progress().done() == stream.progress().read());
        stream.cancel();
        assertThatThrownBy(() -> results.forEachRemaining(number -> {})).isInstanceOf(CancellationException.class);

        var accounts = pool.batch(new Endless()).map(Deeds::square);
        accounts.close();
        assertThat(accounts.items()).isEmpty();
    }

    @Test
    @Tag("C40")
    void countsCancelledItemsAsFailed() {
        var run = pool.batch(NUMBERS).chunkSize(3).map(Deeds::hangThenSay);
        run.cancel();
        assertThat(run.outcomes()).isEmpty();
        assertThat(run.progress().inputEnded()).isFalse();

        var begun = pool.batch(NUMBERS).chunkSize(3).map(Deeds::hangThenSay);
        var future = begun.future();
        Await.until("all is read", () -> begun.progress().inputEnded());
        future.cancel(true);
        Await.until("all have ended", () -> begun.progress().failed() == 20);
        assertThat(begun.progress().read()).isEqualTo(20);
    }

    @Test
    @Tag("row-25")
    void tellsWhyItsFutureWasCancelled() {
        var run = pool.batch(NUMBERS).map(Deeds::hangThenSay);
        var future = run.future();
        Await.until("all is read", () -> run.progress().inputEnded());

        assertThat(future.cancel(true)).isTrue();
        assertThat(future.cancel(true)).isTrue();

        assertThat(future.state()).isEqualTo(Future.State.CANCELLED);
        assertThatThrownBy(future::get)
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("0 of 20 items");
        assertThatThrownBy(future::join)
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("0 of 20 items");
        assertThat(future.timing().total()).isPresent();
        assertThat(future.toString()).contains("cancelled");
    }

    @Test
    @Tag("C31")
    void leavesNothingWhenAStreamIsDroppedHalfRead() {
        var read = new AtomicInteger();
        Iterable<byte[]> large = () -> Stream.generate(() -> {
                    read.incrementAndGet();
                    return new byte[100_000];
                })
                .iterator();

        var results = pool.batch(large).ahead(10).map(bytes -> bytes).stream().iterator();
        results.next();

        Await.until("nothing is open", () -> pool.snapshot().open() == 0);
        assertThat(read.get()).isLessThanOrEqualTo(11);
    }

    @Test
    @Tag("C24")
    @Tag("C25")
    void letsGoOfWhatItHasGiven() {
        var run = pool.batch(new Endless()).map(number -> new int[] {number});
        try (run) {
            var results = run.items().iterator();
            var item = new WeakReference<>(results.next());
            var value = new WeakReference<>(results.next().outcome().orElseThrow());

            Await.until("both are collected", () -> {
                System.gc();
                return item.get() == null && value.get() == null;
            });
            assertThat(results.hasNext()).isTrue();
        }
    }

    @Test
    @Tag("C32")
    void refusesASecondConsumer() {
        var run = pool.batch(NUMBERS).map(Deeds::square);
        var first = run.stream();

        assertThatThrownBy(run::future).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(run::toList).isInstanceOf(IllegalStateException.class);
        assertThat(first.count()).isEqualTo(20);
    }

    @Test
    @Tag("C18")
    void failsWithAPoolThatBreaks(Pools pools) {
        var own = pools.open(builder -> builder.workers(1)
                .restartLimit(1, Duration.ofMinutes(1))
                .initializer(() -> {
                    throw new IllegalStateException("no start");
                }));

        assertThatThrownBy(() -> own.map(Deeds::square, new Endless()))
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown)
                                .isInstanceOf(ExecutionException.class)
                                .hasCauseInstanceOf(PoolBrokenException.class),
                        thrown -> assertThat(thrown).isInstanceOf(PoolBrokenException.class));
    }

    @Test
    @Tag("K32")
    void failsWithAPoolThatIsEndedAmidIt(Pools pools) throws Exception {
        var own = pools.open(2);
        var begun = new CountDownLatch(1);
        Iterable<Integer> input = () -> Stream.iterate(0, number -> number + 1)
                .peek(number -> begun.countDown())
                .iterator();
        var map = own.batch(input).map(Deeds::square).future();
        var stuck = own.batch(NUMBERS).map(Deeds::hangThenSay).future();
        begun.await();

        own.terminate();

        assertThatThrownBy(() -> map.get(15, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> stuck.get(15, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
    }

    @Test
    @Tag("C35")
    void passesAnErrorOfTheConsumerOn() {
        try (var run = pool.batch(new Endless()).map(Deeds::square)) {
            assertThatThrownBy(() -> run.stream().forEach(number -> {
                        if (number == 9) {
                            throw new IllegalStateException("consumer");
                        }
                    }))
                    .hasMessage("consumer");
        }
        Await.until("nothing is open", () -> pool.snapshot().open() == 0);
    }

    @Test
    @Tag("row-25")
    @Tag("B22")
    void tellsItsFuturesStages() throws Exception {
        var sum = pool.batch(NUMBERS).map(number -> number).future().thenApply(list -> list.size());
        var failure =
                pool.batch(List.of(1, 0)).map(number -> 1 / number).future().handle((list, error) -> error);

        assertThat(sum.toCompletableFuture().get()).isEqualTo(20);
        assertThat(failure.toCompletableFuture().get())
                .satisfiesAnyOf(
                        error -> assertThat(error).isInstanceOf(ArithmeticException.class),
                        error -> assertThat(error).hasCauseInstanceOf(ArithmeticException.class));
    }

    @Test
    @Tag("C11")
    void tellsAllOutcomesOfAMapWhoseItemsFail() {
        var run = pool.batch(NUMBERS).map(number -> 10 / (number % 2));

        assertThat(run.unorderedItems().filter(item -> item.outcome() instanceof Outcome.Failure))
                .hasSize(10)
                .allMatch(item -> item.index() % 2 == 0);
    }

    private static final class Endless implements Iterable<Integer> {
        @Override
        public Iterator<Integer> iterator() {
            return IntStream.iterate(0, number -> number + 1).iterator();
        }
    }
}
