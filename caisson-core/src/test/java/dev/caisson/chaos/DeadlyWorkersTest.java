package dev.caisson.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.Action;
import dev.caisson.PoolBrokenException;
import dev.caisson.PoolState;
import dev.caisson.TaskFuture;
import dev.caisson.WorkerExitedException;
import dev.caisson.WorkerState;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Workers that die one after the other, or in the middle of something large.
class DeadlyWorkersTest {

    private static final int LARGE_BYTES = 16 * 1024 * 1024;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"BEFORE_HELLO, EXIT_0", "INITIALIZER, SIGKILL", "IDLE, HALT_0"})
    @Tag("row-17")
    void breakAPoolLoudlyWhenEachOfThemDies(Site site, Deed deed, Pools pools) {
        var plan = plan(site, deed, true);
        var pool = pools.open(builder ->
                builder.jvmOptions(plan.jvmOptions()).initializer(Work.NOTHING).restartLimit(2, Duration.ofMinutes(5)));

        Await.until(
                "the pool gives up",
                Duration.ofSeconds(40),
                () -> pool.snapshot().state() == PoolState.BROKEN
                        || pool.snapshot().state() == PoolState.TERMINATED);

        assertThatThrownBy(() -> pool.submit(Work.square(2)))
                .isInstanceOf(PoolBrokenException.class)
                .hasMessageContaining("restartLimit")
                .hasMessageContaining(deed == Deed.SIGKILL ? "137" : "code 0");
    }

    @Test
    @Tag("F18")
    void costOnlyTheTaskWhoseBytesAreStillOnTheirWay(Pools pools) throws Exception {
        var plan = plan(Site.READING, Deed.HALT_1, false);
        var pool = pools.open(builder -> builder.jvmOptions(plan.jvmOptions()));
        var large = new byte[LARGE_BYTES];

        assertThat(pool.submit(Work.square(2)).get()).isEqualTo(4);
        var lost = pool.submit(() -> large.length);
        var next = pool.submit(() -> large.length);

        assertThatThrownBy(() -> lost.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(WorkerExitedException.class);
        assertThat(next.get(30, TimeUnit.SECONDS)).isEqualTo(LARGE_BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    @Tag("J08")
    void mayKillEachOther(int workers, Pools pools) throws Exception {
        var pool = pools.open(workers);
        Await.until(
                "all are ready",
                Duration.ofSeconds(40),
                () -> pool.snapshot().workers().stream().allMatch(worker -> worker.state() == WorkerState.IDLE));
        var pids = pool.snapshot().workers().stream()
                .flatMapToLong(worker -> worker.pid().stream())
                .toArray();

        var futures = IntStream.range(0, workers)
                .mapToObj(number -> pool.submit((Action) () -> killAll(pids)))
                .toList();

        for (TaskFuture<?> future : futures) {
            assertThatThrownBy(() -> future.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(WorkerExitedException.class);
        }
        assertThat(pool.submit(Work.square(5)).get(30, TimeUnit.SECONDS)).isEqualTo(25);
    }

    private static void killAll(long[] pids) {
        long self = ProcessHandle.current().pid();
        Arrays.stream(pids)
                .filter(pid -> pid != self)
                .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        Runtime.getRuntime().halt(1);
    }

    private Fault.Plan plan(Site site, Deed deed, boolean eachTime) {
        return new Fault.Plan(
                site.point, site.visit, deed, eachTime, folder.resolve("token").toString());
    }
}
