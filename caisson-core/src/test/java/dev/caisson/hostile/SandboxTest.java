package dev.caisson.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ProcessPool;
import dev.caisson.Sandbox;
import dev.caisson.TaskOptions;
import dev.caisson.TaskTimeoutException;
import dev.caisson.WorkerExitedException;
import dev.caisson.process.SandboxTool;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What workers can do in a sandbox. Where the machine can't make one, each test sees that it is refused.
class SandboxTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long PARENT = ProcessHandle.current().pid();

    @TempDir
    private static Path folder;

    private static @Nullable ProcessPool pool;

    @BeforeAll
    static void openPool(Pools pools) throws IOException {
        for (var name : List.of("secret", "shown", "given")) {
            Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("file"), name);
        }
        if (SandboxTool.find(Sandbox.Level.STRICT).tool().isPresent()) {
            pool = pools.open(builder -> builder.workers(2)
                    .sandbox(Sandbox.STRICT.readable(folder.resolve("shown")).writable(folder.resolve("given"))));
        }
    }

    /// @return false where the machine can't make a sandbox; then it was seen that it is refused
    private static boolean isThere() {
        if (pool != null) {
            return true;
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProcessPool.builder().sandbox(Sandbox.STRICT).build())
                .withMessageContaining("Sandbox.STRICT")
                .withMessageContaining("Install bubblewrap");
        return false;
    }

    private static ProcessPool pool() {
        return Objects.requireNonNull(pool);
    }

    @Test
    void showsAWorkerNoNeighbourAndNoParent() throws Exception {
        if (isThere()) {
            var parent = PARENT;
            assertThat(pool().submit(() -> new File("/proc/" + parent).exists()).get())
                    .isFalse();
            assertThat(pool().submit(() ->
                                    PoolFiles.named(parent, "worker.board").count())
                            .get())
                    .as("boards seen")
                    .isEqualTo(1);
            assertThat(pool().submit(() -> ProcessHandle.allProcesses().count()).get())
                    .isLessThan(5);
        }
    }

    @Test
    void letsAWorkerWriteNothingButItsOwn() throws Exception {
        if (isThere()) {
            var place = folder.toString();
            assertThat(pool().submit(() -> read(place, "secret")).get()).isEqualTo("nothing");
            assertThat(pool().submit(() -> read(place, "shown")).get()).isEqualTo("shown");
            assertThat(pool().submit(() -> write(place + "/shown/new")).get()).isFalse();
            assertThat(pool().submit(() -> write(place + "/given/new")).get()).isTrue();
            assertThat(pool().submit(() -> write("/etc/caisson-was-here")).get())
                    .isFalse();
            assertThat(pool().submit(() -> write("caisson-was-here")).get()).isFalse();
            assertThat(pool().submit(() -> write(System.getenv("TMPDIR") + "/new"))
                            .get())
                    .isTrue();
            assertThat(folder.resolve("given/new")).exists();
        }
    }

    private static String read(String place, String name) {
        try {
            return Files.readString(Path.of(place, name, "file"));
        } catch (IOException none) {
            return "nothing";
        }
    }

    private static boolean write(String file) {
        try {
            Files.writeString(Path.of(file), "x");
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void hasNoNetwork() throws Exception {
        if (isThere()) {
            try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int port = server.getLocalPort();
                assertThatThrownBy(() -> pool().submit(
                                        () -> new Socket(InetAddress.getLoopbackAddress(), port).isBound())
                                .get())
                        .hasCauseInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void keepsLimitsStacksAndCrashReports() throws Exception {
        if (isThere()) {
            var options = TaskOptions.DEFAULT.withTimeLimit(Duration.ofMillis(300));
            assertThatThrownBy(() -> pool().submit(SandboxTest::hang, options).get())
                    .hasCauseInstanceOf(TaskTimeoutException.class)
                    .hasStackTraceContaining("SandboxTest.hang");
            assertThatThrownBy(() -> pool().submit(SandboxTest::crash).get())
                    .hasCauseInstanceOf(WorkerExitedException.class)
                    .cause()
                    .asString()
                    .contains("SIGSEGV");
        }
    }

    private static boolean hang() throws InterruptedException {
        new CountDownLatch(1).await();
        return true;
    }

    private static boolean crash() throws IOException, InterruptedException {
        new ProcessBuilder(
                        "/bin/sh", "-c", "kill -SEGV " + ProcessHandle.current().pid())
                .start();
        return hang();
    }

    @Test
    void tellsTheProcessIdThatTheMachineKnows() throws Exception {
        if (isThere()) {
            var hanging = pool().submit(SandboxTest::hang);
            Await.until("it runs", LIMIT, () -> hanging.worker().isPresent());
            long pid = hanging.worker().orElseThrow().pid();

            assertThat(ProcessHandle.of(pid).orElseThrow().info().command().orElseThrow())
                    .endsWith("/java");
            assertThat(pool().terminateWorker(pid)).isTrue();
            assertThatThrownBy(() -> hanging.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void endsWithAllInIt() throws Exception {
        if (isThere()) {
            var mark = "98761." + PARENT;
            assertThatThrownBy(
                            () -> pool().submit(() -> haltAfterStarting(mark)).get())
                    .hasCauseInstanceOf(WorkerExitedException.class);

            Await.until("the grandchild is gone", LIMIT, () -> !isRunning(mark));
        }
    }

    private static boolean haltAfterStarting(String mark) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("setsid", "sleep", mark);
        builder.environment().clear();
        builder.start();
        while (!isRunning(mark)) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().halt(5);
        return hang();
    }

    private static boolean isRunning(String mark) {
        return ProcessHandle.allProcesses()
                .anyMatch(process ->
                        process.info().arguments().stream().flatMap(Stream::of).anyMatch(mark::equals));
    }

    @Test
    void givesAWorkerOnlyTheEnvironmentThatIsNamed(Pools pools) throws Exception {
        var open = pools.open(builder -> builder.environmentOnly(Map.of("NAMED", "yes")));

        assertThat(open.submit(() -> System.getenv().keySet().stream().sorted().toList())
                        .get())
                .containsExactly("CAISSON_DEPTH", "CAISSON_FAMILY", "NAMED", "TMPDIR");
    }

    @Test
    void deletesTheTemporaryFilesOfAWorkerThatWasKilled(Pools pools) throws Exception {
        var open = pools.open(1);
        var file = Path.of(
                open.submit(() -> Files.createTempFile("left", "").toString()).get());
        assertThat(file).exists();

        assertThatThrownBy(() -> open.submit(() -> {
                            Runtime.getRuntime().halt(9);
                            return true;
                        })
                        .get())
                .hasCauseInstanceOf(WorkerExitedException.class);

        Await.until("they are deleted", LIMIT, () -> !Files.exists(file.getParent()));
    }
}
