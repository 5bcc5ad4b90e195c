package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caisson.Outcome;
import dev.caisson.PoolBrokenException;
import dev.caisson.PoolState;
import dev.caisson.ProcessPool;
import dev.caisson.ResultSerializationException;
import dev.caisson.StartMethod;
import dev.caisson.TaskContext;
import dev.caisson.TaskOptions;
import dev.caisson.TaskSerializationException;
import dev.caisson.TaskTimeoutException;
import dev.caisson.WorkerExitedException;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.Pools;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every kind of worker must do alike.
@Tag("row-6")
@Tag("I42")
class StartMethodContractTest {

    /// PRESPAWN starts the same processes as SPAWN, only sooner.
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @EnumSource(names = {"SPAWN", "IN_PROCESS"})
    private @interface ForEachMethod {}

    private static final Map<StartMethod, ProcessPool> SHARED = new EnumMap<>(StartMethod.class);

    @TempDir
    private Path folder;

    @BeforeAll
    static void open(Pools pools) {
        for (var method : List.of(StartMethod.SPAWN, StartMethod.IN_PROCESS)) {
            SHARED.put(method, pools.open(builder -> builder.workers(2).startMethod(method)));
        }
    }

    private static ProcessPool shared(StartMethod method) {
        return Objects.requireNonNull(SHARED.get(method));
    }

    private static ProcessPool own(Pools pools, StartMethod method, UnaryOperator<ProcessPool.Builder> changes) {
        return pools.open(builder -> changes.apply(builder.startMethod(method)));
    }

    @ForEachMethod
    void tellsATaskWhichItIs(StartMethod method) throws Exception {
        var options = TaskOptions.DEFAULT.withLabel("a.pdf").withCorrelationId("request 7");

        var future = shared(method).submit(StartMethodContractTest::describeSelf, options);

        assertThat(future.get()).isEqualTo(future.id() + " a.pdf request 7 1");
    }

    private static String describeSelf() {
        var context = TaskContext.current();
        return context.taskId() + " " + context.label().orElse("") + " "
                + context.correlationId().orElse("") + " " + context.attempt();
    }

    @ForEachMethod
    void namesTheThreadAfterItsTask(StartMethod method) throws Exception {
        var options = TaskOptions.DEFAULT.withLabel("a.pdf");

        var future = shared(method).submit(() -> Thread.currentThread().getName(), options);

        assertThat(future.get()).contains("worker").endsWith("task " + future.id() + " 'a.pdf'");
    }

    @ForEachMethod
    void keepsWhatATaskThrewAndWhereItWasSubmitted(StartMethod method) {
        var future = shared(method).submit(() -> Deeds.fail("no"));

        var thrown = catchThrowableOfType(ExecutionException.class, future::get);

        assertThat(thrown).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(thrown)
                .hasStackTraceContaining("Deeds.fail")
                .hasStackTraceContaining("keepsWhatATaskThrewAndWhereItWasSubmitted");
    }

    @ForEachMethod
    void refusesWhatCantTravel(StartMethod method) throws Exception {
        var lock = new Object();

        assertThatThrownBy(() -> shared(method).submit(() -> lock.hashCode()))
                .isInstanceOf(TaskSerializationException.class);
        assertThatThrownBy(() -> shared(method).submit(() -> new Object()).get())
                .hasCauseInstanceOf(ResultSerializationException.class);
    }

    @ForEachMethod
    void letsTasksChangeTheirOwnCopyOnly(StartMethod method) throws Exception {
        var list = new ArrayList<>(List.of(1));

        int size = shared(method)
                .submit(() -> {
                    list.add(2);
                    return list.size();
                })
                .get();

        assertThat(size).isEqualTo(2);
        assertThat(list).hasSize(1);
    }

    @ForEachMethod
    void mapsInOrderAndAccountsForEachItem(StartMethod method) throws Exception {
        var numbers = IntStream.range(0, 100).boxed().toList();

        assertThat(shared(method).map(Deeds::square, numbers))
                .isEqualTo(numbers.stream().map(number -> number * number).toList());
        assertThat(shared(method)
                        .batch(List.of(1, 0, 2))
                        .chunkSize(3)
                        .map(number -> 2 / number)
                        .outcomes()
                        .map(outcome -> outcome instanceof Outcome.Success<Integer>))
                .containsExactly(true, false, true);
    }

    @ForEachMethod
    void neverRunsWhatWasCancelledInTheQueue(StartMethod method, Pools pools) throws Exception {
        var pool = own(pools, method, builder -> builder);
        var gate = Gate.in(folder, "gate");
        var file = folder.resolve("ran").toString();
        var running = pool.submit(() -> gate.await());
        Deeds.begun(running);
        var queued = pool.submit(() -> Deeds.note(file, "ran"));

        assertThat(running.cancel(false)).isFalse();
        assertThat(queued.cancel(false)).isTrue();
        gate.open();
        running.get();
        pool.close();

        assertThatThrownBy(queued::get).isInstanceOf(CancellationException.class);
        assertThat(Files.exists(Path.of(file))).isFalse();
    }

    @ForEachMethod
    void interruptsWhatIsCancelled(StartMethod method) throws Exception {
        var note = folder.resolve("note").toString();
        var future = shared(method).submit(() -> noteInterrupt(note));
        Deeds.begun(future);

        assertThat(future.cancel(true)).isTrue();

        Await.until("the task was interrupted", () -> Files.exists(Path.of(note)));
        assertThat(shared(method).submit(() -> 1).get()).isEqualTo(1);
    }

    private static void noteInterrupt(String note) throws Exception {
        try {
            Deeds.hang();
        } catch (InterruptedException interrupt) {
            Deeds.note(note, "cancelled " + TaskContext.current().cancelled());
            throw interrupt;
        }
    }

    @ForEachMethod
    void endsAtTheHardLimitWithTheStackItHungIn(StartMethod method) throws Exception {
        var future = shared(method).submit(Deeds::hang, TaskOptions.DEFAULT.withTimeLimit(Duration.ofMillis(100)));

        var thrown = catchThrowableOfType(ExecutionException.class, future::get);

        assertThat(thrown.getCause()).isInstanceOfSatisfying(TaskTimeoutException.class, timeout -> {
            assertThat(timeout.limit()).isEqualTo(TaskTimeoutException.Limit.HARD);
            assertThat(timeout).hasStackTraceContaining("Deeds.hang");
        });
        assertThat(shared(method).submit(() -> 1).get()).isEqualTo(1);
    }

    @ForEachMethod
    void interruptsAtTheSoftLimit(StartMethod method) {
        var future = shared(method).submit(Deeds::hang, TaskOptions.DEFAULT.withSoftTimeLimit(Duration.ofMillis(100)));

        assertThatThrownBy(future::get)
                .cause()
                .isInstanceOfSatisfying(
                        TaskTimeoutException.class,
                        timeout -> assertThat(timeout.limit()).isEqualTo(TaskTimeoutException.Limit.SOFT));
    }

    @ForEachMethod
    void blamesTheTaskOfAWorkerThatIsEndedAndRunsItAgainWhereAllowed(StartMethod method, Pools pools) throws Exception {
        var pool = own(pools, method, builder -> builder);
        var first = pool.submit(Deeds::hang);
        assertThat(pool.terminateWorker(Deeds.begun(first))).isTrue();
        assertThatThrownBy(first::get).hasCauseInstanceOf(WorkerExitedException.class);

        var again = pool.submit(StartMethodContractTest::hangAtFirst, TaskOptions.DEFAULT.withRetries(1));
        assertThat(pool.terminateWorker(Deeds.begun(again))).isTrue();

        assertThat(again.get()).isEqualTo(2);
    }

    private static int hangAtFirst() throws InterruptedException {
        int attempt = TaskContext.current().attempt();
        if (attempt == 1) {
            Deeds.hang();
        }
        return attempt;
    }

    @ForEachMethod
    void initializesEachWorkerAndBreaksWhenThatFails(StartMethod method, Pools pools) throws Exception {
        var initialized = "initialized." + method;
        var good = own(pools, method, builder -> builder.initializer(() -> System.setProperty(initialized, "yes")));
        var bad = own(
                pools,
                method,
                builder ->
                        builder.restartLimit(0, Duration.ofSeconds(30)).initializer(() -> Deeds.fail("no database")));

        assertThat(good.submit(() -> System.getProperty(initialized)).get()).isEqualTo("yes");
        Await.until("it is broken", () -> bad.snapshot().state() != PoolState.RUNNING);
        assertThatThrownBy(() -> bad.submit(() -> 1))
                .isInstanceOf(PoolBrokenException.class)
                .hasMessageContaining("no database");
    }

    @ForEachMethod
    void replacesWorkersAfterTheirNumberOfTasks(StartMethod method, Pools pools) throws Exception {
        var pool = own(pools, method, builder -> builder.maxTasksPerWorker(2));

        for (int task = 0; task < 6; task++) {
            assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
        }
        pool.restartWorkers();

        assertThat(pool.submit(() -> 2).get()).isEqualTo(2);
    }

    @ForEachMethod
    void growsAndShrinks(StartMethod method, Pools pools) throws Exception {
        var pool = own(pools, method, builder -> builder.workers(1));
        var gate = Gate.in(folder, "gate");

        pool.grow(2);
        var three = IntStream.range(0, 3)
                .mapToObj(number -> pool.submit(() -> gate.await()))
                .toList();
        three.forEach(Deeds::begun);
        gate.open();
        for (var future : three) {
            future.get();
        }
        pool.resize(1);

        Await.until("one is left", () -> pool.snapshot().workers().size() == 1);
    }

    @ForEachMethod
    void waitsForAllTasksWhenClosed(StartMethod method, Pools pools) {
        var pool = own(pools, method, builder -> builder.workers(2));
        var futures = IntStream.range(0, 20)
                .mapToObj(number -> pool.submit(() -> Deeds.square(number)))
                .toList();

        pool.close();

        assertThat(futures).allMatch(future -> future.isDone() && !future.isCancelled());
        assertThat(pool.isTerminated()).isTrue();
    }

    @ForEachMethod
    void leavesNoFutureOpenWhenTerminated(StartMethod method, Pools pools) throws Exception {
        var pool = own(pools, method, builder -> builder);
        var running = pool.submit(Deeds::hang);
        Deeds.begun(running);
        var queued = pool.submit(() -> 1);

        pool.terminate();

        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(running.isCancelled()).isTrue();
        assertThat(queued.isCancelled()).isTrue();
    }
}
