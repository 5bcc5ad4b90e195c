package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ProcessPool;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import dev.caisson.testing.RunningProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CancelTest {

    private static ProcessPool pool;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(builder -> builder.workers(1).killGrace(Duration.ofMillis(150)));
    }

    @Test
    @Tag("A07")
    @Tag("A16")
    @Tag("H02")
    @Tag("row-14")
    void neverRunsATaskThatWasCancelledInTheQueue() throws Exception {
        var gate = Gate.in(folder, "gate");
        var never = Gate.in(folder, "never");
        var running = pool.submit(() -> gate.await());
        Deeds.begun(running);
        var queued = pool.submit(() -> never.open());

        assertThat(queued.cancel(false)).isTrue();
        assertThat(queued.isCancelled()).isTrue();
        assertThatThrownBy(queued::get).isInstanceOf(CancellationException.class);
        gate.open();
        running.get();
        pool.submit(() -> 1).get();

        assertThat(never.isOpen()).isFalse();
        assertThat(queued.attempts()).isZero();
    }

    @Test
    @Tag("A07")
    @Tag("H03")
    void leavesARunningTaskAloneWhenNotToInterrupt() throws Exception {
        var gate = Gate.in(folder, "gate");
        var running = pool.submit(() -> {
            gate.await();
            return Deeds.pid();
        });
        long pid = Deeds.begun(running);

        assertThat(running.cancel(false)).isFalse();
        assertThat(running.isDone()).isFalse();
        gate.open();

        assertThat(running.get()).isEqualTo(pid);
    }

    @Test
    @Tag("H01")
    void keepsTheWorkerOfATaskThatHeedsItsInterrupt() throws Exception {
        var running = pool.submit(Deeds::hang);
        long pid = Deeds.begun(running);

        assertThat(running.cancel(true)).isTrue();
        assertThat(running.isDone()).isTrue();
        assertThatThrownBy(running::get).isInstanceOf(CancellationException.class);

        assertThat(pool.submit(Deeds::pid).get()).isEqualTo(pid);
    }

    @Test
    @Tag("H01")
    @Tag("H03")
    @Tag("row-14")
    @Tag("row-37")
    void killsTheWorkerOfATaskThatIgnoresItsInterrupt() throws Exception {
        var running = pool.submit(Deeds::swallowInterrupts);
        long pid = Deeds.begun(running);

        assertThat(running.cancel(true)).isTrue();
        assertThat(running.isCancelled()).isTrue();

        assertThat(pool.submit(Deeds::pid).get()).isNotEqualTo(pid);
        Await.until("the worker is gone", () -> !RunningProcess.isRunning(pid));
    }

    @Test
    @Tag("A07")
    void cantCancelWhatHasEnded() throws Exception {
        var future = pool.submit(() -> 1);
        future.get();

        assertThat(future.cancel(true)).isFalse();
        assertThat(future.get()).isEqualTo(1);
        assertThat(future.isCancelled()).isFalse();
    }

    @Test
    @Tag("A07")
    void saysTrueAgainForWhatIsCancelled() {
        var future = pool.submit(Deeds::hang);

        assertThat(future.cancel(true)).isTrue();
        assertThat(future.cancel(true)).isEqualTo(future.isCancelled());
    }

    @Test
    @Tag("Q16")
    @Tag("A14")
    @Tag("row-14")
    void losesNoneOfTheTasksAroundCancelledOnes() throws Exception {
        var kept = new ArrayList<Future<Integer>>();
        for (int number = 0; number < 200; number++) {
            int value = number;
            kept.add(pool.submit(() -> value));
            pool.submit(() -> -1).cancel(true);
        }

        for (int number = 0; number < kept.size(); number++) {
            assertThat(kept.get(number).get()).isEqualTo(number);
        }
    }

    @Test
    @Tag("Q55")
    void cancelsWhatAnInterruptedCallStarted() throws Exception {
        var started = new CompletableFuture<Thread>();
        var ended = new CompletableFuture<Throwable>();
        Thread.ofVirtual().start(() -> {
            started.complete(Thread.currentThread());
            try {
                pool.call(() -> Deeds.hangThenSay(1));
            } catch (Throwable failure) {
                ended.complete(failure);
            }
        });
        Await.until("the call runs", () -> pool.snapshot().running() == 1);

        started.join().interrupt();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        Await.until("its task is ended", () -> pool.snapshot().open() == 0);
    }

    @Test
    @Tag("Q55")
    void leavesTheTaskAloneWhenAWaitIsInterrupted() throws Exception {
        var gate = Gate.in(folder, "gate");
        var future = pool.submit(() -> {
            gate.await();
            return 1;
        });
        Deeds.begun(future);

        Thread.currentThread().interrupt();
        assertThatThrownBy(future::get).isInstanceOf(InterruptedException.class);
        gate.open();

        assertThat(future.get()).isEqualTo(1);
    }

    @Test
    @Tag("Q55")
    void takesTasksFromAnInterruptedThread() throws Exception {
        Thread.currentThread().interrupt();
        var future = pool.submit(() -> 1);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(future.get()).isEqualTo(1);
    }

    @Test
    @Tag("H06")
    void endsOneBatchAndLeavesTheOthers() throws Exception {
        var hanging = pool.batch(List.of(1, 2, 3, 4, 5, 6)).chunkSize(1).map(Deeds::hangThenSay);
        var cancelled = hanging.future();
        Await.until("all is read", () -> hanging.progress().inputEnded());
        var other = pool.batch(List.of(1, 2, 3)).map(Deeds::square).future();

        hanging.cancel();

        assertThat(other.get(20, TimeUnit.SECONDS)).containsExactly(1, 4, 9);
        Await.until("all have ended", () -> hanging.progress().failed() == 6);
        assertThat(cancelled.isCancelled()).isTrue();
    }
}
