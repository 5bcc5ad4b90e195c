package dev.caisson.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("C29")
@Tag("C37")
@Tag("row-20")
class ChunkSizingTest {

    private static final long MILLI = 1_000_000;
    private static final long PLENTY = 1_000_000;

    private final ChunkSizing sizing = new ChunkSizing(OptionalInt.empty());

    @Test
    void beginsWithOneItem() {
        assertThat(sizing.next(PLENTY, 2)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1000000, 3", "100000, 30", "10000, 300", "1000, 1024", "0, 1024"})
    void growsToAFewMillisecondsOfWork(long nanos, int size) {
        run(3_000, nanos);

        assertThat(sizing.next(PLENTY, 2)).isEqualTo(size);
    }

    @Test
    void staysAtOneForLongItems() {
        run(100, 5 * MILLI);

        assertThat(sizing.next(PLENTY, 2)).isEqualTo(1);
    }

    @Test
    void doublesAtMostWhenAChunksWorthHasEnded() {
        run(1, 0);
        assertThat(sizing.size()).isEqualTo(2);
        run(1, 0);
        assertThat(sizing.size()).isEqualTo(2);
        run(1, 0);
        assertThat(sizing.size()).isEqualTo(4);
    }

    @Test
    void fallsToOneWhenItemsGetLongAndNotForASingleOne() {
        run(3_000, 1_000);

        run(1, 50 * MILLI);
        assertThat(sizing.size()).isEqualTo(128);
        run(1, 50 * MILLI);
        run(1, 50 * MILLI);
        run(1, 50 * MILLI);
        assertThat(sizing.size()).isEqualTo(1);
    }

    @Test
    void regainsItsSizeAfterAHiccup() {
        run(3_000, 1_000);
        run(1, 50 * MILLI);

        run(3_000, 1_000);

        assertThat(sizing.size()).isEqualTo(ChunkSizing.MOST);
    }

    @Test
    void leavesAShareToEachWorker() {
        run(3_000, 0);

        assertThat(sizing.next(400, 10)).isEqualTo(20);
        assertThat(sizing.next(20, 10)).isEqualTo(1);
        assertThat(sizing.next(0, 10)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 5_000})
    void keepsAFixedSize(int size) {
        var fixed = new ChunkSizing(OptionalInt.of(size));

        fixed.itemRan(500 * MILLI);
        fixed.itemRan(0);

        assertThat(fixed.next(1, 10)).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void changesByNoMoreThanItsFactorsWhateverComes(long seed) {
        var random = new Random(seed);
        int before = 1;
        for (int item = 0; item < 20_000; item++) {
            sizing.itemRan((long) Math.pow(10, random.nextDouble() * 10) - 5);

            int size = sizing.size();
            assertThat(size)
                    .as("seed %d, item %d", seed, item)
                    .isBetween(Math.max(1, before / ChunkSizing.SHRINKAGE), before * ChunkSizing.GROWTH)
                    .isLessThanOrEqualTo(ChunkSizing.MOST);
            before = size;
        }
    }

    @Test
    void bearsTimesThatCantBeSummedUp() {
        run(10, Long.MAX_VALUE);

        assertThat(sizing.size()).isEqualTo(1);
    }

    private void run(int items, long nanos) {
        for (int item = 0; item < items; item++) {
            sizing.itemRan(nanos);
        }
    }
}
