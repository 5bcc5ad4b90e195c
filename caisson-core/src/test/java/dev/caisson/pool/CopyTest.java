package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ProcessPool;
import dev.caisson.TaskFuture;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is done to the copy of a task's future, and what that does to the task.
class CopyTest {

    private static ProcessPool pool;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(2);
    }

    @Test
    void cancelsTheTaskWithItsCopy() {
        var task = pool.submit(Deeds::hang);
        Deeds.begun(task);
        var copy = task.toCompletableFuture();

        assertThat(copy.cancel(true)).isTrue();

        assertThat(copy.isCancelled()).isTrue();
        awaitCancel(task);
    }

    @Test
    void cancelsTheTaskWhenItsCopyTimesOut() {
        var task = pool.submit(Deeds::hang);
        Deeds.begun(task);

        assertThatThrownBy(() -> task.toCompletableFuture()
                        .orTimeout(10, TimeUnit.MILLISECONDS)
                        .get())
                .hasCauseInstanceOf(TimeoutException.class);

        awaitCancel(task);
    }

    @Test
    void cancelsTheTaskWhenItsCopyTakesAValueForIt() {
        var task = pool.submit(() -> Deeds.hangThenSay(1));
        Deeds.begun(task);

        assertThat(task.toCompletableFuture().completeOnTimeout(7, 10, TimeUnit.MILLISECONDS))
                .succeedsWithin(Duration.ofSeconds(30))
                .isEqualTo(7);

        awaitCancel(task);
    }

    @Test
    void leavesTheTaskAloneWhateverBecomesOfDependents() throws Exception {
        var task = pool.submit(() -> 1);
        var copy = task.toCompletableFuture();

        copy.copy().cancel(true);
        copy.thenApply(value -> value + 1).cancel(true);
        CompletableFuture.allOf(copy).cancel(true);

        assertThat(copy.get()).isEqualTo(1);
        assertThat(task.get()).isEqualTo(1);
    }

    @Test
    void tellsACopyOfACancel() {
        var task = pool.submit(Deeds::hang);
        var copy = task.toCompletableFuture();

        task.cancel(true);

        assertThatThrownBy(copy::get).hasRootCauseInstanceOf(CancellationException.class);
    }

    @Test
    void countsTheRunOfACancelledTaskFromItsBegin() {
        var first = pool.submit(Deeds::hang);
        var second = pool.submit(Deeds::hang);
        var waited = pool.submit(Deeds::hang);
        Deeds.begun(first);
        Deeds.begun(second);
        first.cancel(true);
        Deeds.begun(waited);

        waited.cancel(true);
        second.cancel(true);

        assertThat(waited.timing().queued()).isPresent();
        assertThat(waited.timing().running().orElseThrow())
                .isLessThanOrEqualTo(waited.timing()
                        .total()
                        .orElseThrow()
                        .minus(waited.timing().queued().get()));
        assertThat(first.timing().running()).isPresent();
    }

    private static void awaitCancel(TaskFuture<?> task) {
        Await.until("the task is cancelled", task::isCancelled);
        Await.until(
                "nothing runs for nobody",
                () -> pool.snapshot().workers().stream()
                        .noneMatch(worker -> worker.currentTask().isPresent()));
    }
}
