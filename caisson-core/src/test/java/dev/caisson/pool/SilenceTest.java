package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.TaskOptions;
import dev.caisson.TaskTimeoutException;
import dev.caisson.WorkerExitedException;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import dev.caisson.testing.RunningProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SilenceTest {

    @TempDir
    private Path folder;

    @Test
    @Tag("Q15")
    @Tag("row-16")
    void killsAWorkerThatGivesNoSignOfLife(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.silenceLimit(Duration.ofMillis(500)));
        var future = pool.submit(Deeds::hang);
        long pid = Deeds.begun(future);

        RunningProcess.signal(pid, "STOP");

        assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(WorkerExitedException.class)
                .hasMessageContaining("no sign of life");
        assertThat(pool.submit(Deeds::pid).get()).isNotEqualTo(pid);
    }

    @Test
    void replacesAnIdleWorkerThatGivesNoSignOfLife(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.silenceLimit(Duration.ofMillis(500)));
        long pid = pool.submit(Deeds::pid).get();

        RunningProcess.signal(pid, "STOP");

        Await.until("the worker is gone", () -> !RunningProcess.isRunning(pid));
        assertThat(pool.submit(Deeds::pid).get()).isNotEqualTo(pid);
    }

    @Test
    @Tag("Q15")
    void endsAStoppedTaskAtItsTimeLimit(Pools pools) throws Exception {
        var pool = pools.open(1);
        pool.submit(() -> 1).get();
        var future = pool.submit(Deeds::hang, TaskOptions.DEFAULT.withTimeLimit(Duration.ofSeconds(1)));
        long pid = Deeds.begun(future);

        RunningProcess.signal(pid, "STOP");

        assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(TaskTimeoutException.class);
    }

    @Test
    void leavesABusyWorkerAlone(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.silenceLimit(Duration.ofMillis(600)));
        long pid = pool.submit(Deeds::pid).get();
        var gate = Gate.in(folder, "gate");
        var busy = pool.submit(() -> {
            while (!gate.isOpen()) {
                Thread.onSpinWait();
            }
            return Deeds.pid();
        });
        Deeds.begun(busy);
        var end = Instant.now().plusMillis(1500);

        Await.until(
                "the silence limit would have passed twice", () -> Instant.now().isAfter(end));
        gate.open();

        assertThat(busy.get()).isEqualTo(pid);
    }
}
