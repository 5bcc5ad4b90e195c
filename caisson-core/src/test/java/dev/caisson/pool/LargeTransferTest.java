package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ProcessPool;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import dev.caisson.TaskTimeoutException;
import dev.caisson.WorkerExitedException;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import dev.caisson.testing.RunningProcess;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Workers that die, hang or stand still when half of a large task or result has passed: far more than the kernel
/// holds, so the other side is in the middle of it, too.
class LargeTransferTest {

    private static final int BYTES = 30 << 20;

    private static ProcessPool pool;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(2);
    }

    enum Direction {
        TASK,
        RESULT
    }

    @ParameterizedTest
    @EnumSource
    @Tag("F18")
    @Tag("Q14")
    void blamesTheTaskOfAWorkerThatDiesInTheMiddle(Direction direction) throws Exception {
        var middle = Gate.in(folder, "middle");
        var end = Gate.in(folder, "end");
        var half = submit(direction, new Half(Deeds.pid(), middle, end), TaskOptions.DEFAULT);
        middle.await();

        for (int number = 0; number < 20; number++) {
            int value = number;
            assertThat(pool.submit(() -> value).get(20, TimeUnit.SECONDS)).isEqualTo(value);
        }
        assertThat(half.isDone()).isFalse();
        end.open();

        assertThatThrownBy(() -> half.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WorkerExitedException.class,
                        death -> assertThat(death.exitCode()).isEqualTo(7));
        assertThat(pool.submit(() -> new byte[BYTES]).get()).hasSize(BYTES);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("G14")
    void countsTheTransferForTheTimeLimit(Direction direction) {
        var never = new Half(Deeds.pid(), Gate.in(folder, "middle"), Gate.in(folder, "never"));

        var half = submit(direction, never, TaskOptions.DEFAULT.withTimeLimit(Duration.ofSeconds(1)));

        assertThatThrownBy(() -> half.get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(TaskTimeoutException.class)
                .hasStackTraceContaining("LargeTransferTest$Half");
    }

    @Test
    @Tag("G14")
    @Tag("Q14")
    void takesALargeTaskFromAWorkerThatDoesNotReadIt(Pools pools) throws Exception {
        var own = pools.open(builder -> builder.silenceLimit(Duration.ofMillis(800)));
        long stopped = own.submit(Deeds::pid).get();
        RunningProcess.signal(stopped, "STOP");
        var argument = new byte[BYTES];

        var future = own.submit(() -> argument.length);

        assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo(BYTES);
        assertThat(future.attempts()).isEqualTo(1);
        assertThat(future.worker().orElseThrow().pid()).isNotEqualTo(stopped);
    }

    @Test
    @Tag("F16")
    @Tag("F17")
    void endsWithLargeTasksOnTheirWay(Pools pools) throws Exception {
        var pool = pools.open(2);
        var large = new byte[BYTES];
        var futures = new ArrayList<TaskFuture<Integer>>();
        for (int task = 0; task < 6; task++) {
            futures.add(pool.submit(() -> large.length));
        }

        for (int task = 0; task < 3; task++) {
            futures.get(task).cancel(true);
        }
        pool.terminate();

        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(futures).allMatch(TaskFuture::isDone);
    }

    private static TaskFuture<?> submit(Direction direction, Half half, TaskOptions options) {
        return switch (direction) {
            case TASK -> pool.submit(half::hashCode, options);
            case RESULT -> pool.submit(() -> new Half(half.test, half.middle, half.end), options);
        };
    }

    /// Something large that a worker neither reads nor writes beyond its middle.
    private static final class Half implements Serializable {

        @Serial
        private static final long serialVersionUID = 1L;

        private final long test;
        private final Gate middle;
        private final Gate end;

        /// @param test the process that writes it whole
        Half(long test, Gate middle, Gate end) {
            this.test = test;
            this.middle = middle;
            this.end = end;
        }

        @Serial
        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.write(new byte[BYTES]);
            stopInTheMiddle();
        }

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            stopInTheMiddle();
        }

        private void stopInTheMiddle() {
            if (Deeds.pid() != test) {
                middle.open();
                end.await();
                Runtime.getRuntime().halt(7);
            }
        }
    }
}
