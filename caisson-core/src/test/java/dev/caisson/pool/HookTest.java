package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.OutputLine;
import dev.caisson.PoolBrokenException;
import dev.caisson.PoolListener;
import dev.caisson.ProcessPool;
import dev.caisson.StartMethod;
import dev.caisson.TaskContext;
import dev.caisson.WorkerDeath;
import dev.caisson.WorkerInfo;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What workers do at their start and at their end.
@Tag("row-5")
class HookTest {

    @TempDir
    private Path folder;

    @Test
    @Tag("G12")
    @Tag("Q09")
    void limitsTheInitializerAlone(Pools pools) {
        var pool = pools.open(builder -> builder.restartLimit(0, Duration.ofSeconds(30))
                .initializer(HookTest::waitForEver, Duration.ofSeconds(1)));

        assertThatThrownBy(() -> pool.submit(() -> 1).get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(PoolBrokenException.class)
                .hasMessageContaining("Its initializer was not done within its limit of 1.0 s")
                .hasMessageContaining("HookTest.waitForEver");
    }

    private static void waitForEver() {
        Deeds.swallowInterrupts();
    }

    @Test
    void refusesAnInitializerLimitThatTheStartLimitCutsOff() {
        var builder = ProcessPool.builder()
                .startTimeLimit(Duration.ofSeconds(5))
                .initializer(HookTest::waitForEver, Duration.ofSeconds(6));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT6S")
                .hasMessageContaining("startTimeLimit (PT5S)");
    }

    @ParameterizedTest
    @EnumSource(names = {"SPAWN", "IN_PROCESS"})
    void knowsItsWorkerInEachOfThem(StartMethod method, Pools pools) throws Exception {
        var begun = folder.resolve("begun").toString();
        var ended = folder.resolve("ended").toString();
        var pool = pools.open(builder -> builder.workers(1)
                .startMethod(method)
                .initializer(() -> Deeds.note(begun, TaskContext.current().worker()))
                .finalizer(() -> Deeds.note(ended, TaskContext.current().worker())));

        var task = pool.submit(() -> TaskContext.current().worker());
        var worker = task.get();
        pool.close();

        assertThat(worker).isEqualTo(task.worker().orElseThrow());
        assertThat(Path.of(begun)).content().contains(worker.toString());
        assertThat(Path.of(ended)).content().contains(worker.toString());
    }

    @Test
    void letsAnInitializerWorkWithinItsLimit(Pools pools) throws Exception {
        var pool = pools.open(
                builder -> builder.initializer(() -> System.setProperty("fruit", "plum"), Duration.ofSeconds(50)));

        assertThat(pool.submit(() -> System.getProperty("fruit")).get()).isEqualTo("plum");
    }

    @Test
    @Tag("I06")
    @Tag("G12")
    void runsTheFinalizerWhenWorkersAreReplacedAndWhenThePoolCloses(Pools pools) throws Exception {
        var notes = folder.resolve("notes").toString();
        var pool = pools.open(builder ->
                builder.maxTasksPerWorker(2).finalizer(() -> Deeds.note(notes, Deeds.pid()), Duration.ofSeconds(30)));
        long first = pool.submit(Deeds::pid).get();
        assertThat(pool.submit(Deeds::pid).get()).isEqualTo(first);
        long second = pool.submit(Deeds::pid).get();
        assertThat(second).isNotEqualTo(first);
        pool.restartWorkers();
        Await.until("the second worker has left", () -> lines(notes).contains(Long.toString(second)));
        long third = pool.submit(Deeds::pid).get();

        pool.close();

        assertThat(lines(notes)).contains(Long.toString(first), Long.toString(second), Long.toString(third));
    }

    @Test
    void waitsForAFinalizerThatTakesLongerThanTheKillGrace(Pools pools) throws Exception {
        var notes = folder.resolve("notes").toString();
        var output = new CopyOnWriteArrayList<String>();
        var pool = pools.open(builder -> builder.killGrace(Duration.ofMillis(10))
                .output(line -> add(output, line))
                .finalizer(
                        () -> {
                            Thread.sleep(300);
                            Deeds.note(notes, "done");
                            System.out.println("tidied up");
                        },
                        Duration.ofSeconds(30)));
        pool.submit(() -> 1).get();

        pool.close();

        assertThat(lines(notes)).containsExactly("done");
        Await.until("its output is there", () -> output.contains("tidied up"));
    }

    private static void add(List<String> output, OutputLine line) {
        output.add(line.text());
    }

    @Test
    @Tag("I08")
    void losesNothingByAFinalizerThatFails(Pools pools) throws Exception {
        var deaths = new CopyOnWriteArrayList<WorkerDeath>();
        var pool = pools.open(builder -> builder.listener(new Deaths(deaths)).finalizer(() -> {
            throw new IllegalStateException("no more paper");
        }));
        var result = pool.submit(() -> 1);

        pool.close();

        assertThat(result.get()).isEqualTo(1);
        Await.until("the death is told", () -> !deaths.isEmpty());
        assertThat(deaths.getFirst().exitCode()).isEqualTo(1);
        assertThat(deaths.getFirst().outputTail()).anyMatch(line -> line.contains("no more paper"));
    }

    @Test
    @Tag("G12")
    void killsAWorkerWhoseFinalizerHangs(Pools pools) throws Exception {
        var deaths = new CopyOnWriteArrayList<WorkerDeath>();
        var pool = pools.open(builder ->
                builder.listener(new Deaths(deaths)).finalizer(HookTest::waitForEver, Duration.ofSeconds(1)));
        pool.submit(() -> 1).get();

        pool.close();

        Await.until("the death is told", () -> !deaths.isEmpty());
        assertThat(deaths.getFirst().outputTail())
                .anyMatch(line -> line.contains("The finalizer still runs at its limit of 1000 ms"))
                .anyMatch(line -> line.contains("HookTest.waitForEver"));
    }

    @Test
    void runsNoFinalizerInAWorkerThatIsKilled(Pools pools) throws Exception {
        var notes = folder.resolve("notes").toString();
        var pool = pools.open(builder -> builder.finalizer(() -> Deeds.note(notes, "ran")));
        pool.submit(() -> 1).get();

        pool.terminate();

        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Path.of(notes)).doesNotExist();
    }

    private record Deaths(List<WorkerDeath> told) implements PoolListener {
        @Override
        public void workerExited(WorkerInfo worker, WorkerDeath death) {
            told.add(death);
        }
    }

    private static List<String> lines(String file) {
        try {
            return Files.exists(Path.of(file)) ? Files.readAllLines(Path.of(file)) : List.of();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
