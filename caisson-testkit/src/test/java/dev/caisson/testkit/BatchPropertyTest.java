package dev.caisson.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.Batch;
import dev.caisson.ItemOutcome;
import dev.caisson.TaskOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Batches of any shape, over any input, with any faults: each item has its account, once, and nothing is read too
/// early.
@Tag("C03")
@Tag("C26")
class BatchPropertyTest {

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void accountsForEachItemOnceAndReadsNoFurtherThanAllowed(long seed) {
        var random = new Random(seed);
        int items = random.nextInt(200);
        int workers = 1 + random.nextInt(4);
        int ahead = 1 + random.nextInt(50);
        var read = new AtomicInteger();
        try (var pool = pool(random, items, workers)) {
            var batch = pool.batch(input(random, items, read))
                    .ahead(ahead)
                    .options(TaskOptions.DEFAULT.withRetries(random.nextInt(2)).withTimeLimit(Duration.ofMinutes(1)));
            var shaped = random.nextBoolean() ? batch : batch.chunkSize(1 + random.nextInt(30));
            boolean ordered = random.nextBoolean();

            var accounts = take(shaped, ordered, ahead, read);

            var all = IntStream.range(0, items).boxed().toList();
            assertThat(accounts)
                    .as("seed %d", seed)
                    .extracting(ItemOutcome::item)
                    .hasSameElementsAs(all)
                    .hasSize(items);
            assertThat(accounts).as("seed %d", seed).allMatch(account -> account.index() == account.item());
            if (ordered) {
                assertThat(accounts)
                        .as("seed %d", seed)
                        .extracting(ItemOutcome::item)
                        .isEqualTo(all);
            }
            assertThat(accounts)
                    .as("seed %d", seed)
                    .filteredOn(account -> account.outcome().isSuccess())
                    .allMatch(account -> account.outcome().orElseThrow() == account.item() * 10);
        }
    }

    private static List<ItemOutcome<Integer, Integer>> take(
            Batch<Integer> batch, boolean ordered, int ahead, AtomicInteger read) {
        var accounts = new ArrayList<ItemOutcome<Integer, Integer>>();
        try (var run = batch.<Integer>map(item -> item * 10)) {
            Stream<ItemOutcome<Integer, Integer>> stream = ordered ? run.items() : run.unorderedItems();
            stream.forEach(account -> {
                assertThat(read.get()).isLessThanOrEqualTo(accounts.size() + 1 + ahead);
                accounts.add(account);
            });
            assertThat(run.progress().read()).isEqualTo(accounts.size());
            assertThat(run.progress().done()).isEqualTo(accounts.size());
            assertThat(run.progress().inputEnded()).isTrue();
        }
        return accounts;
    }

    private static Iterable<Integer> input(Random random, int items, AtomicInteger read) {
        if (random.nextBoolean()) {
            return IntStream.range(0, items).boxed().toList();
        }
        return () -> IntStream.range(0, items)
                .peek(item -> read.incrementAndGet())
                .boxed()
                .iterator();
    }

    private static SimulatedPool pool(Random random, int items, int workers) {
        var builder = SimulatedPool.builder()
                .settings(real -> real.workers(workers))
                .otherTasks(TaskScript.takes(Duration.ofNanos((long) Math.pow(10, 2 + random.nextInt(6)))));
        for (int fault = random.nextInt(6); fault > 0 && items > 0; fault--) {
            int task = 1 + random.nextInt(items);
            builder.task(
                    task,
                    switch (random.nextInt(4)) {
                        case 0 -> TaskScript.crashes(139);
                        case 1 -> TaskScript.hangs();
                        case 2 -> TaskScript.crashes(1).once();
                        default -> TaskScript.takes(Duration.ofSeconds(3));
                    });
        }
        return builder.build();
    }
}
