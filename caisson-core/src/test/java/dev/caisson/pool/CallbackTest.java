package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ProcessPool;
import dev.caisson.TaskOptions;
import dev.caisson.TaskTimeoutException;
import dev.caisson.WorkerExitedException;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallbackTest {

    private static ProcessPool pool;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(2);
    }

    @Test
    @Tag("A01")
    @Tag("B21")
    @Tag("B15")
    @Tag("row-26")
    void runsAStageOnceWithTheValueOrTheError() throws Exception {
        var told = new ConcurrentLinkedQueue<String>();

        var success = pool.submit(() -> 1).whenComplete((value, error) -> told.add(value + " " + error));
        var failure = pool.submit(() -> Deeds.fail("no")).handle((value, error) -> told.add(value + " " + error));
        success.toCompletableFuture().get();
        failure.toCompletableFuture().get();

        assertThat(told).containsExactlyInAnyOrder("1 null", "null java.lang.IllegalStateException: no");
    }

    @Test
    @Tag("A03")
    @Tag("A04")
    void runsAStageThatIsAddedToWhatHasEnded() throws Exception {
        var success = pool.submit(() -> 1);
        success.get();

        assertThat(success.thenApply(value -> value + 1).toCompletableFuture().join())
                .isEqualTo(2);
    }

    @Test
    @Tag("B20")
    @Tag("B15")
    @Tag("row-26")
    void tellsStagesOfCancelsAndTimeouts() {
        var cancelled = pool.submit(Deeds::hang);
        var late = pool.submit(Deeds::hang, TaskOptions.DEFAULT.withTimeLimit(Duration.ofMillis(50)));
        var cancel = cancelled.handle((value, error) -> error).toCompletableFuture();
        var timeout = late.handle((value, error) -> error).toCompletableFuture();

        cancelled.cancel(true);

        assertThat(cancel.join()).isInstanceOf(CancellationException.class);
        assertThat(timeout.join()).isInstanceOf(TaskTimeoutException.class);
    }

    @Test
    @Tag("B19")
    @Tag("Q07")
    @Tag("A02")
    @Tag("row-25")
    void goesOnWhenAStageThrows() throws Exception {
        var future = pool.submit(() -> 1);

        var thrown = future.thenApply(value -> Deeds.fail("in a stage")).toCompletableFuture();
        var other = future.thenApply(value -> value + 1).toCompletableFuture();

        assertThatThrownBy(thrown::join).isInstanceOf(CompletionException.class).hasRootCauseMessage("in a stage");
        assertThat(other.join()).isEqualTo(2);
        assertThat(pool.submit(() -> 3).get()).isEqualTo(3);
    }

    @Test
    @Tag("B25")
    @Tag("Q07")
    void isNotHeldUpByAStageThatBlocks() throws Exception {
        var release = new CountDownLatch(1);
        var gate = Gate.in(folder, "gate");
        var blocked = pool.submit(() -> gate.await()).thenAccept(value -> {
            try {
                release.await();
            } catch (InterruptedException interrupt) {
                throw new CompletionException(interrupt);
            }
        });

        gate.open();

        assertThat(pool.submit(() -> 2).get(10, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(pool.snapshot().workers()).hasSize(2);
        release.countDown();
        blocked.toCompletableFuture().join();
    }

    @Test
    @Tag("B17")
    @Tag("B26")
    void takesTasksFromStagesInALongChain() {
        var last = new CompletableFuture<Integer>();

        submitNext(0, last);

        assertThat(last.join()).isEqualTo(100);
    }

    private static void submitNext(int number, CompletableFuture<Integer> last) {
        if (number == 100) {
            last.complete(number);
            return;
        }
        var _ = pool.submit(() -> number + 1).whenComplete((value, error) -> {
            if (error != null) {
                last.completeExceptionally(error);
            } else {
                submitNext(value, last);
            }
        });
    }

    @Test
    @Tag("B18")
    @Tag("J06")
    void endsADeadlyTaskThatAStageSubmitted() {
        var outer = pool.submit(Deeds::killSelf);
        var inner = new CompletableFuture<Void>();
        var _ = outer.whenComplete((value, error) ->
                pool.submit(Deeds::killSelf).whenComplete((_, second) -> inner.completeExceptionally(second)));

        assertThatThrownBy(outer::join).hasCauseInstanceOf(WorkerExitedException.class);
        assertThatThrownBy(inner::join).hasCauseInstanceOf(WorkerExitedException.class);
    }

    @Test
    @Tag("K08")
    void canBeEndedFromAStage(Pools pools) throws Exception {
        var own = pools.open(1);
        var queued = new AtomicInteger();
        var gate = Gate.in(folder, "gate");
        var first = own.submit(() -> gate.await());
        var second = own.submit(Deeds::hang);
        var _ = first.thenRun(() -> own.terminate());
        var _ = second.handle((value, error) -> queued.incrementAndGet());

        gate.open();

        assertThat(own.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        Await.until("the stage of the other task ran", () -> queued.get() == 1);
        assertThat(second.isCancelled()).isTrue();
    }
}
