package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.OutputLine;
import dev.caisson.ProcessPool;
import dev.caisson.StartMethod;
import dev.caisson.TaskContext;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import dev.caisson.TaskOutput;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TaskOutputTest {

    private static final TaskOptions KEPT = TaskOptions.DEFAULT.withOutput();
    private static final ConcurrentLinkedQueue<OutputLine> LINES = new ConcurrentLinkedQueue<>();

    private static ProcessPool pool;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(builder -> builder.output(LINES::add));
    }

    @Test
    void hasAllThatTheTaskPrintedWhenTheFutureIsDone() throws Exception {
        for (int round = 0; round < 50; round++) {
            int number = round;
            var future = pool.submit(
                    () -> {
                        System.out.println("out " + number);
                        System.err.print("err " + number);
                        return number;
                    },
                    KEPT);

            assertThat(future.get()).isEqualTo(round);
            assertThat(texts(future)).containsExactlyInAnyOrder("out " + round, "err " + round);
        }
    }

    @Test
    void hasWhatASubprocessPrintedThoughTheTaskPrintedNothing() throws Exception {
        var future = pool.submit(() -> echo("by another process"), KEPT.withLabel("a label"));
        future.get();

        var line = output(future).lines().getFirst();
        assertThat(line.text()).isEqualTo("by another process");
        assertThat(line.taskId()).hasValue(future.id());
        assertThat(line.label()).hasValue("a label");
        assertThat(line.worker()).isEqualTo(future.worker().orElseThrow());
        Await.until("the consumer has it, too", () -> LINES.contains(line));
    }

    @Test
    void hasNothingOfTheTaskBefore() throws Exception {
        pool.submit(() -> System.out.print("before")).get();
        var future = pool.submit(() -> System.out.print("own"), KEPT);
        future.get();

        assertThat(texts(future)).containsExactly("own");
    }

    @Test
    void isThereForATaskThatThrows() {
        var future = pool.submit(TaskOutputTest::printAndThrow, KEPT);

        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class);
        assertThat(output(future).text()).isEqualTo("about to throw\n");
    }

    private static int printAndThrow() {
        System.out.println("about to throw");
        throw new IllegalStateException("planted");
    }

    @Test
    void isThereForATaskThatIsKilled() {
        var future = pool.submit(
                () -> {
                    System.out.print("about to hang");
                    LockSupport.park();
                },
                KEPT.withTimeLimit(Duration.ofSeconds(1)));

        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class);
        assertThat(texts(future)).contains("about to hang");
    }

    @Test
    void isThatOfTheLastAttempt() throws Exception {
        var future = pool.submit(
                () -> {
                    int attempt = TaskContext.current().attempt();
                    System.out.print("attempt " + attempt);
                    if (attempt == 1) {
                        throw new IllegalStateException("planted");
                    }
                },
                KEPT.withRetries(1).withRetryOnFailure(IllegalStateException.class));
        future.get();

        assertThat(texts(future)).containsExactly("attempt 2");
    }

    @Test
    void keepsTheLastLinesAndTellsHowManyWereDropped() throws Exception {
        var future = pool.submit(
                () -> IntStream.range(0, 1000).forEach(number -> System.out.println("line " + (1000 + number))),
                TaskOptions.DEFAULT.withOutput("27"));
        future.get();

        assertThat(output(future).text())
                .isEqualTo("… 998 lines of output before these dropped\nline 1998\nline 1999\n");
    }

    @Test
    void isBoundedInEmptyLinesToo() throws Exception {
        var future = pool.submit(() -> System.out.print("\n".repeat(10_001)), KEPT);
        future.get();

        assertThat(output(future).lines()).hasSize(10_000);
        assertThat(output(future).linesDropped()).isEqualTo(1);
    }

    @Test
    void cutsALineThatIsLongerThanAllThatIsKept() throws Exception {
        var future = pool.submit(() -> System.out.println("0123456789"), TaskOptions.DEFAULT.withOutput("4"));
        future.get();

        assertThat(texts(future)).containsExactly("0123 … (cut: longer than the limit of withOutput)");
    }

    @Test
    void isEmptyForWhomDidNotAsk() throws Exception {
        var future = pool.submit(() -> System.out.println("for the consumer"));
        future.get();

        assertThat(future.output()).isEmpty();
    }

    @Test
    void doesNotHoldUpACancel() throws Exception {
        var begun = pool.submit(() -> LockSupport.park(), KEPT);
        Await.until("it runs", () -> begun.worker().isPresent());

        begun.cancel(true);

        assertThat(begun.isDone()).isTrue();
        assertThat(begun.output()).isPresent();
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    void isRefusedForABatchWhichCannotHandItOver() {
        assertThatThrownBy(() -> pool.batch(List.of(1)).options(KEPT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("withOutput()");
    }

    @Test
    void isEmptyWhereWorkersAreThreads(Pools pools) throws Exception {
        var threads = pools.open(builder -> builder.startMethod(StartMethod.IN_PROCESS));
        var future = threads.submit(() -> 1, KEPT);

        assertThat(future.get()).isEqualTo(1);
        assertThat(future.output()).isEmpty();
    }

    private static void echo(String text) throws IOException, InterruptedException {
        new ProcessBuilder("echo", text).inheritIO().start().waitFor();
    }

    private static TaskOutput output(TaskFuture<?> future) {
        return future.output().orElseThrow();
    }

    private static List<String> texts(TaskFuture<?> future) {
        return output(future).lines().stream().map(OutputLine::text).toList();
    }
}
