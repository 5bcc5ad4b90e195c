package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.PoolListener;
import dev.caisson.ProcessPool;
import dev.caisson.TaskEvent;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many items, and items of very different length.
class BatchLoadTest {

    private static ProcessPool pool;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(2);
    }

    @Test
    @Tag("C27")
    @Tag("Q42")
    void keepsItsMemoryBounded() {
        long items = "normal".equals(System.getProperty("caisson.profile", "normal")) ? 200_000 : 10_000_000;
        var read = new AtomicLong();
        Iterable<Long> input = () -> LongStream.range(0, items)
                .peek(number -> read.incrementAndGet())
                .iterator();
        long before = usedHeap();
        long taken = 0;

        try (var run = pool.batch(input).map(BatchLoadTest::padded)) {
            for (var results = run.stream().iterator(); results.hasNext(); ) {
                assertThat(results.next()[0]).isEqualTo(taken);
                taken++;
                assertThat(read.get() - taken).isLessThanOrEqualTo(64 * 1024);
                if (taken % (items / 4) == 0) {
                    assertThat(usedHeap() - before)
                            .as("bytes held after " + taken)
                            .isLessThan(64L << 20);
                }
            }
        }

        assertThat(taken).isEqualTo(items);
    }

    private static long[] padded(long number) {
        var results = new long[100];
        results[0] = number;
        return results;
    }

    private static long usedHeap() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    @Tag("C29")
    @Tag("row-20")
    void sendsTinyItemsTogetherAndLongOnesAlone(Pools pools) throws Exception {
        var places = new ConcurrentLinkedQueue<Integer>();
        var own = pools.open(builder -> builder.workers(2).listener(new PoolListener() {
            @Override
            public void taskFinished(TaskEvent event) {
                places.add(event.item());
            }
        }));

        own.map(Deeds::square, IntStream.range(0, 20_000).boxed().toList());
        Await.until("all are told", () -> places.size() == 20_000);
        assertThat(places).anyMatch(place -> place >= 10);

        places.clear();
        own.map(BatchLoadTest::slowly, IntStream.range(0, 200).boxed().toList());
        Await.until("all are told", () -> places.size() == 200);
        assertThat(places).containsOnly(0);
    }

    private static int slowly(int number) {
        LockSupport.parkNanos(5_000_000);
        return number;
    }

    @Test
    @Tag("B04")
    @Tag("C29")
    void keepsNoItemBehindALongOne() {
        var gate = Gate.in(folder, "gate");
        var others = new AtomicLong();
        try (var run = pool.batch(IntStream.range(0, 60).boxed().toList()).map(number -> {
            if (number == 0) {
                gate.await();
            } else {
                LockSupport.parkNanos(5_000_000);
            }
            return number;
        })) {
            run.unordered().forEach(number -> {
                if (number != 0 && others.incrementAndGet() == 59) {
                    gate.open(); // the long one ends when all others have: none was in its chunk
                }
            });
        }
        assertThat(others.get()).isEqualTo(59);
    }

    @Test
    @Tag("B16")
    @Tag("C34")
    void servesManyBatchesAtOnce() throws Exception {
        var squares = IntStream.range(0, 300).map(Deeds::square).boxed().toList();
        var numbers = IntStream.range(0, 300).boxed().toList();
        Callable<List<Integer>> list = () -> pool.map(Deeds::square, numbers);
        Callable<List<Integer>> stream =
                () -> pool.batch(numbers).map(Deeds::square).stream().toList();
        Callable<List<Integer>> chunks = () -> pool.batch(numbers)
                .chunkSize(7)
                .map(Deeds::square)
                .unordered()
                .sorted()
                .toList();
        Callable<List<Integer>> gathered = () -> numbers.stream()
                .gather(pool.<Integer, Integer>mapping(Deeds::square))
                .toList();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = threads.invokeAll(
                    List.of(list, stream, chunks, gathered, list, stream, chunks, gathered, list, stream));
            assertThat(results).extracting(Future::resultNow).allMatch(squares::equals);
        }
    }
}
