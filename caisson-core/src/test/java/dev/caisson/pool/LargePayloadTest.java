package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.TaskFuture;
import dev.caisson.WorkerExitedException;
import dev.caisson.testing.Pools;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Large values on their way do not hold up what happens meanwhile.
class LargePayloadTest {

    private static final int SIZE = 20 << 20;

    @Test
    @Tag("F18")
    @Tag("Q14")
    void blamesATaskWhoseWorkerDiesWhileReadingIt(Pools pools) throws Exception {
        var pool = pools.open(2);
        var deadly = new DeadlyToRead(new byte[SIZE]);

        var future = pool.submit(() -> deadly.hashCode());

        assertDied(future);
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    @Tag("Q14")
    void blamesATaskWhoseWorkerDiesWhileWritingItsResult(Pools pools) throws Exception {
        var pool = pools.open(2);

        var future = pool.submit(() -> new DeadlyToWrite());

        assertDied(future);
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    @Tag("F16")
    @Tag("F17")
    void endsWithLargeTasksOnTheirWay(Pools pools) throws Exception {
        var pool = pools.open(2);
        var large = new byte[SIZE];
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

    private static void assertDied(TaskFuture<?> future) {
        assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(WorkerExitedException.class);
    }

    /// Ends the JVM that reads it, before most of it has come.
    private static final class DeadlyToRead implements Serializable {

        private static final long serialVersionUID = 1L;

        private final byte[] filling;

        DeadlyToRead(byte[] filling) {
            this.filling = filling;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeInt(1);
            out.writeObject(filling);
        }

        private void readObject(ObjectInputStream in) throws IOException {
            Runtime.getRuntime().halt(in.readInt());
        }
    }

    /// Ends the JVM that writes it, after much of it has gone.
    private static final class DeadlyToWrite implements Serializable {

        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.write(new byte[SIZE]);
            out.flush();
            Runtime.getRuntime().halt(1);
        }
    }
}
