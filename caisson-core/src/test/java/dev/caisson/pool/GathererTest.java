package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ProcessPool;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import java.util.ArrayList;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("row-22")
class GathererTest {

    private static ProcessPool pool;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(2);
    }

    @AfterEach
    void leavesNothingOpen() {
        Await.until("nothing is open", () -> pool.snapshot().open() == 0);
    }

    @Test
    @Tag("C01")
    void keepsTheOrderOfManyTinyElements() {
        var squares = IntStream.range(0, 20_000)
                .boxed()
                .gather(pool.<Integer, Integer>mapping(number -> number + 1))
                .toList();

        assertThat(squares).isEqualTo(IntStream.rangeClosed(1, 20_000).boxed().toList());
    }

    @Test
    @Tag("C01")
    void keepsTheOrderOfAParallelStream() {
        var results = IntStream.range(0, 2_000)
                .boxed()
                .parallel()
                .map(number -> number * 2)
                .gather(pool.<Integer, Integer>mapping(number -> number + 1))
                .map(number -> number - 1)
                .toList();

        assertThat(results)
                .isEqualTo(IntStream.range(0, 2_000)
                        .map(number -> number * 2)
                        .boxed()
                        .toList());
    }

    @Test
    @Tag("Q41")
    void endsAnEndlessStreamWhenNoMoreIsWanted() {
        var read = new AtomicInteger();

        var found = Stream.generate(read::getAndIncrement)
                .gather(pool.<Integer, Integer>mapping(Deeds::square))
                .filter(square -> square > 100)
                .findFirst();

        assertThat(found).contains(121);
        assertThat(read.get()).isLessThan(5_000);
    }

    @Test
    @Tag("C12")
    void givesWhatCameBeforeAFailureAndCancelsTheRest() {
        var taken = new ArrayList<Integer>();
        var results = Stream.iterate(5, number -> number - 1)
                .gather(pool.<Integer, Integer>mapping(number -> number < 0 ? Deeds.hangThenSay(1) : 60 / number));

        assertThatThrownBy(() -> results.forEach(taken::add))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ArithmeticException.class);
        assertThat(taken).containsExactly(12, 15, 20, 30, 60);
    }

    @Test
    @Tag("C35")
    void cancelsTheRestWhenTheStreamFailsFurtherDown() {
        var results = Stream.iterate(0, number -> number + 1)
                .gather(pool.<Integer, Integer>mapping(number -> number > 3 ? Deeds.hangThenSay(1) : number));

        assertThatThrownBy(() -> results.forEach(number -> {
                    throw new IllegalStateException("downstream");
                }))
                .hasMessage("downstream");
    }

    @Test
    void canBeUsedForSeveralStreams() {
        var squares = pool.<Integer, Integer>mapping(Deeds::square);

        assertThat(Stream.of(1, 2).gather(squares)).containsExactly(1, 4);
        assertThat(Stream.of(3).gather(squares).gather(squares)).containsExactly(81);
    }
}
