package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.PoolListener;
import dev.caisson.ProcessPool;
import dev.caisson.StartMethod;
import dev.caisson.TaskEvent;
import dev.caisson.TaskListener;
import dev.caisson.TaskOptions;
import dev.caisson.TaskStep;
import dev.caisson.WorkerInfo;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("row-26")
@Tag("row-38")
class ListenerTest {

    private static final TaskOptions OPTIONS =
            TaskOptions.DEFAULT.withLabel("a.pdf").withCorrelationId("request 7");

    private static final Logger LOGGER = Logger.getLogger("dev.caisson.runtime.Announcements");

    private final Diary diary = new Diary();

    @TempDir
    private Path folder;

    @Test
    @Tag("row-27")
    void tellsEachStepOfATaskInOrder(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.listener(diary));

        var future = pool.submit(
                () -> 1, OPTIONS.withSoftTimeLimit(Duration.ofMinutes(1)).withTimeLimit(Duration.ofMinutes(2)));
        future.get();
        pool.close();

        diary.awaitEnd();
        assertThat(diary.tasks())
                .containsExactly(
                        "submitted " + future.id() + "/0 a.pdf request 7, attempt 0, soft PT1M, hard PT2M",
                        "started " + future.id() + "/0 a.pdf request 7, attempt 1, soft PT1M, hard PT2M",
                        "finished " + future.id() + "/0 a.pdf request 7, attempts 1: SUCCEEDED");
        assertThat(diary.workers()).containsExactly("started", "ready", "exited CLOSED");
        assertThat(diary.entries().getLast()).isEqualTo("pool terminated");
    }

    @Test
    void tellsOfEachItemOfAChunk(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.listener(diary));

        pool.batch(List.of(1, 2, 3)).chunkSize(3).map(Deeds::square).toList();
        pool.close();

        diary.awaitEnd();
        assertThat(diary.tasks())
                .filteredOn(entry -> entry.startsWith("submitted"))
                .hasSize(3);
        assertThat(diary.tasks())
                .filteredOn(entry -> entry.startsWith("started"))
                .hasSize(3);
        assertThat(diary.tasks())
                .filteredOn(entry -> entry.startsWith("finished"))
                .hasSize(3);
    }

    @Test
    void tellsOfDeathsAndRetries(Pools pools) {
        var pool = pools.open(builder -> builder.listener(diary));

        var future = pool.submit(Deeds::killSelf, OPTIONS.withRetries(1));
        Await.until("it has failed", future::isDone);
        pool.close();

        diary.awaitEnd();
        assertThat(diary.verbs()).containsExactly("submitted", "started", "retried", "started", "finished");
        assertThat(diary.tasks().get(2)).contains("attempt 2");
        assertThat(diary.tasks().getLast()).endsWith("attempts 2: CRASHED");
        assertThat(diary.workers()).startsWith("started", "ready", "exited DIED", "started", "ready", "exited DIED");
    }

    @Test
    void tellsWhichLimitStruck(Pools pools) {
        var pool = pools.open(builder -> builder.listener(diary).startMethod(StartMethod.IN_PROCESS));
        var limit = Duration.ofMillis(50);

        var soft = pool.submit(Deeds::hang, OPTIONS.withSoftTimeLimit(limit));
        Await.until("the soft one struck", soft::isDone);
        var hard = pool.submit(Deeds::hang, OPTIONS.withTimeLimit(Duration.ofMillis(300)));
        var queued = pool.submit(() -> 1, OPTIONS.withQueueTimeLimit(limit));
        Await.until("the others struck", () -> hard.isDone() && queued.isDone());
        pool.close();

        diary.awaitEnd();
        assertThat(diary.verbs())
                .filteredOn(verb -> verb.startsWith("over"))
                .containsExactly("over SOFT", "over QUEUE", "over HARD");
        assertThat(diary.tasks())
                .filteredOn(entry -> entry.endsWith("TIMED_OUT"))
                .hasSize(3);
        assertThat(diary.workers()).contains("exited TIME_LIMIT");
    }

    @Test
    void tellsOfCancels(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.listener(diary).startMethod(StartMethod.IN_PROCESS));
        var gate = Gate.in(folder, "gate");
        var running = pool.submit(() -> gate.await());
        Deeds.begun(running);

        pool.submit(() -> 1, OPTIONS).cancel(false);
        gate.open();
        running.get();
        var hanging = pool.submit(Deeds::hang, OPTIONS);
        Deeds.begun(hanging);
        hanging.cancel(true);
        pool.close();

        diary.awaitEnd();
        assertThat(diary.tasks())
                .filteredOn(entry -> entry.endsWith("CANCELLED"))
                .hasSize(2);
        assertThat(diary.verbs()).doesNotContain("over SOFT");
    }

    @Test
    void tellsWhyWorkersLeave(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.listener(diary).maxTasksPerWorker(1));

        pool.submit(() -> 1).get();
        Await.until("it is replaced", () -> diary.workers().contains("exited RETIRED"));
        var hanging = pool.submit(Deeds::hang);
        pool.terminateWorker(Deeds.begun(hanging));
        Await.until(
                "it was ended and replaced",
                () -> diary.workers().lastIndexOf("ready") > diary.workers().indexOf("exited REQUESTED")
                        && diary.workers().contains("exited REQUESTED"));
        pool.close();

        diary.awaitEnd();
        assertThat(diary.workers()).endsWith("exited CLOSED");
    }

    @Test
    void tellsOfABrokenPool(Pools pools) {
        pools.open(builder -> builder.listener(diary)
                .startMethod(StartMethod.IN_PROCESS)
                .restartLimit(0, Duration.ofSeconds(30))
                .initializer(() -> Deeds.fail("no database")));
        Await.until("it is broken", () -> diary.entries().contains("pool broken"));

        diary.awaitEnd();
        assertThat(diary.entries())
                .containsExactly("worker started", "worker start failed", "pool broken", "pool terminated");
    }

    @Test
    @Tag("row-25")
    void logsWhatAListenerThrowsAndGoesOnWhenItThrowsOrBlocks(Pools pools) throws Exception {
        var logged = new ConcurrentLinkedQueue<LogRecord>();
        LOGGER.setFilter(entry -> {
            logged.add(entry);
            return false;
        });
        var release = new CountDownLatch(1);
        var thrower = new PoolListener() {
            @Override
            public void workerReady(WorkerInfo worker) {
                throw new IllegalStateException("planted: a listener fails");
            }
        };
        var blocker = new PoolListener() {
            @Override
            public void workerReady(WorkerInfo worker) {
                try {
                    release.await();
                } catch (InterruptedException interrupt) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        var pool = pools.open(builder -> builder.startMethod(StartMethod.IN_PROCESS)
                .listener(thrower)
                .listener(blocker)
                .listener(diary));

        for (int task = 0; task < 10; task++) {
            assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
        }
        pool.close();
        assertThat(pool.isTerminated()).isTrue();
        release.countDown();

        diary.awaitEnd();
        LOGGER.setFilter(null);
        assertThat(diary.tasks()).hasSize(30);
        assertThat(logged).singleElement().satisfies(entry -> {
            assertThat(entry.getMessage()).contains(thrower.getClass().getName());
            assertThat(entry.getThrown()).hasMessage("planted: a listener fails");
        });
    }

    @Test
    void tellsOnTheCallbackExecutorAndOnOtherThreadsIfItRefuses(Pools pools) throws Exception {
        var threads = new ConcurrentLinkedQueue<String>();
        var accepted = new ConcurrentLinkedQueue<WorkerInfo>();
        var listener = new PoolListener() {
            @Override
            public void taskFinished(TaskEvent event) {
                threads.add(Thread.currentThread().getName());
            }
        };
        var executor = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("own").factory());
        var pool = pools.open(builder -> builder.startMethod(StartMethod.IN_PROCESS)
                .callbackExecutor(executor)
                .listener(listener)
                .listener(diary));
        pool.submit(() -> 1).get();
        Await.until("the first end was told", () -> diary.verbs().contains("finished"));

        executor.close();
        pool.submit(() -> 2, OPTIONS.withOnAccepted(accepted::add)).get();
        pool.close();

        diary.awaitEnd();
        assertThat(diary.tasks()).hasSize(6);
        assertThat(threads).hasSize(2).startsWith("own").doesNotHaveDuplicates();
        Await.until("onAccepted was called", () -> accepted.size() == 1);
    }

    /// No lock is held, on whatever thread it is told.
    @Test
    void mayUseThePoolItHearsOf(Pools pools) {
        for (Executor executor : List.of(Executors.newVirtualThreadPerTaskExecutor(), (Executor) Runnable::run)) {
            var follower = new Follower();
            var pool = pools.open(builder -> builder.startMethod(StartMethod.IN_PROCESS)
                    .callbackExecutor(executor)
                    .listener(follower));
            follower.pool.complete(pool);

            var _ = pool.submit(() -> 0);

            Await.until("three more have followed", () -> follower.ended.get() == 4);
            pool.close();
        }
    }

    /// Submits another task at the end of each of the first.
    private static final class Follower implements TaskListener {

        final CompletableFuture<ProcessPool> pool = new CompletableFuture<>();
        final AtomicInteger ended = new AtomicInteger();

        @Override
        public void taskStarted(TaskStep task, WorkerInfo worker) {
            assertThat(pool.join().snapshot().ledger().submitted()).isPositive();
        }

        @Override
        public void taskFinished(TaskEvent event) {
            if (ended.incrementAndGet() <= 3) {
                var _ = pool.join().submit(() -> 0);
            }
        }
    }

    @Test
    void keepsTheOrderOfEachTaskUnderLoad(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.listener(diary).workers(3).startMethod(StartMethod.IN_PROCESS));

        var futures = IntStream.range(0, 500)
                .mapToObj(number -> pool.submit(() -> number))
                .toList();
        for (var future : futures) {
            future.get();
        }
        pool.close();

        diary.awaitEnd();
        for (var future : futures) {
            assertThat(diary.tasks())
                    .filteredOn(entry -> entry.contains(" " + future.id() + "/"))
                    .extracting(entry -> entry.split(" ", 2)[0])
                    .containsExactly("submitted", "started", "finished");
        }
    }
}
