package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.PoolListener;
import dev.caisson.TaskEvent;
import dev.caisson.TaskOptions;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import dev.caisson.testing.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens to the program that has the pool, not to its workers.
class ParentTroubleTest {

    @TempDir
    private Path folder;

    @Test
    @Tag("Q46")
    void waitsForDescriptorsAndLosesNoTask() throws Exception {
        var program = start(List.of(), "ulimit -n 90", "descriptors");

        assertThat(output(program)).isEqualTo("value 2\nvalue 3\n");
    }

    @Test
    @Tag("Q25")
    void failsResultsThatFindNoRoomInItsHeapAndGoesOn() throws Exception {
        var program = start(List.of("JDK_JAVA_OPTIONS=-Xmx64m"), "true", "memory");

        assertThat(output(program).lines().toList())
                .hasSize(5)
                .contains("some failed: true", "value 2", "large 10000000", "closed")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("The task has ended, but this process had no room in its heap")
                        .contains("raise -Xmx of this process"));
    }

    @Test
    @Tag("Q47")
    void tellsThatNoFileCanBeWritten() throws Exception {
        var program = start(List.of(), "ulimit -f 100", "one");

        assertThat(output(program)).contains("PoolBrokenException").contains("File too large");
    }

    @Test
    void takesNoWorkerForSilentAfterItsOwnAbsence() throws Exception {
        var program = start(List.of(), "true", "pause");
        Await.until("the program is ready", () -> said().contains("ready"));
        RunningProcess.signal(program.pid(), "STOP");
        Await.holdsWithin(Duration.ofMillis(1500), () -> false); // well beyond the silence limit
        RunningProcess.signal(program.pid(), "CONT");
        program.getOutputStream().write('\n');
        program.getOutputStream().flush();

        assertThat(output(program)).endsWith("same worker\n");
    }

    @Test
    void startsWorkersOfAProgramThatIsDebugged() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var program = start(
                List.of(
                        "JAVA_TOOL_OPTIONS=-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:"
                                + port),
                "true",
                "one");

        assertThat(output(program)).endsWith("value 1\n");
    }

    /// Whatever the pool was just doing: making its folder, starting a process, handing it its token.
    @ParameterizedTest
    @ValueSource(ints = {0, 15, 30, 45, 60, 90, 120})
    @Tag("K19")
    @Tag("row-40")
    void leavesNoOutputAndNoFolderWhenItEndsAtOnce(int millis) throws Exception {
        var program = start(List.of(), "true", "young", String.valueOf(millis));

        assertThat(output(program)).isEmpty();
        assertThat(Files.readString(folder.resolve("err"))).isEmpty();
        Await.until(
                "its workers are gone",
                () -> RunningProcess.bearing("CAISSON_FAMILY=caisson-" + program.pid() + "-")
                        .isEmpty());
        Await.until("its folders are gone", () -> foldersOf(program).isEmpty());
    }

    @Test
    @Tag("K20")
    void answersInAShutdownHook() throws Exception {
        var program = start(List.of(), "true", "hook");

        assertThat(output(program)).isEqualTo("closed: refused\nused: value 2\n");
        assertThat(program.exitValue()).isZero();
    }

    @Test
    @Tag("B19")
    void goesOnWhenCallbacksThrowOrBlock(Pools pools) throws Exception {
        var end = new CountDownLatch(1);
        var listener = new PoolListener() {
            @Override
            public void taskFinished(TaskEvent event) {
                try {
                    end.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        var pool = pools.open(builder -> builder.listener(listener));
        var throwing = TaskOptions.DEFAULT.withOnAccepted(worker -> {
            throw new IllegalStateException("thrown by onAccepted");
        });

        for (int number = 0; number < 5; number++) {
            int value = number;
            assertThat(pool.submit(() -> value, number == 0 ? throwing : TaskOptions.DEFAULT)
                            .get(20, TimeUnit.SECONDS))
                    .isEqualTo(value);
        }
        end.countDown();
    }

    private Process start(List<String> environment, String limit, String... what) throws IOException {
        var command = new ArrayList<String>();
        command.add("env");
        command.addAll(environment);
        command.addAll(List.of(
                "sh",
                "-c",
                limit + " && exec \"$@\"",
                "sh",
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                TroubledParent.class.getName()));
        command.addAll(List.of(what));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private String output(Process program) throws InterruptedException, IOException {
        boolean ended = program.waitFor(60, TimeUnit.SECONDS);
        program.destroyForcibly();
        assertThat(ended)
                .as("ended; it said:\n%s%s", said(), Files.readString(folder.resolve("err")))
                .isTrue();
        return said();
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static List<Path> foldersOf(Process program) {
        var found = new ArrayList<Path>();
        for (var place : List.of("/dev/shm", System.getProperty("java.io.tmpdir"))) {
            try (var folders = Files.newDirectoryStream(Path.of(place), "caisson-" + program.pid() + "-*")) {
                folders.forEach(found::add);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return found;
    }
}
