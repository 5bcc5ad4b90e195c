package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.PoolState;
import dev.caisson.Task;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import dev.caisson.WorkerState;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueTest {

    @TempDir
    private Path folder;

    @Test
    @Tag("P14")
    void runsTasksByPriorityAndThenInOrder(Pools pools) throws Exception {
        var pool = pools.open(1);
        var gate = Gate.in(folder, "gate");
        var order = folder.resolve("order").toString();
        Deeds.begun(pool.submit(() -> gate.await()));

        pool.execute(() -> Deeds.note(order, "first"));
        pool.execute(() -> Deeds.note(order, "second"));
        var _ = pool.submit(() -> Deeds.note(order, "low"), TaskOptions.DEFAULT.withPriority(-1));
        var _ = pool.submit(() -> Deeds.note(order, "high"), TaskOptions.DEFAULT.withPriority(5));
        gate.open();
        pool.close();

        assertThat(Files.readAllLines(Path.of(order))).containsExactly("high", "first", "second", "low");
    }

    @Test
    @Tag("row-28")
    void blocksTheSubmitterWhileTheQueueIsFull(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.queueCapacity(1));
        var gate = Gate.in(folder, "gate");
        Deeds.begun(pool.submit(() -> gate.await()));
        var queued = pool.submit(() -> 1);
        var third = new CompletableFuture<Integer>();
        var submitter = Thread.ofVirtual()
                .start(() -> third.complete(pool.submit(() -> 2).join()));
        Await.until("the submitter waits", () -> submitter.getState() == Thread.State.WAITING);

        assertThat(pool.snapshot().ledger().submitted()).isEqualTo(2);
        gate.open();

        assertThat(queued.get()).isEqualTo(1);
        assertThat(third.get()).isEqualTo(2);
    }

    @Test
    @Tag("row-28")
    void takesATaskOnlyWhereThereIsRoom(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.queueCapacity(1));
        var gate = Gate.in(folder, "gate");
        Deeds.begun(pool.submit(() -> gate.await()));

        var queued = pool.trySubmit(() -> 1, TaskOptions.DEFAULT);

        assertThat(queued).isPresent();
        assertThat(pool.trySubmit(() -> 2, TaskOptions.DEFAULT)).isEmpty();
        assertThat(pool.trySubmit(() -> 2, TaskOptions.DEFAULT, Duration.ofMillis(20)))
                .isEmpty();
        assertThat(pool.snapshot().ledger().submitted()).isEqualTo(2);
        gate.open();
        assertThat(queued.get().get()).isEqualTo(1);
        assertThat(pool.trySubmit(() -> 3, TaskOptions.DEFAULT, Duration.ofHours(1))
                        .orElseThrow()
                        .get())
                .isEqualTo(3);
    }

    @Test
    @Tag("row-28")
    @Tag("P13")
    void takesATaskAsSoonAsThereIsRoom(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.queueCapacity(1));
        var gate = Gate.in(folder, "gate");
        Deeds.begun(pool.submit(() -> gate.await()));
        var _ = pool.submit(() -> 1);
        var third = new CompletableFuture<Integer>();
        var submitter = Thread.ofVirtual().start(() -> {
            try {
                third.complete(pool.trySubmit(() -> 2, TaskOptions.DEFAULT, Duration.ofHours(1))
                        .orElseThrow()
                        .join());
            } catch (InterruptedException unexpected) {
                third.completeExceptionally(unexpected);
            }
        });
        Await.until("the submitter waits", () -> submitter.getState() == Thread.State.TIMED_WAITING);

        gate.open();

        assertThat(third.get()).isEqualTo(2);
    }

    @Test
    @Tag("Q55")
    @Tag("row-28")
    void submitsNothingWhenTheWaitForRoomIsInterrupted(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.queueCapacity(1));
        var gate = Gate.in(folder, "gate");
        Deeds.begun(pool.submit(() -> gate.await()));
        var queued = pool.submit(() -> 1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> pool.trySubmit(() -> 2, TaskOptions.DEFAULT, Duration.ofHours(1)))
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("not submitted");

        gate.open();
        assertThat(queued.get()).isEqualTo(1);
        assertThat(pool.snapshot().ledger().submitted()).isEqualTo(2);
    }

    @Test
    @Tag("Q55")
    void refusesATaskWhoseSubmitterIsInterruptedBeforeAFullQueue(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.queueCapacity(1));
        var gate = Gate.in(folder, "gate");
        Deeds.begun(pool.submit(() -> gate.await()));
        var queued = pool.submit(() -> 1);
        var refused = CompletableFuture.supplyAsync(
                () -> {
                    Thread.currentThread().interrupt();
                    return pool.submit(() -> 2).id();
                },
                Thread::startVirtualThread);

        assertThatThrownBy(refused::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RejectedExecutionException.class);
        gate.open();
        assertThat(queued.get()).isEqualTo(1);
        assertThat(pool.snapshot().ledger().submitted()).isEqualTo(2);
    }

    @Test
    @Tag("Q55")
    void tellsCallersThatWaitForResultsOfAnInterruptBeforeAFullQueue(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.queueCapacity(1));
        var gate = Gate.in(folder, "gate");
        Deeds.begun(pool.submit(() -> gate.await()));
        var queued = pool.submit(() -> 1);

        assertInterrupted(() -> pool.call(() -> 2));
        assertInterrupted(() -> pool.map(Integer::parseInt, List.of("2")));
        assertInterrupted(() -> pool.batch(List.of("2")).map(Integer::parseInt).toList());
        assertInterrupted(() -> pool.invokeAll(List.of((Task<Integer>) () -> 2)));
        assertInterrupted(() -> pool.invokeAny(List.of((Task<Integer>) () -> 2)));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> pool.batch(List.of("2"))
                        .map(Integer::parseInt)
                        .outcomes()
                        .count())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThatThrownBy(() ->
                        Stream.of("2").gather(pool.mapping(Integer::parseInt)).count())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();

        gate.open();
        assertThat(queued.get()).isEqualTo(1);
        assertThat(pool.snapshot().ledger().submitted()).isEqualTo(2);
    }

    private static void assertInterrupted(ThrowingCallable call) {
        Thread.currentThread().interrupt();
        assertThatThrownBy(call).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    @Tag("I50")
    void countsWhatBecameOfEveryTask(Pools pools) throws Exception {
        var pool = pools.open(1);
        pool.submit(() -> 1).get();
        assertThatThrownBy(() -> pool.submit(() -> Deeds.fail("no")).get()).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() -> pool.submit(Deeds::killSelf).get()).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() -> pool.submit(Deeds::hang, TaskOptions.DEFAULT.withTimeLimit(Duration.ofMillis(20)))
                        .get())
                .isInstanceOf(ExecutionException.class);
        var running = pool.submit(Deeds::hang);
        var queued = pool.submit(Deeds::hang);
        long pid = Deeds.begun(running);

        var snapshot = pool.snapshot();

        assertThat(snapshot.state()).isEqualTo(PoolState.RUNNING);
        assertThat(snapshot.running()).isEqualTo(1);
        assertThat(snapshot.queued()).isEqualTo(1);
        assertThat(snapshot.ledger().submitted()).isEqualTo(6);
        assertThat(snapshot.ledger().succeeded()).isEqualTo(1);
        assertThat(snapshot.ledger().failed()).isEqualTo(1);
        assertThat(snapshot.ledger().crashed()).isEqualTo(1);
        assertThat(snapshot.ledger().timedOut()).isEqualTo(1);
        assertThat(snapshot.ledger().balanced(snapshot.open())).isTrue();
        assertThat(snapshot.workers()).singleElement().satisfies(worker -> {
            assertThat(worker.pid()).hasValue(pid);
            assertThat(worker.state()).isEqualTo(WorkerState.BUSY);
            assertThat(worker.currentTask()).hasValue(running.id());
        });
        queued.cancel(false);
        assertThat(pool.snapshot().ledger().cancelled()).isEqualTo(1);
    }

    @Test
    @Tag("K15")
    void finishesWhateverWasTakenWhenClosedAmidSubmissions(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.queueCapacity(2));
        var taken = new ConcurrentLinkedQueue<TaskFuture<Integer>>();
        var submitters = IntStream.range(0, 4)
                .mapToObj(number -> Thread.ofVirtual().start(() -> {
                    try {
                        while (true) {
                            taken.add(pool.submit(() -> 1));
                        }
                    } catch (RejectedExecutionException closed) {
                        assertThat(closed).hasMessageContaining("closed");
                    }
                }))
                .toList();
        Await.until("there are some results", () -> pool.snapshot().ledger().succeeded() > 20);

        pool.close();

        for (var submitter : submitters) {
            submitter.join();
        }
        assertThat(taken).allSatisfy(future -> assertThat(future.resultNow()).isEqualTo(1));
        assertThat(pool.snapshot().ledger().succeeded()).isEqualTo(taken.size());
    }
}
