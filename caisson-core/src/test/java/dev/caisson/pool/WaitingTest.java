package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.ProcessPool;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitingTest {

    private static ProcessPool pool;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(2);
    }

    @Test
    @Tag("Q56")
    void wakesManyVirtualThreadsThatWaitForOneTask() throws Exception {
        var gate = Gate.in(folder, "gate");
        var future = pool.submit(() -> {
            gate.await();
            return 1;
        });
        var woken = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < 10_000; number++) {
                threads.execute(() -> woken.addAndGet(future.join()));
            }
            gate.open();
        }

        assertThat(woken.get()).isEqualTo(10_000);
    }

    @Test
    @Tag("Q56")
    void servesManyVirtualThreads() throws Exception {
        var results = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < 500; number++) {
                int value = number;
                results.add(threads.submit(() -> pool.call(() -> value)));
            }
        }

        for (int number = 0; number < 500; number++) {
            assertThat(results.get(number).get()).isEqualTo(number);
        }
    }

    @Test
    @Tag("Q55")
    void losesNoWorkerToInterruptedCallers() throws Exception {
        var pids = new ConcurrentLinkedQueue<Long>();
        for (int round = 0; round < 20; round++) {
            var thread = Thread.ofPlatform().start(() -> {
                Thread.currentThread().interrupt();
                var future = pool.submit(Deeds::pid);
                assertThat(Thread.interrupted()).isTrue();
                pids.add(future.join());
            });
            thread.join();
        }

        assertThat(pids).hasSize(20);
        assertThat(List.copyOf(pids).stream().distinct().count()).isLessThanOrEqualTo(2);
    }

    @Test
    @Tag("K33")
    void worksInAnyThread() throws Exception {
        var results = new ConcurrentLinkedQueue<Integer>();
        var thread = Thread.ofPlatform().start(() -> {
            try (var own = ProcessPool.create(1)) {
                results.add(own.submit(() -> 1).get());
            } catch (ExecutionException | InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        });
        thread.join();

        assertThat(results).containsExactly(1);
    }
}
