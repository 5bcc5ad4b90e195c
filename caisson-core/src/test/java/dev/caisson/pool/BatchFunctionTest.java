package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ItemOutcome;
import dev.caisson.ProcessPool;
import dev.caisson.TaskSerializationException;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the function of a batch has captured, on its way to the workers.
class BatchFunctionTest {

    private static final List<Integer> NUMBERS = IntStream.range(0, 300).boxed().toList();
    private static final Duration DECODING = Duration.ofSeconds(1);

    private static ProcessPool pool;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(2);
    }

    /// Counts in each worker how often it was read there.
    private static class Captured implements Serializable {

        @Serial
        private static final long serialVersionUID = 1L;

        private static final AtomicInteger READ = new AtomicInteger();

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            READ.incrementAndGet();
        }

        /// Process id and count.
        String count() {
            return ProcessHandle.current().pid() + ":" + READ.get();
        }
    }

    private static final class SlowlyRead extends Captured {

        @Serial
        private static final long serialVersionUID = 1L;

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            try {
                Thread.sleep(DECODING);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private static final class NeverRead extends Captured {

        @Serial
        private static final long serialVersionUID = 1L;

        @Serial
        private void readObject(ObjectInputStream in) throws IOException {
            throw new InvalidObjectException("never");
        }
    }

    @Test
    void isDecodedOnceByEachWorker(Pools pools) throws Exception {
        var own = pools.open(2);
        var captured = new Captured();

        var first = own.batch(NUMBERS).chunkSize(1).map(_ -> captured.count()).toList();
        var second = own.batch(NUMBERS).map(_ -> captured.count()).toList();

        assertThat(countsByWorker(first))
                .allSatisfy((pid, counts) -> assertThat(counts).containsOnly("1"));
        assertThat(countsByWorker(second))
                .allSatisfy((pid, counts) -> assertThat(counts).hasSize(1));
    }

    private static Map<String, Set<String>> countsByWorker(List<String> counts) {
        return counts.stream()
                .map(count -> count.split(":", 2))
                .collect(Collectors.groupingBy(
                        part -> part[0], Collectors.mapping(part -> part[1], Collectors.toSet())));
    }

    @Test
    void takesNoneOfTheItemsTime() {
        var captured = new SlowlyRead();

        var outcomes = pool.batch(List.of(1, 2, 3, 4))
                .chunkSize(2)
                .map(number -> number + captured.count().length());

        assertThat(outcomes.items())
                .hasSize(4)
                .extracting(ItemOutcome::timing)
                .allSatisfy(timing -> assertThat(timing.running().orElseThrow()).isLessThan(DECODING));
    }

    @Test
    void failsEachItemIfItCannotBeRead() {
        var captured = new NeverRead();
        var run = pool.batch(List.of(1, 2, 3, 4, 5))
                .chunkSize(2)
                .map(number -> number + captured.count().length());

        assertThat(run.outcomes())
                .hasSize(5)
                .allSatisfy(outcome -> assertThatThrownBy(outcome::orElseThrow)
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(TaskSerializationException.class)
                        .hasMessageContaining("never"));
    }

    @Test
    void staysWithEachOfSeveralBatches() {
        var twice = pool.batch(NUMBERS).chunkSize(2).map(number -> 2 * number).future();
        var thrice = pool.batch(NUMBERS).chunkSize(3).map(number -> 3 * number).future();

        assertThat(twice.join())
                .isEqualTo(NUMBERS.stream().map(number -> 2 * number).toList());
        assertThat(thrice.join())
                .isEqualTo(NUMBERS.stream().map(number -> 3 * number).toList());
    }

    /// The chunk that brought the function along is taken back for an idle neighbour before it begins.
    @Test
    void isKeptOfAChunkThatWasTakenBack() throws Exception {
        var gate = Gate.in(folder, "gate");
        var hold = pool.submit(() -> gate.await());
        Await.until("it holds a worker", () -> hold.worker().isPresent());
        var captured = new Captured();
        var run = pool.batch(NUMBERS).chunkSize(1).map(number -> {
            if (number == 100) {
                gate.open();
            }
            return number + (captured.count().isEmpty() ? 1 : 0);
        });

        assertThat(run.toList()).isEqualTo(NUMBERS);
    }

    @Test
    void mayBeLarge() throws Exception {
        var words = new HashMap<Integer, String>();
        for (int i = 0; i < 100_000; i++) {
            words.put(i, "word " + i);
        }

        assertThat(pool.batch(IntStream.range(0, 2000).boxed().toList())
                        .map(number -> String.valueOf(words.get(number)).length())
                        .toList())
                .hasSize(2000);
    }
}
