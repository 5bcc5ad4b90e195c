package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ItemOutcome;
import dev.caisson.Outcome;
import dev.caisson.PayloadTooLargeException;
import dev.caisson.ProcessPool;
import dev.caisson.ResultSerializationException;
import dev.caisson.TaskOptions;
import dev.caisson.TaskSerializationException;
import dev.caisson.TaskTimeoutException;
import dev.caisson.WorkerExitedException;
import dev.caisson.testing.Pools;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever befalls one item of a chunk, the others don't notice.
@Tag("row-23")
class BatchChunkOutcomesTest {

    private static ProcessPool pool;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(builder -> builder.workers(2).maxResult("8m"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12})
    @Tag("C11")
    @Tag("C16")
    @Tag("C23")
    @Tag("J17")
    @Tag("row-32")
    void givesEachItemOfAChunkItsOwnOutcome(int chunkSize) {
        var items = List.<Object>of(
                "a", "fail", "b", "hang", "c", new Object(), "d", "crash", "e", "unserializable", "f", "huge");

        var outcomes = pool.batch(items)
                .chunkSize(chunkSize)
                .options(TaskOptions.DEFAULT.withTimeLimit(Duration.ofSeconds(2)))
                .map(BatchChunkOutcomesTest::behave)
                .outcomes()
                .toList();

        for (int good : new int[] {0, 2, 4, 6, 8, 10}) {
            assertThat(outcomes.get(good)).isEqualTo(new Outcome.Success<>("did " + items.get(good)));
        }
        assertFailed(outcomes.get(1), IllegalArgumentException.class, "wrong");
        assertFailed(outcomes.get(3), TaskTimeoutException.class, "2");
        assertFailed(outcomes.get(5), TaskSerializationException.class, "java.lang.Object");
        assertFailed(outcomes.get(7), WorkerExitedException.class, "3");
        assertFailed(outcomes.get(9), ResultSerializationException.class, "java.lang.Object");
        assertFailed(outcomes.get(11), PayloadTooLargeException.class, "");
    }

    private static void assertFailed(Outcome<?> outcome, Class<? extends Throwable> type, String message) {
        assertThatThrownBy(outcome::orElseThrow)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(type)
                .hasMessageContaining(message);
    }

    private static Object behave(Object item) throws InterruptedException {
        return switch (String.valueOf(item)) {
            case "fail" -> throw new IllegalArgumentException("wrong");
            case "hang" -> Deeds.hangThenSay(1);
            case "crash" -> {
                Runtime.getRuntime().halt(3);
                yield "never";
            }
            case "unserializable" -> new Object();
            case "huge" -> new byte[9 << 20];
            default -> "did " + item;
        };
    }

    @Test
    void takesItemsAndResultsFarLargerThanAFrame() throws Exception {
        var items =
                IntStream.range(0, 12).mapToObj(size -> new byte[size << 18]).toList();

        var results = pool.batch(items)
                .map(bytes -> Arrays.copyOf(bytes, bytes.length + 1))
                .toList();

        assertThat(results)
                .extracting(bytes -> bytes.length)
                .containsExactlyElementsOf(
                        items.stream().map(bytes -> bytes.length + 1).toList());
    }

    @Test
    @Tag("row-19")
    void countsTheAttemptsOfEachItem() {
        var run = pool.batch(List.of(1, 2, 3, 4))
                .chunkSize(4)
                .options(TaskOptions.DEFAULT.withRetries(2))
                .map(number -> {
                    if (number == 3) {
                        Runtime.getRuntime().halt(1);
                    }
                    return number;
                });

        var items = run.items().toList();

        assertThat(items).extracting(ItemOutcome::attempts).containsExactly(1, 1, 3, 1);
        assertThat(items.get(2).outcome().isSuccess()).isFalse();
    }

    @Test
    @Tag("C02")
    @Tag("row-21")
    void endsWithTheShorterOfAnEndlessAndAFiniteInput() throws Exception {
        Iterable<Integer> endless =
                () -> Stream.iterate(0, number -> number + 1).iterator();

        assertThat(pool.batch(endless, List.of("a", "b", "c"))
                        .map((number, text) -> text + number)
                        .toList())
                .containsExactly("a0", "b1", "c2");
        assertThat(pool.batch(List.of("a", "b"), endless).chunkSize(10).map((text, number) -> text + number).stream())
                .containsExactly("a0", "b1");
    }
}
