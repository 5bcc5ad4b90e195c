package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caisson.PoolBrokenException;
import dev.caisson.PoolListener;
import dev.caisson.PoolState;
import dev.caisson.ProcessPool;
import dev.caisson.TaskSerializationException;
import dev.caisson.WorkerInfo;
import dev.caisson.WorkerStartException;
import dev.caisson.testing.Await;
import dev.caisson.testing.CapturedLog;
import dev.caisson.testing.Pools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFailureTest {

    private static final Duration WINDOW = Duration.ofSeconds(30);

    /// Twice like a JVM on a machine without threads, then a JVM.
    private static final String SHORT_OF_THREADS = """
            if [ "$(cat "$0" 2>/dev/null | wc -l)" -lt 2 ]; then
              echo tried >> "$0"
              echo 'java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory'
              exit 1
            fi
            exec "$@"
            """;

    @Test
    @Tag("I03")
    @Tag("Q08")
    @Tag("I04")
    @Tag("row-5")
    @Tag("row-18")
    void failsAllTasksWithWhatTheInitializerThrew(Pools pools) {
        var pool =
                pools.open(builder -> builder.restartLimit(1, WINDOW).initializer(StartFailureTest::failInitializer));
        var futures = new ArrayList<Future<Integer>>();
        for (int number = 0; number < 5; number++) {
            futures.add(pool.submit(() -> 1));
        }

        for (var future : futures) {
            var thrown = catchThrowableOfType(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS));
            assertThat(thrown.getCause())
                    .isInstanceOf(PoolBrokenException.class)
                    .hasMessageContaining("no database")
                    .hasCauseInstanceOf(WorkerStartException.class)
                    .hasRootCauseInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("no database");
        }
        assertThat(futures.getFirst().exceptionNow())
                .isNotSameAs(futures.getLast().exceptionNow());
        assertThat(pool.snapshot().ledger().rejected()).isEqualTo(5);
    }

    private static void failInitializer() {
        throw new IllegalStateException("no database");
    }

    @Test
    void warnsOnceWhileItHoldsWorkersBack(Pools pools) {
        try (var log = CapturedLog.of("dev.caisson.runtime.RestartWarning")) {
            var pool = pools.open(
                    builder -> builder.restartLimit(50, WINDOW).launchPrefix("sh", "-c", "echo no luck; exit 7"));

            Await.until("it has warned", () -> !log.messages().isEmpty());
            pool.terminate();

            assertThat(log.messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message)
                            .containsPattern(
                                    "Workers of pool .* die faster than they can be replaced: [0-9]+ within 30")
                            .contains("restartLimit", "no luck"));
        }
    }

    @Test
    @Tag("I34")
    @Tag("Q26")
    @Tag("row-18")
    void refusesTasksOnceBroken(Pools pools) throws Exception {
        var pool =
                pools.open(builder -> builder.restartLimit(0, WINDOW).initializer(StartFailureTest::failInitializer));
        var future = pool.submit(() -> 1);
        assertThatThrownBy(future::get).hasCauseInstanceOf(PoolBrokenException.class);

        assertThatThrownBy(() -> pool.submit(() -> 2)).isInstanceOf(PoolBrokenException.class);
        assertThat(pool.snapshot().state()).isIn(PoolState.BROKEN, PoolState.TERMINATED);
        assertThat(pool.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        pool.close();
    }

    @Test
    @Tag("C18")
    void endsABatchWhenThePoolBreaks(Pools pools) {
        var pool =
                pools.open(builder -> builder.restartLimit(0, WINDOW).initializer(StartFailureTest::failInitializer));

        assertThatThrownBy(() -> pool.map(Deeds::square, List.of(1, 2, 3)))
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).hasCauseInstanceOf(PoolBrokenException.class),
                        thrown -> assertThat(thrown).isInstanceOf(PoolBrokenException.class));
    }

    @Test
    void triesNothingTwiceThatCanNeverWork(Pools pools) {
        var tries = new AtomicInteger();
        var pool = pools.open(
                builder -> builder.workers(1).jvmOptions("-XX:+NoSuchOption").listener(new PoolListener() {
                    @Override
                    public void workerStartFailed(WorkerStartException failure) {
                        tries.incrementAndGet();
                    }
                }));

        assertThatThrownBy(() -> pool.submit(() -> 1).get(60, TimeUnit.SECONDS))
                .hasCauseInstanceOf(PoolBrokenException.class)
                .hasMessageContaining("NoSuchOption");
        assertThat(tries).hasValue(1);
    }

    @Test
    @Tag("Q46")
    @Tag("I18")
    @Tag("I32")
    @Tag("K28")
    void showsWhatAJvmSaysThatDoesNotStart(Pools pools) {
        var pool = pools.open(builder -> builder.restartLimit(0, WINDOW).jvmOptions("-XX:+NoSuchOption"));

        assertThatThrownBy(() -> pool.submit(() -> 1).get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(PoolBrokenException.class)
                .hasMessageContaining("NoSuchOption")
                .hasMessageContaining("restartLimit")
                .cause()
                .isInstanceOfSatisfying(WorkerStartException.class, failure -> {
                    assertThat(failure.output()).anyMatch(line -> line.contains("NoSuchOption"));
                    assertThat(failure.exitCode()).hasValue(1);
                    assertThat(failure.command()).contains("-XX:+NoSuchOption");
                });
    }

    @Test
    @Tag("Q47")
    void startsAWorkerAgainThatFoundNoThreads(@TempDir Path folder, Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.restartLimit(0, WINDOW)
                .launchPrefix(
                        "sh", "-c", SHORT_OF_THREADS, folder.resolve("tried").toString()));

        assertThat(pool.submit(() -> 42).get(30, TimeUnit.SECONDS)).isEqualTo(42);
        assertThat(Files.readAllLines(folder.resolve("tried"))).hasSize(2);
    }

    @Test
    @Tag("G12")
    @Tag("Q09")
    void killsAWorkerWhoseInitializerHangs(Pools pools) {
        var pool = pools.open(builder -> builder.restartLimit(0, WINDOW)
                .startTimeLimit(Duration.ofMillis(800))
                .initializer(Deeds::hang));

        assertThatThrownBy(() -> pool.submit(() -> 1).get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(PoolBrokenException.class)
                .hasMessageContaining("startTimeLimit");
    }

    @Test
    @Tag("F02")
    void refusesAnInitializerThatCantTravel() {
        var monitor = new Object();

        assertThatThrownBy(() ->
                        ProcessPool.builder().initializer(monitor::notifyAll).build())
                .isInstanceOf(TaskSerializationException.class)
                .hasMessageContaining("initializer");
    }

    @Test
    @Tag("I01")
    @Tag("I10")
    @Tag("row-5")
    void runsTheInitializerBeforeTheFirstTask(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.initializer(() -> System.setProperty("initialized", "yes")));

        assertThat(pool.submit(() -> System.getProperty("initialized")).get()).isEqualTo("yes");
    }

    @Test
    @Tag("I33")
    @Tag("I35")
    @Tag("row-38")
    void tellsListenersOfStartsAndFailures(Pools pools) throws Exception {
        var ready = new CompletableFuture<WorkerInfo>();
        var failed = new CompletableFuture<WorkerStartException>();
        var broken = new CompletableFuture<PoolBrokenException>();
        var listener = new PoolListener() {
            @Override
            public void workerReady(WorkerInfo worker) {
                ready.complete(worker);
            }

            @Override
            public void workerStartFailed(WorkerStartException failure) {
                failed.complete(failure);
            }

            @Override
            public void poolBroken(PoolBrokenException failure) {
                broken.complete(failure);
            }
        };

        pools.open(builder -> builder.listener(listener));
        pools.open(builder ->
                builder.listener(listener).restartLimit(0, WINDOW).initializer(StartFailureTest::failInitializer));

        assertThat(ready.get(10, TimeUnit.SECONDS).pid()).isPositive();
        assertThat(failed.get(10, TimeUnit.SECONDS)).hasMessageContaining("no database");
        assertThat(broken.get(10, TimeUnit.SECONDS)).hasMessageContaining("no database");
    }

    @Test
    @Tag("B11")
    void namesAllThatIsWrongWithADescription() {
        var builder = ProcessPool.builder()
                .workers(0)
                .maxHeap("much")
                .timeLimit(Duration.ofSeconds(-1))
                .javaHome(Path.of("/no/such/jdk"));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("workers")
                .hasMessageContaining("maxHeap")
                .hasMessageContaining("timeLimit")
                .hasMessageContaining("/no/such/jdk");
    }
}
