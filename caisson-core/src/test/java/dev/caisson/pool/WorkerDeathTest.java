package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.caisson.Action;
import dev.caisson.ProcessPool;
import dev.caisson.TaskContext;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import dev.caisson.WorkerExitedException;
import dev.caisson.WorkerState;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import dev.caisson.testing.RunningProcess;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerDeathTest {

    private static ProcessPool pool;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    @Tag("Q02")
    @Tag("J18")
    @Tag("O09")
    @Tag("row-33")
    void blamesATaskThatExits(int code) throws Exception {
        var death = deathOf(() -> System.exit(code));

        assertThat(death.exitCode()).isEqualTo(code);
        assertThat(death).hasMessageContaining("System.exit").hasMessageContaining("pid " + death.pid());
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    @Tag("Q01")
    @Tag("J18")
    @Tag("E11")
    @Tag("row-15")
    @Tag("row-33")
    void blamesATaskThatHalts(int code) throws Exception {
        var death = deathOf(() -> Runtime.getRuntime().halt(code));

        assertThat(death.exitCode()).isEqualTo(code);
        assertThat(death.signal()).isEmpty();
        assertThat(death).hasMessageContaining("code " + code);
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    @Tag("J01")
    void blamesTheTaskOfAWorkerThatIsKilled() throws Exception {
        var future = pool.submit(Deeds::hang, TaskOptions.DEFAULT.withLabel("parse a.pdf"));
        long pid = Deeds.begun(future);

        RunningProcess.signal(pid, "KILL");

        var death = deathOf(future);
        assertThat(death.pid()).isEqualTo(pid);
        assertThat(death.exitCode()).isEqualTo(137);
        assertThat(death.signal()).hasValue("SIGKILL");
        assertThat(death)
                .hasMessageContaining("137")
                .hasMessageContaining("SIGKILL")
                .hasMessageContaining("parse a.pdf");
    }

    @Test
    @Tag("H07")
    @Tag("row-37")
    void blamesTheTaskOfAWorkerThatIsTerminatedByRequest() {
        var future = pool.submit(Deeds::spin);
        long pid = Deeds.begun(future);

        assertThat(pool.terminateWorker(pid)).isTrue();

        assertThat(deathOf(future)).hasMessageContaining("by request");
        assertThat(pool.terminateWorker(pid)).isFalse();
    }

    @Test
    @Tag("Q03")
    @Tag("row-15")
    void replacesAnIdleWorkerThatIsKilled(Pools pools) throws Exception {
        var own = pools.open(1);
        long pid = own.submit(Deeds::pid).get();

        RunningProcess.signal(pid, "KILL");

        assertThat(own.submit(Deeds::pid).get()).isNotEqualTo(pid);
        assertThat(own.snapshot().ledger().crashed()).isZero();
    }

    @Test
    @Tag("Q04")
    void replacesAllIdleWorkersThatAreKilledAtOnce(Pools pools) throws Exception {
        var own = pools.open(2);
        Await.until(
                "both are ready",
                () -> own.snapshot().workers().stream().allMatch(worker -> worker.state() == WorkerState.IDLE));
        for (var worker : own.snapshot().workers()) {
            RunningProcess.signal(worker.pid().getAsLong(), "KILL");
        }

        var futures = new ArrayList<Future<Integer>>();
        for (int number = 0; number < 4; number++) {
            futures.add(own.submit(() -> 1));
        }

        for (var future : futures) {
            assertThat(future.get()).isEqualTo(1);
        }
    }

    @Test
    @Tag("Q35")
    @Tag("E15")
    void showsTheLastOutputOfTheDeadWorker() {
        var death = deathOf(() -> {
            System.out.println("reading page 17");
            System.err.print("no line feed here");
            Runtime.getRuntime().halt(3);
        });

        assertThat(death.outputTail()).contains("reading page 17", "no line feed here");
        assertThat(death).hasMessageContaining("reading page 17").hasMessageContaining("no line feed here");
    }

    @Test
    @Tag("E10")
    @Tag("row-18")
    void givesEachFutureAnExceptionOfItsOwn() {
        var first = deathOf(() -> Runtime.getRuntime().halt(0));
        var second = deathOf(() -> Runtime.getRuntime().halt(0));

        assertThat(first).isNotSameAs(second);
        assertThat(first.pid()).isNotEqualTo(second.pid());
    }

    @Test
    @Tag("J02")
    @Tag("J03")
    void losesOnlyTheTasksThatDie() {
        var futures = new ArrayList<TaskFuture<Integer>>();
        for (int number = 0; number < 20; number++) {
            int value = number;
            futures.add(pool.submit(() -> {
                if (value % 7 == 3) {
                    Runtime.getRuntime().halt(9);
                }
                return value;
            }));
        }

        for (int number = 0; number < 20; number++) {
            var future = futures.get(number);
            if (number % 7 == 3) {
                assertThat(deathOf(future).exitCode()).isEqualTo(9);
            } else {
                assertThat(future.join()).isEqualTo(number);
            }
        }
    }

    @Test
    @Tag("J07")
    @Tag("P11")
    void keepsAResultThatWasThereBeforeTheDeath() throws Exception {
        for (int round = 0; round < 5; round++) {
            var kept = pool.submit(() -> {
                Thread.ofPlatform().daemon().start(() -> Runtime.getRuntime().halt(4));
                return 1;
            });
            // The thread may win the race against the result; both are right, nothing else is.
            var error = catchThrowable(
                    () -> assertThat(kept.get(10, TimeUnit.SECONDS)).isEqualTo(1));
            assertThat(error)
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            death -> assertThat(death).hasCauseInstanceOf(WorkerExitedException.class));
        }
        // The last thread may not have halted its worker yet, and take this task with it.
        assertThat(pool.submit(() -> 2, TaskOptions.DEFAULT.withRetries(1)).get())
                .isEqualTo(2);
    }

    @Test
    @Tag("Q28")
    void runsATaskAgainThatAllowsIt() throws Exception {
        var options = TaskOptions.DEFAULT.withRetries(1);

        var future = pool.submit(WorkerDeathTest::dieAtFirst, options);

        assertThat(future.get()).isEqualTo(2);
        assertThat(future.attempts()).isEqualTo(2);
    }

    private static int dieAtFirst() {
        int attempt = TaskContext.current().attempt();
        if (attempt == 1) {
            Runtime.getRuntime().halt(1);
        }
        return attempt;
    }

    @Test
    @Tag("Q27")
    void givesUpOnATaskThatKillsEachWorker() {
        var future = pool.submit(Deeds::killSelf, TaskOptions.DEFAULT.withRetries(2));

        assertThat(deathOf(future)).hasMessageContaining("attempt 3");
        assertThat(future.attempts()).isEqualTo(3);
    }

    private static WorkerExitedException deathOf(Action action) {
        return deathOf(pool.submit(action));
    }

    private static WorkerExitedException deathOf(TaskFuture<?> future) {
        assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(WorkerExitedException.class);
        return (WorkerExitedException) future.exceptionNow();
    }
}
