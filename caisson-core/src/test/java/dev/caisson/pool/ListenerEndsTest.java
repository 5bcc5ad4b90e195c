package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.StartMethod;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// However a task ends: each listener hears of it once, in order, and before it hears of the pool's end.
@Tag("row-26")
@Tag("row-38")
class ListenerEndsTest {

    private final Diary diary = new Diary();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"SPAWN", "IN_PROCESS"})
    void tellsTheEndOfAllTasksOfATerminatedPool(StartMethod method, Pools pools) {
        var pool = pools.open(builder -> builder.listener(diary).startMethod(method));
        var running = pool.submit(Deeds::hang);
        Deeds.begun(running);
        var queued = IntStream.range(0, 20)
                .mapToObj(number -> pool.submit(() -> number))
                .toList();

        pool.terminate();

        diary.awaitEnd();
        assertThat(diary.verbsOf(running.id(), 0)).containsExactly("submitted", "started", "finished");
        for (var future : queued) {
            assertThat(diary.verbsOf(future.id(), 0)).containsExactly("submitted", "finished");
        }
        assertThat(diary.tasks())
                .filteredOn(entry -> entry.startsWith("finished"))
                .hasSize(21)
                .allMatch(entry -> entry.endsWith("CANCELLED"));
        assertThat(diary.entries()).endsWith("worker exited CLOSED", "pool terminated");
    }

    @Test
    void tellsOfTasksThatABrokenPoolRejects(Pools pools) {
        var gate = Gate.in(folder, "gate");
        var pool = pools.open(builder -> builder.listener(diary)
                .startMethod(StartMethod.IN_PROCESS)
                .restartLimit(0, Duration.ofSeconds(30))
                .initializer(() -> {
                    gate.await();
                    Deeds.fail("no database");
                }));
        var rejected = pool.submit(() -> 1);
        gate.open();

        diary.awaitEnd();
        assertThat(diary.verbsOf(rejected.id(), 0)).containsExactly("submitted", "finished");
        assertThat(diary.tasks().getLast()).endsWith("attempts 0: REJECTED");
        assertThat(diary.entries()).containsSubsequence("pool broken", "pool terminated");
    }

    @Test
    void tellsNothingOfATaskThatWasRefused(Pools pools) {
        var pool = pools.open(builder -> builder.listener(diary).startMethod(StartMethod.IN_PROCESS));
        pool.shutdown();

        assertThatThrownBy(() -> pool.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);

        diary.awaitEnd();
        assertThat(diary.tasks()).isEmpty();
    }

    /// A chunk whose worker dies, or of which a part is taken back, goes on as several tasks.
    @ParameterizedTest
    @EnumSource(names = {"SPAWN", "IN_PROCESS"})
    void tellsOfEachItemUnderOneNumberThoughItsChunkIsSplit(StartMethod method, Pools pools) throws Exception {
        var gate = Gate.in(folder, "gate");
        var pool = pools.open(
                builder -> builder.listener(diary).startMethod(method).maxTasksPerWorker(2));

        var run = pool.batch(List.of(0, 1, 2, 3, 4, 5, 6)).chunkSize(7).map(number -> {
            gate.await();
            return number;
        });
        var results = run.future();
        Await.until("it runs", () -> diary.verbs().contains("started"));
        gate.open();
        assertThat(results.get()).hasSize(7);
        pool.close();

        diary.awaitEnd();
        var numbers = new HashSet<String>();
        diary.tasks().forEach(entry -> numbers.add(entry.replaceAll(".* (\\d+)/.*", "$1")));
        assertThat(numbers).hasSize(1);
        long task = Long.parseLong(numbers.iterator().next());
        for (int item = 0; item < 7; item++) {
            assertThat(diary.verbsOf(task, item)).containsExactly("submitted", "started", "finished");
        }
    }

    @Test
    void tellsOfTheItemsBehindOneWhoseWorkerDied(Pools pools) {
        var pool = pools.open(builder -> builder.listener(diary));

        var items = pool.batch(List.of(0, 1, 2, 3))
                .chunkSize(4)
                .options(TaskOptions.DEFAULT.withRetries(1).withCorrelationId("batch 3"))
                .map(number -> {
                    if (number == 1) {
                        Runtime.getRuntime().halt(3);
                    }
                    return number;
                })
                .items()
                .toList();
        pool.close();

        assertThat(items).hasSize(4);
        diary.awaitEnd();
        long task = Long.parseLong(diary.tasks().getFirst().replaceAll(".* (\\d+)/.*", "$1"));
        for (int item : List.of(0, 2, 3)) {
            assertThat(diary.verbsOf(task, item)).containsExactly("submitted", "started", "finished");
        }
        assertThat(diary.verbsOf(task, 1)).containsExactly("submitted", "started", "retried", "started", "finished");
        assertThat(diary.tasks()).allMatch(entry -> entry.contains(" batch 3, "));
    }

    @ParameterizedTest
    @EnumSource(names = {"SPAWN", "IN_PROCESS"})
    void tellsOfEachRetryOfAnItemThatFails(StartMethod method, Pools pools) throws Exception {
        var second = Gate.in(folder, "second");
        var pool = pools.open(builder -> builder.listener(diary).startMethod(method));

        var results = pool.batch(List.of(0, 1, 2))
                .chunkSize(3)
                .options(TaskOptions.DEFAULT.withRetries(2).withRetryOnFailure(IllegalStateException.class))
                .map(number -> {
                    if (number == 1 && !second.isOpen()) {
                        second.open();
                        return Deeds.fail("not yet");
                    }
                    return number;
                })
                .future()
                .get();
        pool.close();

        assertThat(results).containsExactly(0, 1, 2);
        diary.awaitEnd();
        long task = Long.parseLong(diary.tasks().getFirst().replaceAll(".* (\\d+)/.*", "$1"));
        assertThat(diary.verbsOf(task, 0)).containsExactly("submitted", "started", "finished");
        assertThat(diary.verbsOf(task, 1)).containsExactly("submitted", "started", "retried", "started", "finished");
        assertThat(diary.verbsOf(task, 2)).containsExactly("submitted", "started", "finished");
        assertThat(diary.tasks()).anyMatch(entry -> entry.endsWith("/1, attempts 2: SUCCEEDED"));
    }

    @Test
    void tellsNoStartTwiceOfATaskThatIsCancelledBetweenItsAttempts(Pools pools) {
        var pool = pools.open(builder -> builder.listener(diary).startMethod(StartMethod.IN_PROCESS));
        var options = TaskOptions.DEFAULT
                .withRetries(1)
                .withRetryOnFailure(IllegalStateException.class)
                .withRetryBackoff(Duration.ofHours(1));
        var future = pool.submit(() -> Deeds.fail("no"), options);
        Await.until("it has begun", () -> diary.verbs().contains("started"));
        Await.until("it waits", () -> future.worker().isEmpty());

        future.cancel(true);
        pool.close();

        diary.awaitEnd();
        assertThat(diary.verbs()).containsExactly("submitted", "started", "finished");
        assertThat(diary.tasks().getLast()).endsWith("attempts 1: CANCELLED");
    }

    /// Cancels race with begins and ends: whoever wins, the story is whole.
    @Test
    void tellsAWholeStoryOfTasksThatAreCancelledAtAnyMoment(Pools pools) {
        var pool = pools.open(builder -> builder.listener(diary).workers(2).startMethod(StartMethod.IN_PROCESS));
        var accepted = new AtomicInteger();
        var options = TaskOptions.DEFAULT.withOnAccepted(worker -> accepted.incrementAndGet());
        var futures = new ArrayList<TaskFuture<?>>();
        for (int task = 0; task < 400; task++) {
            var future = pool.submit(() -> 1, options);
            futures.add(future);
            if (task % 3 == 0) {
                future.cancel(task % 2 == 0);
            } else if (task % 3 == 1) {
                futures.get(task / 2).cancel(true);
            }
        }
        pool.close();

        diary.awaitEnd();
        int begun = 0;
        for (var future : futures) {
            var verbs = diary.verbsOf(future.id(), 0);
            begun += future.attempts();
            assertThat(verbs)
                    .as("task " + future.id())
                    .isEqualTo(
                            future.attempts() == 0
                                    ? List.of("submitted", "finished")
                                    : List.of("submitted", "started", "finished"));
        }
        int told = begun;
        Await.until("onAccepted was called once for each that began", () -> accepted.get() == told);
    }

    @RepeatedTest(5)
    void tellsOfNoFailureWhenAPoolEndsWhileItsWorkersStart(Pools pools) {
        var pool = pools.open(builder -> builder.listener(diary).workers(2));

        pool.terminate();

        diary.awaitEnd();
        assertThat(diary.entries()).doesNotContain("worker start failed");
        assertThat(diary.workers().stream().filter("started"::equals))
                .hasSameSizeAs(
                        diary.workers().stream().filter("exited CLOSED"::equals).toList());
    }
}
