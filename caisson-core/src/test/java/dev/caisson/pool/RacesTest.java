package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ProcessPool;
import dev.caisson.StartMethod;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import dev.caisson.TaskSerializationException;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two things at once: whatever comes first, nothing is lost and nobody waits for ever. The workers are threads, since
/// nothing here depends on what they are.
class RacesTest {

    /// What happens while a task is being written.
    private static Runnable meanwhile = () -> {};

    @TempDir
    private Path folder;

    @AfterEach
    void nothingMeanwhile() {
        meanwhile = () -> {};
    }

    private static ProcessPool open(Pools pools, UnaryOperator<ProcessPool.Builder> changes) {
        return pools.open(builder -> changes.apply(builder.startMethod(StartMethod.IN_PROCESS)));
    }

    @Test
    @Tag("B27")
    void refusesATaskWhenThePoolWasClosedWhileItWasWritten(Pools pools) {
        var pool = open(pools, builder -> builder);
        var slow = new SlowToWrite();
        meanwhile = pool::shutdown;

        assertThatThrownBy(() -> pool.submit(() -> slow.hashCode())).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    @Tag("F19")
    void runsATaskThoughAllWorkersLeftWhileItWasWritten(Pools pools) throws Exception {
        var pool = open(pools, builder -> builder.minWorkers(0).idleTimeout(Duration.ofMillis(20)));
        pool.submit(() -> 1).get();
        var slow = new SlowToWrite();
        meanwhile = () ->
                Await.until("all have left", () -> pool.snapshot().workers().isEmpty());

        assertThat(pool.submit(() -> slow.number).get()).isEqualTo(7);
    }

    @Test
    @Tag("K15")
    void refusesWhoWaitsForRoomWhenThePoolCloses(Pools pools) throws Exception {
        var pool = open(pools, builder -> builder.queueCapacity(1));
        var gate = Gate.in(folder, "gate");
        Deeds.begun(pool.submit(() -> gate.await()));
        var queued = pool.submit(() -> 1);
        var third = new CompletableFuture<Integer>();
        var submitter = Thread.ofVirtual().start(() -> {
            try {
                third.complete(pool.submit(() -> 2).join());
            } catch (RuntimeException refusal) {
                third.completeExceptionally(refusal);
            }
        });
        Await.until("the submitter waits", () -> submitter.getState() == Thread.State.WAITING);

        pool.shutdown();
        gate.open();

        assertThatThrownBy(() -> third.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(RejectedExecutionException.class);
        assertThat(queued.get()).isEqualTo(1);
    }

    @Test
    @Tag("K32")
    void endsAMapWhenThePoolIsTerminated(Pools pools) {
        var pool = open(pools, builder -> builder);
        var map = new CompletableFuture<Throwable>();
        Thread.ofVirtual().start(() -> {
            try {
                pool.map(Deeds::hangThenSay, List.of(1, 2, 3));
            } catch (Throwable ending) {
                map.complete(ending);
            }
        });
        Await.until("the map runs", () -> pool.snapshot().open() > 0);

        pool.terminate();

        assertThat(map).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    @Tag("L08")
    void takesAnySizeAfterAnyOther(Pools pools) throws Exception {
        var pool = open(pools, builder -> builder);

        for (int size : List.of(12, 2, 1, 12, 6, 1, 8, 5)) {
            pool.resize(size);
            pool.submit(() -> 1).get();
            Await.until("there are " + size, () -> pool.snapshot().workers().size() == size);
        }
    }

    @Test
    @Tag("L09")
    void canBeResizedRightAfterAnEndAndWhenAllHaveLeft(Pools pools) throws Exception {
        var pool = open(pools, builder -> builder.minWorkers(0).idleTimeout(Duration.ofMillis(20)));
        var hanging = pool.submit(Deeds::hang);
        pool.terminateWorker(Deeds.begun(hanging));

        pool.resize(3);
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
        Await.until("all have left", () -> pool.snapshot().workers().isEmpty());
        pool.resize(2);

        assertThat(pool.submit(() -> 2).get()).isEqualTo(2);
    }

    @Test
    @Tag("I15")
    @Tag("I17")
    void finishesAllThatIsThereThoughEachTaskNeedsAnotherWorker(Pools pools) throws Exception {
        var pool = open(pools, builder -> builder.workers(2).maxTasksPerWorker(1));
        var futures = IntStream.range(0, 30)
                .mapToObj(number -> pool.submit(() -> number))
                .toList();

        pool.shutdown();

        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        for (int number = 0; number < 30; number++) {
            assertThat(futures.get(number).get()).isEqualTo(number);
        }
    }

    @Test
    @Tag("E16")
    void tellsWhetherATaskMayHaveRun(Pools pools) {
        var pool = open(pools, builder -> builder);
        var began = pool.submit(Deeds::hang);
        long pid = Deeds.begun(began);
        var waited = pool.submit(() -> 1, TaskOptions.DEFAULT.withQueueTimeLimit(Duration.ofMillis(20)));
        Await.until("it has waited too long", waited::isDone);

        pool.terminateWorker(pid);

        Await.until("its worker is gone", began::isDone);
        assertThat(waited.attempts()).isZero();
        assertThat(began.attempts()).isEqualTo(1);
    }

    @Test
    @Tag("A17")
    @Tag("F20")
    void sendsNeitherPoolsNorFutures(Pools pools) throws Exception {
        var pool = open(pools, builder -> builder);
        TaskFuture<Integer> future = pool.submit(() -> 1);
        future.get();

        assertThatThrownBy(() -> pool.submit(() -> future.isDone())).isInstanceOf(TaskSerializationException.class);
        assertThatThrownBy(() -> pool.submit(() -> pool.snapshot().open()))
                .isInstanceOf(TaskSerializationException.class);
    }

    @Test
    @Tag("B23")
    void keepsAnErrorOfAStageInItsFuture(Pools pools) throws Exception {
        var pool = open(pools, builder -> builder);

        var stage = pool.submit(() -> 1)
                .thenApply(value -> {
                    throw new OutOfMemoryError("planted: " + value);
                })
                .toCompletableFuture();

        assertThatThrownBy(stage::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(OutOfMemoryError.class);
        assertThat(pool.submit(() -> 2).get()).isEqualTo(2);
    }

    @Test
    @Tag("I14")
    void refusesToReplaceWorkersAfterFewerThanOneTask() {
        assertThatThrownBy(() -> ProcessPool.builder().maxTasksPerWorker(-1).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxTasksPerWorker");
    }

    @Test
    @Tag("I37")
    void runsAsManyTasksAtOnceAsThereAreWorkers(Pools pools) throws TimeoutException {
        int workers = 2 * Runtime.getRuntime().availableProcessors() + 2;
        var pool = open(pools, builder -> builder.workers(workers));
        var gate = Gate.in(folder, "gate");

        var futures = IntStream.range(0, workers)
                .mapToObj(number -> pool.submit(() -> gate.await()))
                .toList();

        futures.forEach(Deeds::begun);
        gate.open();
    }

    private static final class SlowToWrite implements Serializable {

        private static final long serialVersionUID = 1L;

        private final int number = 7;

        private void writeObject(ObjectOutputStream out) throws IOException {
            meanwhile.run();
            out.defaultWriteObject();
        }
    }
}
