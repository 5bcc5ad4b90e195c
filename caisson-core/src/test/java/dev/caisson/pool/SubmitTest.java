package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ProcessPool;
import dev.caisson.Task;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitTest {

    private static ProcessPool pool;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(2);
    }

    @Test
    @Tag("B01")
    @Tag("row-10")
    void givesWhatATaskReturned() throws Exception {
        int three = 3;

        assertThat(pool.submit(() -> Deeds.square(three)).get()).isEqualTo(9);
    }

    @Test
    void runsTasksInOtherProcesses() throws Exception {
        assertThat(pool.submit(Deeds::pid).get()).isNotEqualTo(Deeds.pid());
    }

    @Test
    void takesActions() throws Exception {
        var gate = Gate.in(folder, "gate");

        assertThat(pool.submit(() -> gate.open()).get()).isNull();
        assertThat(gate.isOpen()).isTrue();
    }

    @Test
    void takesSerializableCallables() throws Exception {
        assertThat(pool.submit((Callable<Integer> & Serializable) () -> 3).get())
                .isEqualTo(3);
    }

    @Test
    void takesSerializableRunnables() throws Exception {
        var gate = Gate.in(folder, "gate");
        var task = (Runnable & Serializable) () -> gate.open();

        assertThat(pool.submit(task).get()).isNull();
        assertThat(gate.isOpen()).isTrue();
    }

    @Test
    void givesTheCallersOwnResultForARunnable() throws Exception {
        var result = new Object();

        assertThat(pool.submit((Runnable & Serializable) () -> {}, result).get())
                .isSameAs(result);
    }

    @Test
    void executesWhatNobodyWaitsFor() {
        var gate = Gate.in(folder, "gate");

        pool.execute(() -> gate.open());

        gate.await();
    }

    @Test
    void callWaitsForTheValue() throws Exception {
        assertThat(pool.<Integer>call(() -> 5)).isEqualTo(5);
    }

    @Test
    void callThrowsWhatTheTaskThrew() {
        assertThatThrownBy(() -> pool.call(() -> Deeds.fail("no")))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
    }

    @Test
    void givesNullForNull() throws Exception {
        TaskFuture<@Nullable String> future = pool.submit(() -> null);

        assertThat(future.get()).isNull();
        assertThat(future.isDone()).isTrue();
    }

    @Test
    @Tag("B06")
    void takesAnExceptionThatIsReturnedForAValue() throws Exception {
        assertThat(pool.submit(() -> new IllegalStateException("a value")).get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a value");
    }

    @Test
    @Tag("B03")
    void givesEachOfManyTasksItsOwnResult() throws Exception {
        var futures = IntStream.range(0, 300)
                .mapToObj(number -> pool.submit(() -> Deeds.square(number)))
                .toList();

        for (int number = 0; number < futures.size(); number++) {
            assertThat(futures.get(number).get()).isEqualTo(number * number);
        }
        assertThat(futures).extracting(TaskFuture::id).doesNotHaveDuplicates();
    }

    @Test
    @Tag("B04")
    @Tag("row-1")
    void spreadsTasksOverWorkers() throws Exception {
        var here = Gate.in(folder, "here");
        var there = Gate.in(folder, "there");

        var first = pool.submit(() -> meet(here, there));
        var second = pool.submit(() -> meet(there, here));

        assertThat(first.get()).isNotEqualTo(second.get());
    }

    private static long meet(Gate own, Gate other) {
        own.open();
        other.await();
        return Deeds.pid();
    }

    @Test
    @Tag("B07")
    @Tag("B09")
    @Tag("row-9")
    @Tag("row-10")
    void takesCapturedStateAndReferencesToMethods() throws Exception {
        var prefix = "a";
        record Twice(int number) implements Serializable, Callable<Integer> {
            @Override
            public Integer call() {
                return 2 * number;
            }
        }

        assertThat(pool.submit(() -> prefix + "b").get()).isEqualTo("ab");
        assertThat(pool.submit(prefix::isBlank).get()).isFalse();
        assertThat(pool.submit(Deeds::pid).get()).isPositive();
        assertThat(pool.submit(new Twice(21)).get()).isEqualTo(42);
    }

    @Test
    @Tag("A15")
    @Tag("row-26")
    void tellsWhichWorkerBeganATask() throws Exception {
        var accepted = new ConcurrentLinkedQueue<Long>();

        var future = pool.submit(Deeds::pid, TaskOptions.DEFAULT.withOnAccepted(worker -> accepted.add(worker.pid())));
        long pid = future.get();

        assertThat(future.worker().orElseThrow().pid()).isEqualTo(pid);
        assertThat(future.attempts()).isEqualTo(1);
        Await.until("the acceptance is told", () -> !accepted.isEmpty());
        assertThat(accepted).containsExactly(pid);
    }

    @Test
    @Tag("B16")
    @Tag("C34")
    void keepsResultsOfManyThreadsApart() throws Exception {
        var wrong = new ConcurrentLinkedQueue<String>();
        var threads = new ArrayList<Thread>();
        for (int number = 0; number < 10; number++) {
            int base = number * 1000;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    if (!pool.submit(() -> Deeds.square(base)).get().equals(base * base)) {
                        wrong.add("submit " + base);
                    }
                    if (!pool.map(item -> item + base, List.of(1, 2, 3))
                            .equals(List.of(base + 1, base + 2, base + 3))) {
                        wrong.add("map " + base);
                    }
                    pool.submit(Deeds::hang).cancel(true);
                } catch (InterruptedException | ExecutionException failure) {
                    wrong.add(failure.toString());
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void invokesAllAndGivesEachItsFuture() throws Exception {
        var tasks = List.<Callable<Integer>>of(serializable(() -> 1), serializable(() -> Deeds.fail("second")));

        var futures = pool.invokeAll(tasks);

        assertThat(futures).allMatch(Future::isDone);
        assertThat(futures.getFirst().resultNow()).isEqualTo(1);
        assertThat(futures.getLast().exceptionNow()).hasMessage("second");
    }

    @Test
    @Tag("D01")
    void invokesAnyAndGivesTheFirstValue() throws Exception {
        var tasks = List.<Callable<Integer>>of(
                serializable(() -> Deeds.fail("first")),
                serializable(() -> 2),
                serializable(() -> Deeds.hangThenSay(3)));

        assertThat(pool.invokeAny(tasks)).isEqualTo(2);
    }

    @Test
    void invokesAnyAndThrowsTheFailureWhenAllFail() {
        var tasks = List.<Callable<Integer>>of(serializable(() -> Deeds.fail("only")));

        assertThatThrownBy(() -> pool.invokeAny(tasks))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("only");
    }

    private static <T> Callable<T> serializable(Task<T> task) {
        return task;
    }

    @Test
    @Tag("K29")
    void startsAWorkerOnceHoweverManyWaitForIt(Pools pools) throws Exception {
        var starts = folder.resolve("starts").toString();
        var gate = Gate.in(folder, "gate");
        var late = pools.open(builder -> builder.initializer(() -> {
            Deeds.note(starts, "started");
            gate.await();
        }));

        var results = IntStream.range(0, 16)
                .mapToObj(number -> CompletableFuture.supplyAsync(
                        () -> late.submit(() -> number).join(), Thread::startVirtualThread))
                .toList();
        Await.until("all wait", () -> late.snapshot().ledger().submitted() == 16);
        gate.open();

        for (int number = 0; number < 16; number++) {
            assertThat(results.get(number).get()).isEqualTo(number);
        }
        assertThat(Files.readAllLines(Path.of(starts))).hasSize(1);
    }
}
