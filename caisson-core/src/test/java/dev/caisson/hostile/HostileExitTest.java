package dev.caisson.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.caisson.Action;
import dev.caisson.PoolState;
import dev.caisson.ProcessPool;
import dev.caisson.TaskFuture;
import dev.caisson.WorkerExitedException;
import dev.caisson.WorkerOutOfMemoryException;
import dev.caisson.WorkerState;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import dev.caisson.testing.RunningProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a task leaves behind when it ends its worker: words, files, and processes that hold its output.
class HostileExitTest {

    private static final String TERMINATING = "Terminating due to java.lang.OutOfMemoryError: ";
    private static final int DEATHS = 4;

    private static ProcessPool pool;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(2);
    }

    @Test
    void blamesTheTaskWhoseWorkersLastWordsAreCutOff() throws Exception {
        var death = deathOf(() -> CrashReportTrap.sayAndHalt(TERMINATING + "\n", 3));

        assertThat(death).isInstanceOf(WorkerOutOfMemoryException.class).hasMessageContaining("ran out of memory");
        serves();
    }

    @Test
    void survivesSuchWordsFromAnIdleWorker() throws Exception {
        long pid = pool.submit(HostileExitTest::sayLater).get(30, TimeUnit.SECONDS);

        Await.until("the worker is gone", () -> !isAlive(pid));
        Await.until(
                "the pool has noted it",
                () -> pool.snapshot().workers().stream()
                        .noneMatch(worker -> worker.pid().orElse(0) == pid));
        serves();
    }

    @ParameterizedTest
    @EnumSource
    void readsNoMoreOfACrashReportThanIsGoodForIt(CrashReportTrap trap) throws Exception {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            var death = deathOf(trap::spring);

            assertThat(death.exitCode()).isEqualTo(1);
            assertThat(String.valueOf(death.getMessage()).length()).isLessThan(20_000);
        }
        virtualThreadsRun();
        serves();
    }

    @Test
    void letsGoOfOutputThatStrangersHold(@TempDir Path folder) throws Exception {
        var strangers = folder.resolve("pids");
        serves();
        long threads = threads();
        int descriptors = descriptors();
        try {
            for (int i = 0; i < DEATHS; i++) {
                deathOf(() -> leaveStranger(strangers.toString()));
            }
            serves();

            Await.until("no thread is left of the dead", () -> threads() <= threads + 1);
            Await.until("no descriptor is left of the dead", () -> descriptors() <= descriptors + DEATHS);
            assertThat(Files.readAllLines(strangers))
                    .hasSize(DEATHS)
                    .allMatch(pid -> isAlive(Long.parseLong(pid)), "still holds the output");
        } finally {
            for (var pid : Files.readAllLines(strangers)) {
                ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    /// A new session, and no environment by which it could be found.
    private static void leaveStranger(String pids) throws IOException, InterruptedException {
        var starter = new ProcessBuilder("setsid", "sh", "-c", "env -i sleep 60 & echo $! >> \"$0\"", pids)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        starter.waitFor();
        Runtime.getRuntime().halt(1);
    }

    private static long sayLater() {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                var idle = !new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
                CrashReportTrap.sayAndHalt(TERMINATING + "\n", idle ? 3 : 4);
            } catch (IOException | InterruptedException failure) {
                Runtime.getRuntime().halt(5);
            }
        });
        return ProcessHandle.current().pid();
    }

    private static void virtualThreadsRun() throws InterruptedException {
        var ran = new CountDownLatch(1);
        Thread.startVirtualThread(ran::countDown);
        assertThat(ran.await(15, TimeUnit.SECONDS)).as("virtual threads run").isTrue();
    }

    /// Both workers.
    private static void serves() throws Exception {
        Await.until(
                "both workers wait",
                () -> pool.snapshot().workers().stream()
                                .filter(worker -> worker.state() == WorkerState.IDLE)
                                .count()
                        == 2);
        assertThat(pool.submit(() -> 1).get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(pool.snapshot().state()).isEqualTo(PoolState.RUNNING);
    }

    private static WorkerExitedException deathOf(Action task) {
        TaskFuture<?> future = pool.submit(task);
        var failure = catchThrowable(() -> future.get(30, TimeUnit.SECONDS));
        assertThat(failure).isInstanceOf(ExecutionException.class);
        assertThat(failure.getCause()).isInstanceOf(WorkerExitedException.class);
        return (WorkerExitedException) failure.getCause();
    }

    private static boolean isAlive(long pid) {
        return RunningProcess.isRunning(pid);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name ->
                        name.startsWith("caisson-" + pool.snapshot().name()) || name.startsWith("process reaper (pid"))
                .count();
    }

    private static int descriptors() {
        var names = new File("/proc/self/fd").list();
        return names == null ? 0 : names.length;
    }
}
