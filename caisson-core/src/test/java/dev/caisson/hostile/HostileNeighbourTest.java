package dev.caisson.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.ProcessPool;
import dev.caisson.WorkerState;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import java.io.File;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tasks that reach for what other workers of their pool, and the pool itself, depend on.
class HostileNeighbourTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final long PARENT = ProcessHandle.current().pid();
    private static final int CONNECTIONS = 1500;
    private static final int DELETIONS = 12;

    /// In the worker: connections that are kept open.
    private static final List<SocketChannel> HELD = new ArrayList<>();

    @Test
    void findNoTokenOfANeighbourThatStarts(Pools pools, @TempDir Path folder) throws Exception {
        var pool = pools.open(1);
        var parent = PARENT;
        var begun = folder.resolve("begun").toString();
        var end = folder.resolve("end").toString();
        var thief = pool.submit(() -> tokensSeen(parent, begun, end));
        Await.until("the thief looks", LIMIT, () -> new File(begun).exists());

        pool.grow(1);
        awaitIdle(pool, 1);
        Files.createFile(Path.of(end));

        assertThat(thief.get(30, TimeUnit.SECONDS)).isZero();
    }

    /// In the worker: how often a file held a neighbour's token.
    private static int tokensSeen(long parent, String begun, String end) throws IOException {
        int seen = 0;
        Files.createFile(Path.of(begun));
        while (!new File(end).exists()) {
            for (var file : PoolFiles.all(parent)) {
                seen += PoolFiles.holdsToken(file) ? 1 : 0;
            }
        }
        return seen;
    }

    @Test
    void leaveTheProgramItsDescriptorsWhenTheyConnectAgainAndAgain(Pools pools) throws Exception {
        var pool = pools.open(1);
        var parent = PARENT;
        pool.submit(() -> 1).get();
        int before = descriptors();

        pool.submit(() -> connect(parent)).get(60, TimeUnit.SECONDS);

        assertThat(descriptors()).isLessThan(before + 100);
        pool.grow(1);
        awaitIdle(pool, 2);
    }

    /// In the worker.
    private static void connect(long parent) throws IOException {
        var address = UnixDomainSocketAddress.of(PoolFiles.socket(parent));
        for (int count = 0; count < CONNECTIONS; count++) {
            HELD.add(SocketChannel.open(address));
        }
    }

    @Test
    void leaveOneSocketAndFolderAWorkerWhenTheyDeleteThemAgainAndAgain(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.workers(2).maxTasksPerWorker(2));
        var parent = PARENT;
        var before = PoolFiles.folders(PARENT).size();
        pool.submit(() -> 1).get();
        int descriptorsBefore = descriptors();

        for (int round = 0; round < DELETIONS; round++) {
            pool.submit(() -> deleteSockets(parent)).get(30, TimeUnit.SECONDS);
        }
        awaitIdle(pool, 2);

        var name = pool.snapshot().name();
        Await.until("old sockets are closed", LIMIT, () -> controlThreads(name) <= 3);
        Await.until("old folders are deleted", LIMIT, () -> folders() <= before + 6);
        assertThat(descriptors()).isLessThan(descriptorsBefore + 60);
        assertThat(pool.submit(() -> 3).get(30, TimeUnit.SECONDS)).isEqualTo(3);
    }

    /// In the worker.
    private static void deleteSockets(long parent) throws IOException {
        for (var socket : PoolFiles.named(parent, "pool.sock").toList()) {
            Files.deleteIfExists(socket);
        }
    }

    private static long controlThreads(String pool) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("caisson-" + pool + "-control"))
                .count();
    }

    private static int folders() {
        try {
            return PoolFiles.folders(PARENT).size();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static int descriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    private static void awaitIdle(ProcessPool pool, long count) {
        Await.until(
                "workers are ready",
                LIMIT,
                () -> pool.snapshot().workers().stream()
                                .filter(worker -> worker.state() == WorkerState.IDLE)
                                .count()
                        >= count);
    }
}
