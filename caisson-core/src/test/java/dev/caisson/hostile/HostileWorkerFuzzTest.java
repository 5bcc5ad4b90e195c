package dev.caisson.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.ProcessPool;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import dev.caisson.WorkerOutput;
import dev.caisson.chaos.Footprint;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whole pools whose workers are hostile, drawn from one seed. `-Dcaisson.seed=N` draws others, or the same again;
/// which worker gets which task first is theirs, so a seed repeats the deeds and not each race.
class HostileWorkerFuzzTest {

    private static final long SEED = 23;
    private static final int POOLS_AT_A_TIME = 16;
    private static final int TASKS = 12;
    private static final int ITEMS = 20;
    private static final int ROUND_SECONDS = 120;
    private static final Duration CLOSE_LIMIT = Duration.ofMillis(100);

    /// How much longer a close may take on a busy machine.
    private static final Duration CLOSE_SLACK = Duration.ofSeconds(30);

    private static final long HEAP_SLACK_BYTES = 32L << 20;
    private static final int SLACK = 40;

    private final AtomicLong deeds = new AtomicLong();
    private final AtomicLong values = new AtomicLong();
    private final ConcurrentLinkedQueue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> bugs = new ConcurrentLinkedQueue<>();

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void endsEachTaskOnceAndKeepsNothingWhateverWorkersDo(Pools pools) throws Exception {
        long seed = Long.getLong("caisson.seed", SEED);
        long wanted = System.getProperty("caisson.profile", "normal").equals("normal") ? 20_000 : 1_000_000;
        System.out.println(wanted + " hostile deeds with -Dcaisson.seed=" + seed);
        var neighbour = pools.open(1);
        var random = new Random(seed);
        var before = Thread.getDefaultUncaughtExceptionHandler();
        var log = Logger.getLogger("dev.caisson");
        var handler = new BugHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
        log.addHandler(handler);
        log.setUseParentHandlers(false); // what such workers make a pool say would drown all else
        try {
            var series = new ArrayList<Footprint>();
            while (deeds.get() < wanted || series.size() < 8) {
                runPools(seed, random);
                series.add(Footprint.take());
                int number = series.size();
                assertThat(neighbour.submit(() -> number).get(60, TimeUnit.SECONDS))
                        .isEqualTo(number);
            }
            Footprint.checkFlat(series, HEAP_SLACK_BYTES, SLACK);
        } finally {
            log.setUseParentHandlers(true);
            log.removeHandler(handler);
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(uncaught).as("with -Dcaisson.seed=%d", seed).isEmpty();
        assertThat(bugs).as("with -Dcaisson.seed=%d", seed).isEmpty();
        assertThat(values).as("results that came all the same").hasPositiveValue();
    }

    /// Some at a time: they wait most of the time, for limits and for workers that are held back.
    private void runPools(long runSeed, Random random) throws Exception {
        try (var callers = Executors.newFixedThreadPool(POOLS_AT_A_TIME)) {
            var runs = new ArrayList<Future<?>>();
            for (int i = 0; i < POOLS_AT_A_TIME; i++) {
                long seed = random.nextLong();
                runs.add(callers.submit(() -> {
                    new Run(seed).run();
                    return true;
                }));
            }
            for (var run : runs) {
                run.get(ROUND_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException failure) {
            throw new AssertionError("Hostile workers with -Dcaisson.seed=" + runSeed, failure);
        }
    }

    /// One pool with its load.
    private final class Run {

        private final Random random;
        private final List<TaskFuture<?>> futures = new ArrayList<>();
        private final AtomicInteger endings = new AtomicInteger();

        Run(long seed) {
            this.random = new Random(seed);
        }

        void run() throws Exception {
            var pool = openPool();
            for (int i = 0; i < TASKS; i++) {
                int number = i;
                TaskFuture<?> future = pool.submit(() -> number, options(i)); // what comes may be anything
                var ignored = future.toCompletableFuture().whenComplete((value, failure) -> endings.incrementAndGet());
                futures.add(future);
            }
            var batch = pool.batch(IntStream.range(0, ITEMS).boxed().toList())
                    .map(item -> item)
                    .future();
            futures.get(random.nextInt(TASKS)).cancel(true);
            settle(random.nextInt(1500));
            closeInTime(pool);

            futures.forEach(this::checkEnd);
            checkBatch(batch);
            Await.until("each future has told its end", () -> endings.get() >= TASKS);
            assertThat(endings).hasValue(TASKS);
            var ledger = pool.snapshot().ledger();
            assertThat(ledger.balanced(0)).as("books %s", ledger).isTrue();
            assertThat(ledger.submitted()).isBetween((long) TASKS, (long) TASKS + ITEMS); // a batch submits as it goes
        }

        private ProcessPool openPool() {
            long seed = random.nextLong();
            var launches = new AtomicLong();
            return ProcessPool.builder()
                    .workers(4)
                    .launcher(command ->
                            launch(Path.of(command.command().getLast()), new Random(seed + launches.incrementAndGet())))
                    .restartLimit(1000, Duration.ofMinutes(1))
                    .timeLimit(Duration.ofMillis(400))
                    .startTimeLimit(Duration.ofSeconds(3))
                    .finalizer(() -> {}, CLOSE_LIMIT)
                    .output(random.nextBoolean() ? WorkerOutput.discard() : line -> {})
                    .build();
        }

        private TaskOptions options(int number) {
            var options = TaskOptions.DEFAULT.withPriority(random.nextInt(3));
            return switch (number % 4) {
                case 0 -> options.withQueueTimeLimit(Duration.ofMillis(300));
                case 1 -> options.withRetries(2);
                case 2 -> options.withTotalTimeLimit(Duration.ofMillis(700)).withSoftTimeLimit(Duration.ofMillis(50));
                default -> options;
            };
        }

        private void settle(int millis) throws InterruptedException {
            try {
                CompletableFuture.allOf(futures.stream()
                                .map(TaskFuture::toCompletableFuture)
                                .toArray(CompletableFuture[]::new))
                        .get(millis, TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException expected) {
                // What is left ends with the pool.
            }
        }

        private void closeInTime(ProcessPool pool) {
            long begin = System.nanoTime();
            pool.close(CLOSE_LIMIT);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("time that close(%s) took", CLOSE_LIMIT)
                    .isLessThan(CLOSE_LIMIT.plus(CLOSE_SLACK));
        }

        private void checkEnd(TaskFuture<?> future) {
            assertThat(future.isDone()).as("done after close: %s", future).isTrue();
            if (future.state() == Future.State.SUCCESS) {
                values.incrementAndGet();
            } else if (future.state() == Future.State.FAILED) {
                checkFailure(future.exceptionNow());
            }
        }

        private void checkBatch(TaskFuture<List<Integer>> batch) throws Exception {
            try {
                assertThat(batch.get(ROUND_SECONDS, TimeUnit.SECONDS)).hasSize(ITEMS);
            } catch (ExecutionException failed) {
                checkFailure(failed.getCause());
            } catch (CancellationException expected) {
                // It was closed before.
            }
        }

        private void checkFailure(@Nullable Throwable failure) {
            var text = String.valueOf(failure);
            if (text.contains("bug")) {
                bugs.add(text);
            }
        }
    }

    private Process launch(Path board, Random random) {
        var process = new HostileProcess(HostileMessage.bytes(random));
        Thread.ofPlatform().daemon().name("hostile-worker").start(new HostileWorker(process, board, random, deeds));
        return process;
    }

    /// Takes what the pool says of itself.
    private final class BugHandler extends Handler {

        @Override
        public void publish(LogRecord entry) {
            var text = String.valueOf(entry.getMessage());
            if (entry.getLevel().intValue() >= Level.SEVERE.intValue() || text.contains("bug")) {
                bugs.add(text + " " + entry.getThrown());
            }
        }

        @Override
        public void flush() {
            // It keeps all at once.
        }

        @Override
        public void close() {
            // It has nothing open.
        }
    }
}
