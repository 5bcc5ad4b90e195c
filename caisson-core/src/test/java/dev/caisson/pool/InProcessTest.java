package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.StartMethod;
import dev.caisson.TaskOptions;
import dev.caisson.TaskTimeoutException;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where workers that are threads differ from processes.
class InProcessTest {

    /// Held, or they and their filters may be collected.
    private static final List<Logger> LOGGERS = List.of(
            Logger.getLogger("dev.caisson.fleet.ThreadWorker"), Logger.getLogger("dev.caisson.fleet.InProcessFleet"));

    private final List<String> warnings = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() {
        LOGGERS.forEach(logger -> logger.setFilter(this::note));
    }

    @AfterEach
    void logAgain() {
        LOGGERS.forEach(logger -> logger.setFilter(null));
    }

    private boolean note(LogRecord entry) {
        warnings.add(new SimpleFormatter().formatMessage(entry));
        return false;
    }

    @Test
    void runsTasksInThisProcess(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.startMethod(StartMethod.IN_PROCESS));

        assertThat(pool.submit(Deeds::pid).get()).isEqualTo(Deeds.pid());
        assertThat(warnings).isEmpty();
    }

    @Test
    void leavesAThreadBehindThatIgnoresInterruptsAndWarns(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.startMethod(StartMethod.IN_PROCESS));
        var gate = Gate.in(folder, "gate");

        var stuck = pool.submit(
                () -> gate.await(), TaskOptions.DEFAULT.withLabel("stuck").withTimeLimit(Duration.ofMillis(500)));

        assertThatThrownBy(stuck::get)
                .cause()
                .isInstanceOf(TaskTimeoutException.class)
                .hasMessageContaining("can't be killed")
                .hasStackTraceContaining("Gate.await");
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
        Await.until("a warning", () -> !warnings.isEmpty());
        assertThat(warnings).singleElement().asString().contains("'stuck'", "ignores interrupts", "SPAWN");
        gate.open();
    }

    @Test
    @Tag("G13")
    void warnsOfLimitsThatCantBeKept(Pools pools) {
        pools.open(builder -> builder.startMethod(StartMethod.IN_PROCESS)
                .maxHeap("64m")
                .jvmOptions("-Dcolour=blue")
                .timeLimit(Duration.ofMinutes(1)));

        assertThat(warnings).hasSize(2);
        assertThat(warnings.getFirst()).contains("maxHeap, jvmOptions", "SPAWN");
        assertThat(warnings.getLast()).contains("timeLimit", "can't be killed");
    }
}
