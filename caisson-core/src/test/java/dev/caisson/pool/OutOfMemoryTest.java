package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ProcessPool;
import dev.caisson.TaskFuture;
import dev.caisson.WorkerOutOfMemoryException;
import dev.caisson.testing.Pools;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OutOfMemoryTest {

    private static ProcessPool pool;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(builder -> builder.maxHeap("32m"));
    }

    @Test
    @Tag("Q12")
    @Tag("row-33")
    void endsTheWorkerOfATaskThatFillsTheHeap() throws Exception {
        long pid = pool.submit(Deeds::pid).get();

        var future = pool.submit(OutOfMemoryTest::fillHeap);

        assertThatThrownBy(future::get)
                .cause()
                .isInstanceOf(WorkerOutOfMemoryException.class)
                .hasMessageContaining("maxHeap");
        assertThat(pool.submit(Deeds::pid).get()).isNotEqualTo(pid);
    }

    @Test
    @Tag("J04")
    void losesOnlyTheTasksThatFillTheHeap() {
        var futures = new ArrayList<TaskFuture<Integer>>();
        for (int number = 0; number < 22; number++) {
            int value = number;
            futures.add(pool.submit(() -> value % 11 == 10 ? fillHeap() : value));
        }

        futures.forEach(future ->
                future.handle((value, error) -> value).toCompletableFuture().join());

        assertThat(futures.stream().filter(future -> future.state() == Future.State.SUCCESS))
                .hasSize(20);
        assertThat(futures.stream().filter(future -> future.state() == Future.State.FAILED))
                .hasSize(2)
                .allMatch(future -> future.exceptionNow() instanceof WorkerOutOfMemoryException);
    }

    @Test
    void takesAnArrayThatIsTooLongForTheTasksOwnFailure() throws Exception {
        long pid = pool.submit(Deeds::pid).get();
        int length = Integer.MAX_VALUE;

        assertThatThrownBy(() -> pool.submit(() -> new byte[length].length).get())
                .hasCauseInstanceOf(OutOfMemoryError.class);

        assertThat(pool.submit(Deeds::pid).get()).isEqualTo(pid);
    }

    @Test
    @Tag("row-33")
    void endsTheWorkerAlsoWhenTheTaskWrapsTheError() {
        assertThatThrownBy(() -> pool.submit(OutOfMemoryTest::fillHeapOfAnother).get())
                .cause()
                .isInstanceOf(WorkerOutOfMemoryException.class)
                .hasMessageContaining("Java heap space")
                .hasMessageContaining("OutOfMemoryTest.fillHeap");
    }

    private static int fillHeapOfAnother() {
        try {
            return fillHeap();
        } catch (OutOfMemoryError error) {
            throw new IllegalStateException("wrapped", error);
        }
    }

    @Test
    void takesTheValueOfATaskThatCopesWithTheError() throws Exception {
        assertThat(pool.submit(OutOfMemoryTest::cope).get()).isEqualTo("less then");
    }

    private static String cope() {
        try {
            return "all " + fillHeap();
        } catch (OutOfMemoryError error) {
            return "less then";
        }
    }

    @Test
    void takesOtherLacksForTheTasksOwnFailure() throws Exception {
        long pid = pool.submit(Deeds::pid).get();

        assertThatThrownBy(() -> pool.submit(OutOfMemoryTest::fillDirectMemory).get())
                .hasCauseInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> pool.submit(() -> {
                            throw new OutOfMemoryError("of ideas");
                        })
                        .get())
                .hasCauseInstanceOf(OutOfMemoryError.class);

        assertThat(pool.submit(Deeds::pid).get()).isEqualTo(pid);
    }

    private static int fillDirectMemory() {
        List<ByteBuffer> blocks = new ArrayList<>();
        while (blocks.size() < 10_000) {
            blocks.add(ByteBuffer.allocateDirect(1 << 20));
        }
        return blocks.size();
    }

    private static int fillHeap() {
        List<byte[]> blocks = new ArrayList<>();
        while (true) {
            blocks.add(new byte[1 << 20]);
            if (blocks.size() == Integer.MAX_VALUE) {
                return blocks.size();
            }
        }
    }
}
