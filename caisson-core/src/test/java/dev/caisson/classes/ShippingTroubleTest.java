package dev.caisson.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.Action;
import dev.caisson.ProcessPool;
import dev.caisson.TaskOptions;
import dev.caisson.TaskTimeoutException;
import dev.caisson.WorkerExitedException;
import dev.caisson.testing.CompiledSource;
import dev.caisson.testing.MemoryLoader;
import dev.caisson.testing.Pools;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What strikes while a worker waits for a class.
@Tag("row-9")
class ShippingTroubleTest {

    private static final Map<String, byte[]> CLASSES = CompiledSource.of("slow.Job", """
            package slow;
            public class Job implements java.util.concurrent.Callable<Integer>, java.io.Serializable, dev.caisson.Action {
                public Integer call() { return Part.VALUE + 1; }
                public void perform() { System.setProperty("slow.value", "" + call()); }
            }
            class Part { static final Integer VALUE = Integer.valueOf(41); }
            """);

    private static ProcessPool pool;

    private final MemoryLoader loader = MemoryLoader.of(CLASSES).holding("slow/Part.class");

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(builder -> builder.workers(1).killGrace(Duration.ofMillis(200)));
    }

    @BeforeEach
    void warmUp() throws Exception {
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @AfterEach
    void release() {
        loader.release();
    }

    @Test
    void killsAWorkerThatWaitsForAClassBeyondItsLimit() throws Exception {
        var future = pool.submit(
                loader.<Integer>task("slow.Job"), TaskOptions.DEFAULT.withTimeLimit(Duration.ofMillis(300)));

        assertThatThrownBy(future::get).hasCauseInstanceOf(TaskTimeoutException.class);
        assertThatThrownBy(future::get).hasStackTraceContaining("ClassAnswer.await");
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    void cancelsATaskThatWaitsForAClass() throws Exception {
        var future = pool.submit(loader.<Integer>task("slow.Job"));
        loader.awaitAsked();

        assertThat(future.cancel(true)).isTrue();

        assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    void isNotConfusedByAnInterruptWhileItWaitsForAClass() throws Exception {
        var future = pool.submit(
                loader.<Integer>task("slow.Job"), TaskOptions.DEFAULT.withSoftTimeLimit(Duration.ofMillis(100)));
        loader.awaitAsked();
        assertThat(future.isDone()).isFalse();
        loader.release();

        assertThat(future.get()).isEqualTo(42);
    }

    @Test
    void blamesOnlyTheTaskWhoseWorkerDiesWhileItWaitsForAClass() throws Exception {
        long pid = pool.submit(() -> ProcessHandle.current().pid()).get();
        var future = pool.submit(loader.<Integer>task("slow.Job"));
        var next = pool.submit(() -> 1);
        loader.awaitAsked();

        assertThat(pool.terminateWorker(pid)).isTrue();

        assertThatThrownBy(future::get).hasCauseInstanceOf(WorkerExitedException.class);
        assertThat(next.get()).isEqualTo(1);
    }

    @Test
    void answersAWorkerAlsoWhenAnotherWaits(Pools pools) throws Exception {
        var two = pools.open(2);
        var slow = two.submit(loader.<Integer>task("slow.Job"));
        loader.awaitAsked();

        assertThat(two.submit(MemoryLoader.of(CLASSES).<Integer>task("slow.Job"))
                        .get())
                .isEqualTo(42);
        loader.release();
        assertThat(slow.get()).isEqualTo(42);
    }

    @Test
    void initializesWorkersWithAClassThatTheyLack(Pools pools) throws Exception {
        Callable<?> action = MemoryLoader.of(CLASSES).task("slow.Job");
        var initialized = pools.open(builder -> builder.initializer((Action) action));

        assertThat(initialized.submit(() -> System.getProperty("slow.value")).get())
                .isEqualTo("42");
    }

    @Test
    @Tag("row-42")
    void handsItsClassesOnToPoolsOfAWorker() throws Exception {
        var nesting = MemoryLoader.of(CompiledSource.of("nest.Outer", """
                package nest;
                import dev.caisson.*;
                public class Outer implements java.util.concurrent.Callable<Integer>, java.io.Serializable {
                    public Integer call() throws Exception {
                        try (var inner = ProcessPool.create(1)) {
                            int n = 40;
                            return inner.submit(() -> Inner.plus(n)).get();
                        }
                    }
                    static class Inner { static int plus(int n) { return n + 2; } }
                }
                """));

        assertThat(pool.submit(nesting.<Integer>task("nest.Outer")).get()).isEqualTo(42);
    }
}
