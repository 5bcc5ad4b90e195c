package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.Action;
import dev.caisson.OutputLine;
import dev.caisson.PoolState;
import dev.caisson.ProcessPool;
import dev.caisson.TaskSerializationException;
import dev.caisson.WorkerOutput;
import dev.caisson.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("row-39")
class SharedPoolTest {

    private static final Action BREAKS = () -> {
        throw new IllegalStateException("not today");
    };

    private final List<ProcessPool> opened = new ArrayList<>();

    @AfterEach
    void closeForAll() {
        opened.forEach(ProcessPool::close);
    }

    private ProcessPool shared(Map<String, String> environment) {
        var pool = ProcessPool.shared(builder -> builder.workers(1).environment(environment));
        opened.add(pool);
        return pool;
    }

    @Test
    @Tag("L01")
    void givesTheSamePoolForTheSameSettingsAndAnotherForOthers() throws Exception {
        var first = shared(Map.of("FRUIT", "plum"));

        assertThat(shared(Map.of("FRUIT", "plum"))).isSameAs(first);
        var second = shared(Map.of("FRUIT", "fig"));
        assertThat(second).isNotSameAs(first);
        assertThat(first.submit(() -> System.getenv("FRUIT")).get()).isEqualTo("plum");
        assertThat(second.submit(() -> System.getenv("FRUIT")).get()).isEqualTo("fig");
        assertThat(first.snapshot().name()).startsWith("shared-");
    }

    @Test
    void givesThePoolOfTheDefaults() {
        var pool = ProcessPool.shared();
        opened.add(pool);

        assertThat(ProcessPool.shared()).isSameAs(pool);
        assertThat(ProcessPool.shared(builder -> builder.name("mine"))).satisfies(named -> {
            opened.add(named);
            assertThat(named).isNotSameAs(pool);
            assertThat(named.snapshot().name()).isEqualTo("mine");
        });
    }

    @Test
    @Tag("L03")
    @Tag("J10")
    void givesANewPoolAfterAClose() throws Exception {
        var closed = shared(Map.of());
        closed.close();

        var pool = shared(Map.of());

        assertThatThrownBy(() -> closed.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    @Tag("L03")
    void givesANewPoolWhenTheOldOneIsBroken() {
        var broken = breaking();
        Await.until("the pool is broken", () -> broken.snapshot().state() != PoolState.RUNNING);

        assertThat(breaking()).isNotSameAs(broken);
    }

    private ProcessPool breaking() {
        var pool = ProcessPool.shared(builder -> builder.workers(1)
                .initializer(BREAKS)
                .restartLimit(0, Duration.ofSeconds(1))
                .output(Silence.ALL));
        opened.add(pool);
        return pool;
    }

    /// Equal to itself, as a constant is.
    private enum Silence implements WorkerOutput {
        ALL;

        @Override
        public void line(OutputLine line) {}
    }

    /// Equal to others of the same value, as no lambda is.
    private record Sets(String value) implements Action {
        @Override
        public void perform() {
            System.setProperty("fruit", value);
        }
    }

    @Test
    @Tag("L11")
    void comparesInitializersByEquals() throws Exception {
        var plum = ProcessPool.shared(builder -> builder.workers(1).initializer(new Sets("plum")));
        var again = ProcessPool.shared(builder -> builder.workers(1).initializer(new Sets("plum")));
        var fig = ProcessPool.shared(builder -> builder.workers(1).initializer(new Sets("fig")));
        opened.addAll(List.of(plum, fig));

        assertThat(again).isSameAs(plum).isNotSameAs(fig);
        assertThat(fig.submit(() -> System.getProperty("fruit")).get()).isEqualTo("fig");
    }

    @Test
    @Tag("L04")
    void givesOnePoolToManyThreads() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<ProcessPool> asking =
                    () -> ProcessPool.shared(builder -> builder.workers(1).name("many"));
            var pools = threads.invokeAll(Collections.nCopies(20, asking)).stream()
                    .map(Future::resultNow)
                    .distinct()
                    .toList();

            opened.addAll(pools);
            assertThat(pools).hasSize(1);
        }
    }

    @Test
    void refusesWhatCantTravelEachTime() {
        var captured = new Object();
        Action bad = () -> System.out.println(captured);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> ProcessPool.shared(builder -> builder.initializer(bad)))
                    .isInstanceOf(TaskSerializationException.class);
        }
    }

    @Test
    @Tag("row-4")
    void letsWorkersLeaveThatHaveNothingToDo() throws Exception {
        var pool = ProcessPool.shared(builder -> builder.workers(1).idleTimeout(Duration.ofMillis(50)));
        opened.add(pool);
        pool.submit(() -> 1).get();

        Await.until("the worker has left", () -> pool.snapshot().workers().isEmpty());

        assertThat(pool.submit(() -> 2).get()).isEqualTo(2);
    }

    @Test
    @Tag("L05")
    void givesTheNextPoolToWhoeverIsRefusedByAClosedOne() throws Exception {
        for (int round = 0; round < 3; round++) {
            var pool = shared(Map.of("FRUIT", "plum"));
            pool.submit(() -> 1).get();
            var closing = Thread.ofVirtual().start(pool::close);

            int result;
            try {
                result = pool.submit(() -> 2).get(20, TimeUnit.SECONDS);
            } catch (RejectedExecutionException closed) {
                result = shared(Map.of("FRUIT", "plum")).submit(() -> 2).get(20, TimeUnit.SECONDS);
            }

            assertThat(result).isEqualTo(2);
            closing.join();
        }
    }

    @Test
    @Tag("L06")
    void keepsSettingsApartWhenManyThreadsAskForOthers() throws Exception {
        Callable<List<String>> asking = () -> IntStream.range(0, 8)
                .mapToObj(number -> "fruit " + number % 4)
                .peek(fruit -> assertThat(
                                ProcessPool.shared(builder -> builder.workers(1).environment(Map.of("FRUIT", fruit)))
                                        .submit(() -> System.getenv("FRUIT"))
                                        .join())
                        .isEqualTo(fruit))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var asked : threads.invokeAll(Collections.nCopies(20, asking))) {
                assertThat(asked.get()).hasSize(8);
            }
        } finally {
            for (int number = 0; number < 4; number++) {
                shared(Map.of("FRUIT", "fruit " + number));
            }
        }
    }

    @Test
    @Tag("L10")
    void endsRunningTasksOnlyWhenItIsTerminated() throws Exception {
        var old = shared(Map.of("FRUIT", "plum"));
        var running = old.submit(Deeds::hang);
        Deeds.begun(running);

        assertThat(shared(Map.of("FRUIT", "fig"))
                        .submit(() -> System.getenv("FRUIT"))
                        .get())
                .isEqualTo("fig");
        assertThat(running.isDone()).isFalse();
        old.terminate();

        assertThatThrownBy(running::get).isInstanceOf(CancellationException.class);
        assertThat(shared(Map.of("FRUIT", "plum"))).isNotSameAs(old);
    }
}
