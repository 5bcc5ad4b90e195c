package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.PoolBrokenException;
import dev.caisson.WorkerStartException;
import dev.caisson.spi.LaunchCommand;
import dev.caisson.testing.Pools;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Workers that are started by code of the user, or by a system that is short of threads.
class LauncherTest {

    private static final Duration WINDOW = Duration.ofSeconds(30);

    /// As the JDK says it.
    private static final String NO_THREAD =
            "unable to create native thread: possibly out of memory or process/resource limits reached";

    @Test
    @Tag("L14")
    void startsWorkersByTheLauncherItIsGiven(Pools pools) throws Exception {
        var launched = new ConcurrentLinkedQueue<LaunchCommand>();
        var pool = pools.open(builder -> builder.launcher(command -> {
            launched.add(command);
            return start(command);
        }));

        long pid = pool.submit(Deeds::pid).get();

        assertThat(pid).isNotEqualTo(Deeds.pid());
        assertThat(launched)
                .singleElement()
                .satisfies(command -> assertThat(command.command()).anyMatch(part -> part.endsWith("java")));
    }

    @Test
    @Tag("L14")
    void showsWhatALauncherThrows(Pools pools) {
        var pool = pools.open(builder -> builder.restartLimit(0, WINDOW).launcher(command -> {
            throw new IllegalStateException("no such container");
        }));

        assertThatThrownBy(() -> pool.submit(() -> 1).get(20, TimeUnit.SECONDS))
                .hasStackTraceContaining(PoolBrokenException.class.getName()) // by submit or by the future
                .hasMessageContaining("no such container")
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    @Tag("J22")
    void waitsForAThreadAndLosesNoTask(Pools pools) throws Exception {
        var tries = new AtomicInteger();
        var pool = pools.open(builder -> builder.restartLimit(0, WINDOW).launcher(command -> {
            if (tries.incrementAndGet() <= 2) {
                throw new OutOfMemoryError(NO_THREAD);
            }
            return start(command);
        }));

        assertThat(pool.submit(() -> 1).get(20, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(tries).hasValue(3);
    }

    @Test
    @Tag("J22")
    void tellsThatThereIsNoThread(Pools pools) {
        var pool = pools.open(builder -> builder.restartLimit(0, WINDOW)
                .startTimeLimit(Duration.ofMillis(1500))
                .launcher(command -> {
                    throw new OutOfMemoryError(NO_THREAD);
                }));

        assertThatThrownBy(() -> pool.submit(() -> 1).get(20, TimeUnit.SECONDS))
                .hasStackTraceContaining(PoolBrokenException.class.getName())
                .hasStackTraceContaining(WorkerStartException.class.getName())
                .hasMessageContaining("There are no processes or threads left")
                .hasMessageContaining("ulimit -u");
    }

    private static Process start(LaunchCommand command) throws IOException {
        var builder = new ProcessBuilder(command.command())
                .directory(command.workingDirectory().toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        return builder.start();
    }
}
