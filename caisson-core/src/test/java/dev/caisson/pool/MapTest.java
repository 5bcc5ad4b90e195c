package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.Pair;
import dev.caisson.ProcessPool;
import dev.caisson.testing.Pools;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapTest {

    private static final List<Integer> NUMBERS = IntStream.range(0, 50).boxed().toList();
    private static final List<Integer> SQUARES =
            NUMBERS.stream().map(Deeds::square).toList();

    private static ProcessPool pool;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(2);
    }

    @Test
    @Tag("C01")
    @Tag("row-19")
    void givesResultsInTheOrderOfItems() throws Exception {
        assertThat(pool.map(Deeds::square, NUMBERS)).isEqualTo(SQUARES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 50, 1000})
    @Tag("C03")
    @Tag("row-20")
    void givesTheSameForAnyChunkSize(int size) throws Exception {
        assertThat(pool.batch(NUMBERS).chunkSize(size).map(Deeds::square).toList())
                .isEqualTo(SQUARES);
    }

    @Test
    @Tag("C04")
    void refusesChunksAndLookAheadOfNothing() {
        var batch = pool.batch(NUMBERS);

        assertThatThrownBy(() -> batch.chunkSize(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.ahead(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("C05")
    void givesNothingForNothing() throws Exception {
        assertThat(pool.map(Deeds::square, List.of())).isEmpty();
        assertThat(pool.batch(List.<Integer>of()).map(Deeds::square).stream()).isEmpty();
        assertThat(pool.batch(List.<Integer>of()).map(Deeds::square).unordered())
                .isEmpty();
        assertThat(pool.batch(List.<Integer>of()).map(Deeds::square).future().get())
                .isEmpty();
        assertThat(Stream.<Integer>empty().gather(pool.mapping(Deeds::square))).isEmpty();
    }

    @Test
    @Tag("C06")
    void mapsASingleItem() throws Exception {
        assertThat(pool.map(Deeds::square, List.of(3))).containsExactly(9);
    }

    @Test
    void keepsNullItemsAndNullResults() throws Exception {
        var items = Arrays.asList("a", null, "b");

        assertThat(pool.map(item -> item, items)).containsExactly("a", null, "b");
    }

    @Test
    @Tag("C02")
    @Tag("C08")
    @Tag("row-21")
    void mapsPairsUntilTheShorterInputEnds() throws Exception {
        var sums = pool.batch(List.of(1, 2, 3), List.of(10, 20)).map(Integer::sum);

        assertThat(sums.toList()).containsExactly(11, 22);
    }

    @Test
    @Tag("C08")
    void tellsThePairOfEachOutcome() {
        var run = pool.batch(List.of(1, 2), List.of("a", "b")).chunkSize(2).map((number, text) -> number + text);

        assertThat(run.items()).extracting(item -> item.item()).containsExactly(new Pair<>(1, "a"), new Pair<>(2, "b"));
    }

    @Test
    void isAStepOfAStream() {
        assertThat(NUMBERS.stream()
                        .gather(pool.<Integer, Integer>mapping(Deeds::square))
                        .toList())
                .isEqualTo(SQUARES);
    }

    @Test
    @Tag("Q41")
    @Tag("C41")
    @Tag("row-22")
    void readsOnlyABoundedPartOfAnEndlessStream() {
        var read = new int[1];

        var first = IntStream.iterate(0, number -> number + 1)
                .peek(number -> read[0]++)
                .boxed()
                .gather(pool.<Integer, Integer>mapping(Deeds::square))
                .limit(5)
                .toList();

        assertThat(first).containsExactly(0, 1, 4, 9, 16);
        assertThat(read[0]).isLessThan(200);
    }

    @Test
    void throwsTheErrorOfAnElementWhereItIsReached() {
        var numbers = Stream.of(2, 1, 0).gather(pool.<Integer, Integer>mapping(number -> 2 / number));

        assertThatThrownBy(numbers::toList)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ArithmeticException.class);
    }

    @Test
    @Tag("C13")
    void failsWithTheFirstErrorInTheOrderOfItems() {
        assertThatThrownBy(() -> pool.map(number -> Deeds.fail("item " + number), NUMBERS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("item 0");
    }

    @Test
    @Tag("C36")
    void mixesKindsOfCalls() throws Exception {
        var list = pool.batch(NUMBERS).chunkSize(3).map(Deeds::square);
        var future = pool.batch(NUMBERS).map(number -> -number).future();
        var single = pool.submit(() -> 7);

        assertThat(list.toList()).isEqualTo(SQUARES);
        assertThat(future.get()).hasSize(50).contains(-49);
        assertThat(single.get()).isEqualTo(7);
    }

    @Test
    void takesLongInputsOfTinyItems() throws Exception {
        var numbers = IntStream.range(0, 5_000).boxed().toList();

        assertThat(pool.batch(numbers).chunkSize(100).map(Deeds::square).toList())
                .hasSize(5_000)
                .endsWith(4_999 * 4_999);
    }
}
