package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.PoolBrokenException;
import dev.caisson.ProcessPool;
import dev.caisson.TaskContext;
import dev.caisson.TaskOptions;
import dev.caisson.TaskSerializationException;
import dev.caisson.TaskTimeoutException;
import dev.caisson.WorkerExitedException;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FutureTest {

    private static ProcessPool pool;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(2);
    }

    @Test
    @Tag("A09")
    @Tag("B05")
    @Tag("G05")
    @Tag("row-30")
    void canBeWaitedForAgainAfterAWaitThatWasTooShort() throws Exception {
        var gate = Gate.in(folder, "gate");
        var future = pool.submit(() -> {
            gate.await();
            return "late";
        });

        assertThatThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        gate.open();

        assertThat(future.get()).isEqualTo("late");
    }

    @Test
    @Tag("A08")
    @Tag("A18")
    @Tag("Q17")
    @Tag("row-30")
    @Tag("P15")
    void tellsTheStateOfATask() throws Exception {
        var gate = Gate.in(folder, "gate");
        var success = pool.submit(() -> gate.await());
        var failure = pool.submit(() -> Deeds.fail("no"));
        assertThat(success.state()).isEqualTo(Future.State.RUNNING);
        assertThat(success.isDone()).isFalse();
        assertThatThrownBy(success::resultNow).isInstanceOf(IllegalStateException.class);

        gate.open();
        success.get();
        Await.until("the other has failed", failure::isDone);
        var cancelled = pool.submit(Deeds::hang);
        cancelled.cancel(true);

        assertThat(success.state()).isEqualTo(Future.State.SUCCESS);
        assertThat(failure.state()).isEqualTo(Future.State.FAILED);
        assertThat(cancelled.state()).isEqualTo(Future.State.CANCELLED);
        assertThat(failure.isCancelled()).isFalse();
        assertThat(cancelled.isCancelled()).isTrue();
        assertThat(cancelled.isDone()).isTrue();
    }

    @Test
    @Tag("A12")
    @Tag("row-30")
    void givesTheErrorWithoutThrowingIt() {
        var future = pool.submit(() -> Deeds.fail("no"));
        assertThatThrownBy(future::join).isInstanceOf(CompletionException.class).hasRootCauseMessage("no");

        assertThat(future.exceptionNow())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
        assertThatThrownBy(future::resultNow).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Tag("A06")
    void showsItsStateAsText() throws Exception {
        var future = pool.submit(() -> 1);
        future.get();

        assertThat(future.toString()).contains(Long.toString(future.id())).containsIgnoringCase("succeeded");
    }

    @Test
    @Tag("A13")
    @Tag("D05")
    @Tag("row-25")
    void worksWithThePlatformsOwnTools() throws Exception {
        var one = pool.submit(() -> 1);
        var two = pool.submit(() -> 2);

        var sum = one.thenCombine(two, Integer::sum).toCompletableFuture();
        CompletableFuture.allOf(one.toCompletableFuture(), two.toCompletableFuture())
                .get();

        assertThat(sum.get()).isEqualTo(3);
    }

    @Test
    @Tag("A05")
    void cantBeCompletedFromOutside() throws Exception {
        var gate = Gate.in(folder, "gate");
        var future = pool.submit(() -> {
            gate.await();
            return 1;
        });

        future.toCompletableFuture().complete(2);
        gate.open();

        assertThat(future.get()).isEqualTo(1);
    }

    @Test
    @Tag("A10")
    @Tag("A11")
    void wakesThoseWhoWait() throws Exception {
        var gate = Gate.in(folder, "gate");
        var finished = pool.submit(() -> gate.await());
        var cancelled = pool.submit(Deeds::hang);
        var first = CompletableFuture.supplyAsync(finished::join);
        var second = CompletableFuture.supplyAsync(cancelled::join);

        gate.open();
        cancelled.cancel(true);

        assertThat(first.get(5, TimeUnit.SECONDS)).isNull();
        assertThatThrownBy(() -> second.get(5, TimeUnit.SECONDS))
                .isInstanceOfAny(CancellationException.class, ExecutionException.class);
    }

    @Test
    void tellsHowLongItsPartsTook() throws Exception {
        var future = pool.submit(() -> 1);
        future.get();

        var timing = future.timing();
        assertThat(timing.queued().orElseThrow()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(timing.total().orElseThrow())
                .isGreaterThanOrEqualTo(timing.running().orElseThrow());
    }

    @Test
    @Tag("O01")
    @Tag("row-27")
    void letsATaskKnowAboutItself() throws Exception {
        var options = TaskOptions.DEFAULT
                .withLabel("parse a.pdf")
                .withCorrelationId("request 7")
                .withTimeLimit(Duration.ofMinutes(1));

        var future = pool.submit(FutureTest::describeSelf, options);

        assertThat(future.get()).isEqualTo(future.id() + " parse a.pdf request 7 1 false true");
    }

    private static String describeSelf() {
        var context = TaskContext.current();
        boolean limited = context.remaining().compareTo(Duration.ofMinutes(1)) <= 0;
        return context.taskId() + " " + context.label().orElse("") + " "
                + context.correlationId().orElse("") + " " + context.attempt() + " " + context.cancelled() + " "
                + limited;
    }

    @Test
    void showsTheProgressATaskTold() throws Exception {
        var gate = Gate.in(folder, "gate");
        var future = pool.submit(() -> {
            TaskContext.current().progress(0.5, "half");
            gate.await();
        });

        Await.until("progress is shown", () -> future.progress().isPresent());

        assertThat(future.progress().orElseThrow().fraction()).isEqualTo(0.5);
        assertThat(future.progress().orElseThrow().note()).isEqualTo("half");
        gate.open();
        future.get();
    }

    @Test
    @Tag("A17")
    void cantTravelToAWorker() {
        var other = pool.submit(() -> 1);

        assertThatThrownBy(() -> pool.submit(() -> other.isDone()))
                .isInstanceOf(TaskSerializationException.class)
                .hasMessageContaining("A future stays with the process that waits for it")
                .hasMessageContaining("thenCompose");
    }

    @Test
    @Tag("A17")
    void letsATaskFollowAnother() throws Exception {
        var second = pool.submit(() -> 2).thenCompose(value -> pool.submit(() -> value + 1));

        assertThat(second.toCompletableFuture().get(15, TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void waitsNoLongerThanItMayForAnotherThreadThatDecodes() throws Exception {
        var reading = Gate.in(folder, "reading");
        var gate = Gate.in(folder, "gate");
        var future = pool.submit(() -> new SlowToRead(reading, gate));
        var first = CompletableFuture.runAsync(future::join, Thread::startVirtualThread);
        reading.await();

        assertThatThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("another thread has not decoded its result");
        Thread.currentThread().interrupt();
        assertThatThrownBy(future::get).isInstanceOf(InterruptedException.class);

        gate.open();
        first.get();
        assertThat(future.get().gate).isEqualTo(gate);
    }

    private static final class SlowToRead implements Serializable {

        private static final long serialVersionUID = 1L;
        private final Gate reading;
        private final Gate gate;

        SlowToRead(Gate reading, Gate gate) {
            this.reading = reading;
            this.gate = gate;
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            reading.open();
            gate.await();
        }
    }

    @Test
    @Tag("E16")
    void tellsByItsAttemptsWhetherTheTaskMayHaveHadEffects(Pools pools) {
        var own = pools.open(1);
        var running = own.submit(Deeds::hang);
        Deeds.begun(running);
        var late = own.submit(() -> 1, TaskOptions.DEFAULT.withQueueTimeLimit(Duration.ofMillis(1)));
        var dropped = own.submit(() -> 1);
        dropped.cancel(false);

        assertThatThrownBy(late::join)
                .cause()
                .isInstanceOf(TaskTimeoutException.class)
                .hasMessageContaining("It never ran");
        assertThat(late.attempts()).isZero();
        assertThat(dropped.attempts()).isZero();

        running.cancel(true);
        assertThat(running.attempts()).isEqualTo(1);
        var deadly = own.submit(() -> Runtime.getRuntime().halt(1));
        assertThatThrownBy(deadly::join).hasCauseInstanceOf(WorkerExitedException.class);
        assertThat(deadly.attempts()).isEqualTo(1);
    }

    @Test
    @Tag("E16")
    void tellsThatATaskOfABrokenPoolNeverBegan(Pools pools) {
        var broken = pools.open(builder -> builder.restartLimit(0, Duration.ofSeconds(30))
                .initializer(() -> Runtime.getRuntime().halt(1)));
        var future = broken.submit(() -> 1);

        assertThatThrownBy(future::join)
                .cause()
                .isInstanceOf(PoolBrokenException.class)
                .hasMessageContaining("Nothing of this task has run");
        assertThat(future.attempts()).isZero();
    }

    @Test
    @Tag("E16")
    void tellsThatATaskOfABrokenPoolHadBegunBefore(Pools pools) {
        var started = Gate.in(folder, "started");
        var broken = pools.open(builder -> builder.restartLimit(0, Duration.ofSeconds(30))
                .initializer(() -> {
                    if (started.isOpen()) {
                        throw new IllegalStateException("not again");
                    }
                    started.open();
                }));
        var future = broken.submit(() -> Runtime.getRuntime().halt(1), TaskOptions.DEFAULT.withRetries(1));

        assertThatThrownBy(future::join)
                .cause()
                .isInstanceOf(PoolBrokenException.class)
                .hasMessageContaining("had begun before");
        assertThat(future.attempts()).isEqualTo(1);
    }
}
