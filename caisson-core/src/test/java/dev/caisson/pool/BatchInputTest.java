package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.Outcome;
import dev.caisson.ProcessPool;
import dev.caisson.TaskSerializationException;
import dev.caisson.testing.Pools;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchInputTest {

    private static ProcessPool pool;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(2);
    }

    @Test
    @Tag("C26")
    @Tag("C27")
    @Tag("Q41")
    @Tag("row-19")
    void readsNoMoreThanTheLookAhead() {
        var read = new AtomicInteger();
        Iterable<Integer> endless = () -> new Counting(read, Integer.MAX_VALUE);

        try (var run = pool.batch(endless).ahead(4).map(Deeds::square)) {
            var results = run.stream().iterator();
            for (int taken = 0; taken < 10; taken++) {
                assertThat(results.next()).isEqualTo(taken * taken);
                assertThat(read.get()).isLessThanOrEqualTo(taken + 1 + 4);
            }
        }
    }

    @Test
    @Tag("C28")
    void readsOneByOneWhenAskedTo() {
        var read = new AtomicInteger();
        Iterable<Integer> endless = () -> new Counting(read, Integer.MAX_VALUE);

        try (var run = pool.batch(endless).ahead(1).map(Deeds::square)) {
            var results = run.stream().iterator();
            for (int taken = 1; taken <= 5; taken++) {
                results.next();
                assertThat(read.get()).isLessThanOrEqualTo(taken + 1);
            }
        }
    }

    @Test
    void readsNothingBeforeResultsAreTaken() {
        var read = new AtomicInteger();
        Iterable<Integer> endless = () -> new Counting(read, Integer.MAX_VALUE);

        try (var run = pool.batch(endless).map(Deeds::square)) {
            assertThat(run.progress().read()).isZero();
        }

        assertThat(read.get()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 19})
    @Tag("C19")
    @Tag("C22")
    @Tag("C20")
    @Tag("C35")
    void givesAnErrorOfTheInputBackAtItsPlace(int good) throws Exception {
        Iterable<Integer> failing = () -> new Counting(new AtomicInteger(), good);
        var taken = new ArrayList<Integer>();

        var run = pool.batch(failing).chunkSize(3).map(Deeds::square);

        assertThatThrownBy(() -> run.stream().forEach(taken::add))
                .isInstanceOf(BrokenInput.class)
                .hasNoCause();
        assertThat(taken).hasSize(good);
        assertThatThrownBy(() -> pool.map(Deeds::square, failing)).isInstanceOf(BrokenInput.class);
        assertThatThrownBy(() -> pool.batch(failing).map(Deeds::square).future().get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(BrokenInput.class);
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    @Tag("C23")
    void losesOnlyTheItemThatCantTravel() {
        var items = List.<Object>of("a", new Object(), "c");

        var outcomes = pool.batch(items)
                .chunkSize(3)
                .map(item -> item.toString())
                .outcomes()
                .toList();

        assertThat(outcomes.getFirst()).isEqualTo(new Outcome.Success<>("a"));
        assertThat(outcomes.getLast()).isEqualTo(new Outcome.Success<>("c"));
        assertThatThrownBy(() -> outcomes.get(1).orElseThrow())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(TaskSerializationException.class);
    }

    @Test
    @Tag("C21")
    void trustsNoClaimedSize() throws Exception {
        var liar = new ArrayList<>(List.of(1, 2, 3)) {
            @Override
            public int size() {
                throw new IllegalStateException("size is not known");
            }
        };

        assertThat(pool.map(Deeds::square, liar)).containsExactly(1, 4, 9);
    }

    /// 0, 1, 2, … and after so many, an error.
    private record Counting(AtomicInteger read, int good) implements Iterator<Integer> {

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Integer next() {
            int number = read.getAndIncrement();
            if (number >= good) {
                throw new BrokenInput();
            }
            return number;
        }
    }

    private static final class BrokenInput extends NoSuchElementException {

        private static final long serialVersionUID = 1L;
    }
}
