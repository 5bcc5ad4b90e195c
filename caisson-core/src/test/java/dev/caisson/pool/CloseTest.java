package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.PoolState;
import dev.caisson.ProcessPool;
import dev.caisson.TaskFuture;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import dev.caisson.testing.RunningProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloseTest {

    @TempDir
    private Path folder;

    @Test
    @Tag("K02")
    @Tag("K09")
    @Tag("K22")
    @Tag("row-34")
    void waitsForAllTasksWhenClosed(Pools pools) {
        List<TaskFuture<Integer>> futures;
        long pid;
        try (var pool = pools.open(1)) {
            futures = IntStream.range(0, 20)
                    .mapToObj(number -> pool.submit(() -> Deeds.square(number)))
                    .toList();
            pid = pool.submit(Deeds::pid).join();
        }

        assertThat(futures).allMatch(future -> future.state() == Future.State.SUCCESS);
        assertThat(RunningProcess.isRunning(pid)).isFalse();
    }

    @Test
    void finishesABatchThatReadsOnByItself(Pools pools) throws Exception {
        TaskFuture<List<Integer>> squares;
        try (var pool = pools.open(1)) {
            squares = pool.batch(IntStream.range(0, 300).boxed().toList())
                    .map(Deeds::square)
                    .future();
        }

        assertThat(squares.get()).hasSize(300).endsWith(299 * 299);
    }

    @Test
    void endsABatchThatReadsOnForEverAtItsLimit(Pools pools) {
        var pool = pools.open(1);
        var endless = pool.batch((Iterable<Integer>)
                        () -> IntStream.iterate(0, number -> number + 1).iterator())
                .map(Deeds::square)
                .future();

        pool.close(Duration.ofMillis(300));

        assertThat(pool.isTerminated()).isTrue();
        assertThatThrownBy(() -> endless.get(10, TimeUnit.SECONDS))
                .isInstanceOfAny(CancellationException.class, ExecutionException.class);
    }

    @Test
    @Tag("K18")
    @Tag("K28")
    void canBeClosedBeforeItsWorkersAreReady(Pools pools) throws Exception {
        var pool = pools.open(2);

        pool.close();

        assertThat(pool.isTerminated()).isTrue();
        assertThat(pool.snapshot().state()).isEqualTo(PoolState.TERMINATED);
    }

    @Test
    @Tag("K01")
    @Tag("K10")
    @Tag("Q24")
    @Tag("O04")
    @Tag("row-34")
    void refusesTasksOnceClosed(Pools pools) {
        var pool = pools.open(1);
        pool.close();
        pool.close();
        pool.shutdown();
        pool.terminate();

        assertThatThrownBy(() -> pool.submit(() -> 1))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> pool.call(() -> 1)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> pool.map(Deeds::square, List.of(1))).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> pool.batch(List.of(1)).map(Deeds::square))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(pool.shutdownNow()).isEmpty();
    }

    @Test
    @Tag("K12")
    @Tag("K26")
    @Tag("K11")
    @Tag("row-34")
    void finishesWhatThereIsAfterAShutdown(Pools pools) throws Exception {
        var pool = pools.open(1);
        var gate = Gate.in(folder, "gate");
        var running = pool.submit(() -> gate.await());
        var queued = pool.submit(() -> 2);
        Deeds.begun(running);

        pool.shutdown();

        assertThat(pool.isShutdown()).isTrue();
        assertThat(pool.awaitTermination(10, TimeUnit.MILLISECONDS)).isFalse();
        assertThatThrownBy(() -> pool.submit(() -> 3)).isInstanceOf(RejectedExecutionException.class);
        gate.open();
        assertThat(queued.get()).isEqualTo(2);
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.isTerminated()).isTrue();
    }

    @Test
    @Tag("K05")
    @Tag("K07")
    @Tag("Q05")
    @Tag("K16")
    @Tag("K18")
    @Tag("row-34")
    @Tag("P09")
    void leavesNoFutureOpenWhenTerminated(Pools pools) throws Exception {
        var pool = pools.open(2);
        var done = pool.submit(() -> 1);
        done.get();
        var open = new ArrayList<TaskFuture<?>>();
        for (int number = 0; number < 50; number++) {
            open.add(pool.submit(Deeds::swallowInterrupts));
        }
        long pid = Deeds.begun(open.getFirst());

        pool.terminate();

        assertThat(open).allMatch(Future::isCancelled);
        assertThat(pool.awaitTermination(2, TimeUnit.SECONDS)).isTrue();
        assertThat(RunningProcess.isRunning(pid)).isFalse();
        assertThat(done.get()).isEqualTo(1);
        assertThat(pool.snapshot().ledger().cancelled()).isEqualTo(50);
    }

    @Test
    @Tag("K06")
    void endsThousandsOfQueuedTasksPromptly(Pools pools) throws Exception {
        var pool = pools.open(1);
        var futures = new ArrayList<TaskFuture<?>>();
        for (int number = 0; number < 3_000; number++) {
            futures.add(pool.submit(Deeds::hang));
        }

        pool.terminate();

        assertThat(pool.awaitTermination(2, TimeUnit.SECONDS)).isTrue();
        assertThat(futures).allMatch(Future::isCancelled);
    }

    @Test
    @Tag("H05")
    @Tag("K25")
    @Tag("K11")
    void givesBackWhatNeverBegan(Pools pools) throws Exception {
        var pool = pools.open(1);
        var done = Gate.in(folder, "done");
        var running = pool.submit(Deeds::hang);
        Deeds.begun(running);
        var queued = pool.submit(() -> done.open());

        var unbegun = pool.shutdownNow();

        assertThat(running.isCancelled()).isTrue();
        assertThat(queued.isCancelled()).isTrue();
        assertThat(unbegun).hasSize(1);
        unbegun.getFirst().run();
        assertThat(done.isOpen()).isTrue();
    }

    @Test
    @Tag("K23")
    @Tag("K04")
    @Tag("K24")
    @Tag("row-34")
    void endsWhatIsLeftAtTheLimit(Pools pools) throws Exception {
        var pool = pools.open(1);
        pool.submit(() -> 1).get();
        var stubborn = pool.submit(Deeds::swallowInterrupts);
        var queued = pool.submit(Deeds::hang);
        Deeds.begun(stubborn);

        long begin = System.nanoTime();
        pool.close(Duration.ofMillis(100));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(90), Duration.ofSeconds(2));
        assertThat(stubborn.isCancelled()).isTrue();
        assertThat(queued.isCancelled()).isTrue();
        assertThat(pool.isTerminated()).isTrue();
    }

    @Test
    @Tag("Q55")
    void hurriesWhenTheThreadThatClosesIsInterrupted(Pools pools) throws Exception {
        var pool = pools.open(1);
        var running = pool.submit(Deeds::swallowInterrupts);
        Deeds.begun(running);
        var flag = new CompletableFuture<Boolean>();
        var closer = Thread.ofVirtual().start(() -> {
            pool.close();
            flag.complete(Thread.currentThread().isInterrupted());
        });

        closer.interrupt();

        assertThat(flag.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(running.isCancelled()).isTrue();
    }

    @Test
    @Tag("H04")
    @Tag("Q06")
    void endsAfterCancelsAndTerminationAtOnce(Pools pools) throws Exception {
        for (int round = 0; round < 3; round++) {
            ProcessPool pool = pools.open(1);
            var futures = IntStream.range(0, 10)
                    .mapToObj(number -> pool.submit(Deeds::hang))
                    .toList();
            futures.forEach(future -> future.cancel(true));
            pool.terminate();

            assertThat(pool.awaitTermination(3, TimeUnit.SECONDS)).isTrue();
            assertThat(futures).allMatch(Future::isCancelled);
        }
    }

    @Test
    @Tag("J11")
    @Tag("K13")
    @Tag("K18")
    void endsWhenAWorkerDiesWhileClosing(Pools pools) throws Exception {
        var pool = pools.open(1);
        var deadly = pool.submit(Deeds::killSelf);
        var after = pool.submit(() -> 1);

        pool.close();

        assertThat(deadly.state()).isEqualTo(Future.State.FAILED);
        assertThat(after.get()).isEqualTo(1);
    }
}
