package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caisson.ProcessPool;
import dev.caisson.TaskSerializationException;
import dev.caisson.testing.Pools;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SerializationTest {

    private static final int MIB = 1 << 20;

    private static ProcessPool pool;

    private final int field = 5;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(1);
    }

    @Test
    @Tag("F01")
    @Tag("B08")
    @Tag("row-32")
    void refusesACaptureThatCantTravelAndNamesIt() throws Exception {
        var report = new Report(new Connection());

        var refused = catchThrowableOfType(
                TaskSerializationException.class,
                () -> pool.submit(() -> report.connection().hashCode()));

        assertThat(refused.path()).contains("Report").contains("connection");
        assertThat(refused).hasMessageContaining("Connection");
        assertThat(pool.snapshot().ledger().submitted())
                .isEqualTo(pool.snapshot().ledger().ended());
    }

    @Test
    void tellsThatALambdaTookItsObjectAlong() {
        assertThatThrownBy(() -> pool.submit(() -> field + 1))
                .isInstanceOf(TaskSerializationException.class)
                .hasMessageContaining("this");
    }

    @Test
    void explainsWhyAPlainLambdaCantTravel() {
        Callable<Integer> plain = () -> 1;

        assertThatThrownBy(() -> pool.submit(plain))
                .isInstanceOf(TaskSerializationException.class)
                .hasMessageContaining("Callable")
                .hasMessageContaining("Task");
        assertThatThrownBy(() -> pool.invokeAll(List.<Callable<Integer>>of(() -> 1)))
                .isInstanceOf(TaskSerializationException.class);
        assertThatThrownBy(() -> CompletableFuture.supplyAsync(() -> 1, pool))
                .isInstanceOf(TaskSerializationException.class);
    }

    @Test
    @Tag("F08")
    @Tag("K14")
    @Tag("F23")
    @Tag("row-32")
    void takesGoodTasksBetweenRefusedOnes() throws Exception {
        var report = new Report(new Connection());
        var good = new ArrayList<Future<Integer>>();
        for (int number = 0; number < 50; number++) {
            int value = number;
            good.add(pool.submit(() -> value));
            assertThatThrownBy(() -> pool.submit(() -> report.connection().hashCode()))
                    .isInstanceOf(TaskSerializationException.class);
        }

        for (int number = 0; number < 50; number++) {
            assertThat(good.get(number).get()).isEqualTo(number);
        }
    }

    @Test
    @Tag("F14")
    @Tag("P01")
    void carriesLargeArgumentsAndResults() throws Exception {
        var argument = new byte[30 * MIB];
        argument[argument.length - 1] = 7;

        assertThat(pool.submit(() -> (int) argument[argument.length - 1]).get()).isEqualTo(7);
        var result = pool.submit(() -> {
                    var bytes = new byte[30 * MIB];
                    bytes[17] = 3;
                    return bytes;
                })
                .get();
        assertThat(result).hasSize(30 * MIB);
        assertThat(result[17]).isEqualTo((byte) 3);
        assertThat(pool.submit(() -> argument).get()).isEqualTo(argument);
    }

    @Test
    @Tag("F04")
    @Tag("F07")
    @Tag("row-32")
    void failsATaskThatTheWorkerCantRead() throws Exception {
        long pid = pool.submit(Deeds::pid).get();
        var poison = new ReadOnlyByParent();

        var thrown = catchThrowableOfType(
                ExecutionException.class,
                () -> pool.submit(() -> poison.hashCode()).get());

        assertThat(thrown).hasStackTraceContaining("not in a worker");
        assertThat(pool.submit(Deeds::pid).get()).isEqualTo(pid);
    }

    @Test
    void letsTasksChangeTheirOwnCopyOnly() throws Exception {
        var list = new ArrayList<>(List.of(1));

        int size = pool.submit(() -> {
                    list.add(2);
                    return list.size();
                })
                .get();

        assertThat(size).isEqualTo(2);
        assertThat(list).hasSize(1);
    }

    private record Report(Connection connection) implements Serializable {}

    private static final class Connection {}

    private static final class ReadOnlyByParent implements Serializable {

        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException {
            throw new IOException("not in a worker");
        }
    }
}
