package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import dev.caisson.testing.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrphanTest {

    private static final Duration SOON = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    @Test
    @Tag("J19")
    @Tag("Q32")
    @Tag("O13")
    @Tag("row-40")
    @Tag("P16")
    @Tag("Q31")
    void leavesNoProcessWhenTheProgramIsKilled(Pools pools) throws Exception {
        var program = start("busy");
        Await.until("all tasks have begun", () -> pids().size() == 5);

        program.destroyForcibly();

        Await.until("all processes are gone", SOON, () -> running(program).isEmpty());
        pools.open(1).submit(() -> 1).get();
        assertThat(foldersOf(program)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 30, 60, 120})
    @Tag("J19")
    @Tag("Q29")
    void leavesNoProcessWhenTheProgramIsKilledWhileWorkersStart(int millis, Pools pools) throws Exception {
        var program = start("starting");
        Await.until("the program has started", () -> Files.exists(folder.resolve("pids.started")));
        Await.holdsWithin(Duration.ofMillis(millis), () -> false);

        program.destroyForcibly();
        program.waitFor();

        Await.until("all processes are gone", SOON, () -> running(program).isEmpty());
        pools.open(1).submit(() -> 1).get();
        // Killed in the moment of its creation a folder is empty, and goes ten seconds later.
        assertThat(foldersOf(program)).allSatisfy(left -> assertThat(left).isEmptyDirectory());
    }

    @Test
    @Tag("K19")
    @Tag("Q33")
    @Tag("J20")
    void keepsNoProgramFromEndingAndLeavesNoProcess(Pools pools) throws Exception {
        var program = start("open-at-exit");

        assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();

        Await.until("all processes are gone", SOON, () -> running(program).isEmpty());
        pools.open(1).submit(() -> 1).get();
        assertThat(foldersOf(program)).isEmpty();
    }

    @Test
    @Tag("row-39")
    void letsAProgramEndWithItsSharedPoolOpen() throws Exception {
        var program = start("shared-at-exit");

        assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();

        Await.until("all processes are gone", SOON, () -> running(program).isEmpty());
    }

    private Process start(String what) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OrphanLauncher.class.getName(),
                        what,
                        folder.resolve("pids").toString())
                .inheritIO()
                .start();
    }

    private List<Long> pids() {
        try {
            var file = folder.resolve("pids");
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().map(Long::parseLong).toList()
                    : List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// What runs of the program's processes: those it noted, and all that bear the mark of its pool.
    private List<String> running(Process program) {
        var running = new ArrayList<>(pids().stream()
                .filter(RunningProcess::isRunning)
                .map(pid -> "pid " + pid)
                .toList());
        RunningProcess.bearing("CAISSON_FAMILY=caisson-" + program.pid() + "-")
                .forEach(process -> running.add(process.toString()));
        return running;
    }

    private static List<Path> foldersOf(Process program) throws IOException {
        var found = new ArrayList<Path>();
        for (var place : List.of("/dev/shm", System.getProperty("java.io.tmpdir"))) {
            try (var folders = Files.newDirectoryStream(Path.of(place), "caisson-" + program.pid() + "-*")) {
                folders.forEach(found::add);
            }
        }
        return found;
    }
}
