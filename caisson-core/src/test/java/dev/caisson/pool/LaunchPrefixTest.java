package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.caisson.PoolBrokenException;
import dev.caisson.TaskFuture;
import dev.caisson.WorkerExitedException;
import dev.caisson.WorkerStartException;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that stand before the JVM's command.
@Tag("row-6")
class LaunchPrefixTest {

    /// Starts the JVM as its child and waits for it, as a prefix does that does not replace itself.
    private static final String[] WRAPPER = {"sh", "-c", "\"$@\"; exit $?", "wrapper"};

    @TempDir
    private Path folder;

    @Test
    @Tag("I41")
    void startsWorkersBehindOtherPrograms(Pools pools) throws Exception {
        var pool = pools.open(builder ->
                builder.launchPrefix("env", "CAISSON_TEST_FRUIT=plum", "nice", "-n", "7", "taskset", "-c", "0"));

        assertThat(pool.submit(() -> System.getenv("CAISSON_TEST_FRUIT")).get()).isEqualTo("plum");
        assertThat(pool.submit(LaunchPrefixTest::niceness).get()).isEqualTo(7);
        assertThat(pool.submit(() -> Runtime.getRuntime().availableProcessors()).get())
                .isEqualTo(1);
    }

    @Test
    void limitsWorkersByThePrefix(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.launchPrefix("prlimit", "--nofile=333"));

        assertThat(pool.submit(() -> Files.readString(Path.of("/proc/self/limits")))
                        .get())
                .containsPattern("Max open files +333 +333");
    }

    @Test
    @Tag("A15")
    void tellsTheJvmsOwnPidBehindAPrefixThatStays(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.launchPrefix(WRAPPER));

        var future = pool.submit(() -> ProcessHandle.current().pid());

        assertThat(future.get()).isEqualTo(future.worker().orElseThrow().pid());
        assertThat(pool.snapshot().workers().getFirst().pid()).hasValue(future.get());
    }

    @Test
    void killsPrefixAndJvm(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.launchPrefix(WRAPPER));
        var gate = Gate.in(folder, "running");
        var pids = Gate.in(folder, "pids");
        var running = pool.submit(() -> hang(gate, pids));
        gate.await();

        assertThat(pool.terminateWorker(running.worker().orElseThrow().pid())).isTrue();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> running.get(15, TimeUnit.SECONDS))
                .withCauseInstanceOf(WorkerExitedException.class);
        for (var pid : Files.readString(Path.of(pids.file())).split(" ", -1)) {
            Await.until(
                    pid + " is gone",
                    () -> ProcessHandle.of(Long.parseLong(pid)).isEmpty());
        }
    }

    @Test
    void tellsADeathOfTheJvmThroughThePrefix(Pools pools) {
        var pool = pools.open(builder -> builder.launchPrefix(WRAPPER));

        var dying = pool.submit(() -> Runtime.getRuntime().halt(42));

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> dying.get(15, TimeUnit.SECONDS))
                .havingCause()
                .isInstanceOfSatisfying(
                        WorkerExitedException.class,
                        death -> assertThat(death.death().exitCode()).isEqualTo(42));
        assertThat(pool.submit(() -> "alive").join()).isEqualTo("alive");
    }

    @Test
    void namesAPrefixThatDoesNotExist(Pools pools) {
        var pool = pools.open(builder -> builder.launchPrefix("caisson-test-no-such-program", "-n"));

        assertThatExceptionOfType(PoolBrokenException.class)
                .isThrownBy(() -> failure(pool.submit(() -> 1)))
                .withMessageContaining("caisson-test-no-such-program")
                .withMessageContaining("launchPrefix")
                .withCauseInstanceOf(WorkerStartException.class);
    }

    @Test
    void showsWhatAPrefixComplainsOf(Pools pools) {
        var pool = pools.open(builder -> builder.launchPrefix("nice", "--no-such-option"));

        assertThatExceptionOfType(PoolBrokenException.class)
                .isThrownBy(() -> failure(pool.submit(() -> 1)))
                .withMessageContaining("no-such-option");
    }

    private static int niceness() throws Exception {
        var stat = Files.readString(Path.of("/proc/self/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
    }

    private static String hang(Gate gate, Gate pids) throws Exception {
        var self = ProcessHandle.current();
        Files.writeString(
                Path.of(pids.file()),
                self.pid() + " " + self.parent().orElseThrow().pid());
        gate.open();
        Thread.sleep(Duration.ofHours(1));
        return "never";
    }

    private static void failure(TaskFuture<Integer> future) throws Throwable {
        try {
            future.get(15, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause();
        }
    }
}
