package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ProcessPool;
import dev.caisson.testing.Pools;
import dev.caisson.testing.RunningProcess;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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

        static long countOfChildren() {
            POOL.snapshot();
            return ProcessHandle.current().children().count();
        }
    }
}
