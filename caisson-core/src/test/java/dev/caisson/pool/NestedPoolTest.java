package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.OutputLine;
import dev.caisson.ProcessPool;
import dev.caisson.StartMethod;
import dev.caisson.Task;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import dev.caisson.testing.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NestedPoolTest {

    private static ProcessPool pool;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(1);
    }

    @Test
    @Tag("I43")
    void startsNoWorkersForAPoolInAStaticFieldOfATasksClass() throws Exception {
        var inside = pool.submit(() -> WithPool.countOfChildren()).get();

        assertThat(inside).isZero();
    }

    @Test
    @Tag("M01")
    @Tag("K27")
    @Tag("row-42")
    @Tag("M03")
    void runsAPoolInsideAWorker() throws Exception {
        var pids = pool.submit(NestedPoolTest::pidsInside).get();

        assertThat(pids).hasSize(2).doesNotHaveDuplicates().doesNotContain(Deeds.pid());
        assertThat(pids)
                .last()
                .satisfies(pid -> assertThat(RunningProcess.isRunning(pid)).isFalse());
    }

    private static List<Long> pidsInside() throws Exception {
        try (var inner = ProcessPool.create(1)) {
            return List.of(Deeds.pid(), inner.submit(Deeds::pid).get());
        }
    }

    @Test
    @Tag("E09")
    void showsTheErrorOfANestedTask() {
        assertThatThrownBy(() -> pool.submit(NestedPoolTest::failInside).get())
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("deep inside");
    }

    private static int failInside() throws ExecutionException, InterruptedException {
        try (var inner = ProcessPool.create(1)) {
            return inner.call(() -> Deeds.fail("deep inside"));
        }
    }

    /// As a program may have it: reading a lambda of this class initializes it, in every worker.
    private static final class WithPool {

        private static final ProcessPool POOL = ProcessPool.create(1);

        private WithPool() {}

        static int square(int number) throws ExecutionException, InterruptedException {
            return POOL.call(() -> Deeds.square(number));
        }

        static long countOfChildren() {
            POOL.snapshot();
            return ProcessHandle.current().children().count();
        }
    }

    @Test
    @Tag("M02")
    @Tag("row-42")
    void refusesWorkersBeyondTheDepthLimit(Pools pools) throws Exception {
        var limited = pools.open(builder -> builder.jvmOptions("-Dcaisson.maxDepth=2"));

        var told = limited.submit(() -> inside(() -> inside(() -> "too deep"))).get();

        assertThat(told)
                .contains("RejectedExecutionException")
                .contains("level 2 of pools within pools, and 2 levels are allowed")
                .contains("-Dcaisson.maxDepth=3");
    }

    /// What a task in a pool inside this process says, or why it can't run.
    private static String inside(Task<String> task) throws InterruptedException {
        try (var inner = ProcessPool.create(1)) {
            return inner.call(task);
        } catch (ExecutionException | RuntimeException refused) {
            return refused.toString();
        }
    }

    @Test
    @Tag("M06")
    @Tag("Q31")
    void killsPoolsInsideAWorkerWithIt(Pools pools, @TempDir Path folder) {
        var outer = pools.open(1);
        var pids = folder.resolve("pids").toString();
        var nested = outer.submit(() -> inside(() -> {
            Deeds.note(pids, Deeds.pid());
            Deeds.note(pids, new ProcessBuilder("sleep", "1000").start().pid());
            Deeds.hang();
            return "";
        }));
        Await.until("all have started", () -> lines(pids).size() == 2);

        assertThat(outer.terminateWorker(nested.worker().orElseThrow().pid())).isTrue();

        for (var pid : lines(pids)) {
            Await.until(pid + " is gone", () -> !RunningProcess.isRunning(Long.parseLong(pid)));
        }
    }

    @Test
    @Tag("M05")
    @Tag("I40")
    void leavesAWorkerItsShareOfTheCpus(Pools pools) throws Exception {
        int cpus = Runtime.getRuntime().availableProcessors();
        var shared = pools.open(cpus);

        assertThat(shared.submit(() -> Runtime.getRuntime().availableProcessors())
                        .get())
                .isEqualTo(1);
    }

    private static List<String> lines(String file) {
        try {
            return Files.exists(Path.of(file)) ? Files.readAllLines(Path.of(file)) : List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    @Tag("M04")
    void allowsThreadsWhereNoMoreProcessesMayBe(Pools pools) throws Exception {
        var limited = pools.open(builder -> builder.jvmOptions("-Dcaisson.maxDepth=1"));

        assertThat(limited.submit(() -> inside(() -> "process")).get()).contains("RejectedExecutionException");
        assertThat(limited.submit(NestedPoolTest::onAThread).get()).isEqualTo("thread");
    }

    private static String onAThread() throws Exception {
        try (var inner = ProcessPool.builder()
                .workers(1)
                .startMethod(StartMethod.IN_PROCESS)
                .build()) {
            return inner.call(() -> "thread");
        }
    }

    @Test
    @Tag("L13")
    void saysNothingOfItsOwnWhenANestedTaskFails(Pools pools) {
        var lines = new ConcurrentLinkedQueue<OutputLine>();
        var own = pools.open(builder -> builder.output(lines::add));

        assertThatThrownBy(() -> own.submit(NestedPoolTest::failInside).get()).hasRootCauseMessage("deep inside");
        own.close();

        assertThat(lines).isEmpty();
    }

    @Test
    @Tag("Q44")
    void answersATaskThatSubmitsToThePoolOfItsClass(Pools pools) throws Exception {
        var own = pools.open(1);

        assertThat(own.submit(() -> WithPool.square(7)).get(30, TimeUnit.SECONDS))
                .isEqualTo(49);
    }
}
