package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ItemOutcome;
import dev.caisson.Outcome;
import dev.caisson.ProcessPool;
import dev.caisson.TaskOptions;
import dev.caisson.TaskTimeoutException;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {

    private static final List<Integer> NUMBERS = IntStream.range(0, 20).boxed().toList();

    private static ProcessPool pool;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(2);
    }

    @Test
    @Tag("C09")
    @Tag("P10")
    @Tag("row-22")
    void streamsResultsInOrderOrAsTheyEnd() {
        var run = pool.batch(NUMBERS).map(Deeds::square);
        var other = pool.batch(NUMBERS).chunkSize(3).map(Deeds::square);
        var squares = NUMBERS.stream().map(Deeds::square).toList();

        assertThat(run.stream()).containsExactlyElementsOf(squares);
        assertThat(other.unordered()).containsExactlyInAnyOrderElementsOf(squares);
    }

    @Test
    @Tag("C10")
    void givesTheFastestFirstWhenOrderDoesNotMatter() {
        var gate = Gate.in(folder, "gate");
        try (var run = pool.batch(NUMBERS).map(number -> {
            if (number == 0) {
                gate.await();
            }
            return number;
        })) {
            var results = run.unordered()
                    .peek(number -> {
                        if (number == 19) {
                            gate.open();
                        }
                    })
                    .toList();

            assertThat(results).hasSize(20).containsSubsequence(19, 0);
        }
    }

    @Test
    @Tag("C12")
    void throwsAtAFailedItemOfAStream() {
        try (var run = pool.batch(List.of(1, 0, 2)).map(number -> 2 / number)) {
            var results = run.stream().iterator();

            assertThat(results.next()).isEqualTo(2);
            assertThatThrownBy(results::next)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(ArithmeticException.class);
        }
    }

    @Test
    @Tag("C11")
    @Tag("Q23")
    @Tag("row-23")
    void goesOnAfterAFailedItemInOutcomes() {
        var run = pool.batch(List.of(1, 0, 2)).chunkSize(3).map(number -> 2 / number);

        assertThat(run.outcomes().map(Outcome::isSuccess)).containsExactly(true, false, true);
    }

    @Test
    @Tag("row-23")
    void accountsForEachItem() {
        var run = pool.batch(List.of("a", "bb")).map(text -> text.length());

        var items = run.items().toList();

        assertThat(items).extracting(ItemOutcome::index).containsExactly(0L, 1L);
        assertThat(items).extracting(ItemOutcome::item).containsExactly("a", "bb");
        assertThat(items).extracting(item -> item.outcome().orElseThrow()).containsExactly(1, 2);
        assertThat(items).allMatch(item -> item.attempts() == 1 && item.worker().isPresent());
        assertThat(items).allMatch(item -> item.timing().running().isPresent());
    }

    @Test
    void accountsForItemsAsTheyEnd() {
        var run = pool.batch(NUMBERS).map(Deeds::square);

        assertThat(run.unorderedItems().map(ItemOutcome::index))
                .containsExactlyInAnyOrderElementsOf(
                        NUMBERS.stream().map(Integer::longValue).toList());
    }

    @Test
    @Tag("B22")
    @Tag("row-25")
    void givesAFutureOfTheWholeList() throws Exception {
        assertThat(pool.batch(NUMBERS).map(number -> number + 1).future().get())
                .startsWith(1, 2, 3)
                .hasSize(20);
        assertThatThrownBy(() -> pool.batch(NUMBERS)
                        .map(number -> Deeds.fail("no"))
                        .future()
                        .get())
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("no");
    }

    @Test
    void givesTheSameFutureAgain() throws Exception {
        var run = pool.batch(NUMBERS).map(number -> number + 1);
        assertThat((Object) run.future()).isSameAs(run.future());
        assertThat(run.future().get()).hasSize(20);
        assertThatThrownBy(run::toList).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Tag("C32")
    void canBeTakenOnce() throws Exception {
        var run = pool.batch(NUMBERS).map(Deeds::square);
        run.toList();

        assertThatThrownBy(run::stream).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Tag("C40")
    void countsItsProgress() throws Exception {
        var run = pool.batch(List.of(1, 0, 2)).map(number -> 2 / number);

        assertThat(run.outcomes()).hasSize(3);

        var progress = run.progress();
        assertThat(progress.read()).isEqualTo(3);
        assertThat(progress.succeeded()).isEqualTo(2);
        assertThat(progress.failed()).isEqualTo(1);
        assertThat(progress.inputEnded()).isTrue();
    }

    @Test
    @Tag("C17")
    @Tag("C33")
    void endsWhatIsLeftWhenItIsCancelled() throws Exception {
        var run = pool.batch(NUMBERS).chunkSize(3).map(Deeds::hangThenSay);
        var future = run.future();
        Await.until("a worker is busy", () -> pool.snapshot().running() > 0);

        run.cancel();

        assertThatThrownBy(future::join)
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).isInstanceOf(CancellationException.class),
                        thrown -> assertThat(thrown).hasCauseInstanceOf(CancellationException.class));
        Await.until("nothing is open", () -> pool.snapshot().open() == 0);
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    @Tag("C17")
    void endsWithItsFuture() {
        var future = pool.batch(NUMBERS).map(Deeds::hangThenSay).future();
        Await.until("a worker is busy", () -> pool.snapshot().running() > 0);

        assertThat(future.cancel(true)).isTrue();

        assertThat(future.isCancelled()).isTrue();
        Await.until("nothing is open", () -> pool.snapshot().open() == 0);
    }

    @Test
    @Tag("C31")
    void endsWhenAStreamIsClosedEarly() {
        try (var results = pool.batch(NUMBERS).map(Deeds::square).stream()) {
            assertThat(results.iterator().next()).isZero();
        }

        Await.until("nothing is open", () -> pool.snapshot().open() == 0);
    }

    @Test
    @Tag("C16")
    @Tag("Q22")
    @Tag("row-24")
    void losesOnlyTheItemThatRanTooLong() {
        var run = pool.batch(NUMBERS.subList(0, 6))
                .chunkSize(6)
                .options(TaskOptions.DEFAULT.withTimeLimit(Duration.ofMillis(1500)))
                .map(number -> number == 2 ? Deeds.hangThenSay(2) : number);

        var outcomes = run.outcomes().toList();

        assertThat(outcomes.stream().map(Outcome::isSuccess)).containsExactly(true, true, false, true, true, true);
        assertThatThrownBy(() -> outcomes.get(2).orElseThrow()).hasCauseInstanceOf(TaskTimeoutException.class);
    }
}
