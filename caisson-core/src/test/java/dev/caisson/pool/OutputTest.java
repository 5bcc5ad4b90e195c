package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.OutputLine;
import dev.caisson.ProcessPool;
import dev.caisson.WorkerOutput;
import dev.caisson.testing.Await;
import dev.caisson.testing.Pools;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OutputTest {

    private static final ConcurrentLinkedQueue<OutputLine> LINES = new ConcurrentLinkedQueue<>();

    private static ProcessPool pool;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(builder -> builder.output(LINES::add));
    }

    @AfterEach
    void forget() {
        LINES.clear();
    }

    @Test
    @Tag("O15")
    void tellsWorkerAndTaskOfEachLine() throws Exception {
        var first = pool.submit(() -> System.out.println("to out"));
        var second = pool.submit(() -> System.err.println("to err"));
        first.get();
        second.get();

        var out = line("to out");
        var err = line("to err");

        assertThat(out.source()).isEqualTo(OutputLine.Source.OUT);
        assertThat(out.taskId()).hasValue(first.id());
        assertThat(out.worker().pid()).isEqualTo(first.worker().orElseThrow().pid());
        assertThat(err.source()).isEqualTo(OutputLine.Source.ERR);
        assertThat(err.taskId()).hasValue(second.id());
    }

    @Test
    void tagsNoLineOfASubprocessWithAnEarlierTask() throws Exception {
        pool.submit(() -> System.out.println("in Java")).get();
        pool.submit(() -> echo("by another process")).get();

        assertThat(line("in Java").taskId()).isPresent();
        assertThat(line("by another process").taskId()).isEmpty();
    }

    @Test
    void tagsLinesOfASubprocessWithItsTaskIfThatPrintedBefore() throws Exception {
        var task = pool.submit(() -> {
            System.out.println("first in Java");
            echo("then by another process");
        });
        task.get();

        assertThat(line("then by another process").taskId()).hasValue(task.id());
    }

    private static void echo(String text) throws IOException, InterruptedException {
        new ProcessBuilder("echo", text).inheritIO().start().waitFor();
    }

    @Test
    void tellsALineWithoutLineFeedWhenItsTaskEnds() throws Exception {
        var task = pool.submit(() -> System.out.print("no line feed"));
        task.get();

        assertThat(line("no line feed").taskId()).hasValue(task.id());
    }

    @Test
    void bringsManyLinesInOrder() throws Exception {
        pool.submit(() -> IntStream.range(0, 10_000).forEach(number -> System.out.println("line " + number)))
                .get();

        Await.until("all lines are there", () -> LINES.size() >= 10_000);

        assertThat(texts())
                .isEqualTo(IntStream.range(0, 10_000)
                        .mapToObj(number -> "line " + number)
                        .toList());
    }

    @Test
    @Tag("Q34")
    void survivesBinaryRubbish() throws Exception {
        pool.submit(OutputTest::printRubbish).get();

        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
        assertThat(line("the end").text()).isEqualTo("the end");
    }

    private static void printRubbish() {
        var rubbish = new byte[100_000];
        new Random(42).nextBytes(rubbish);
        System.out.write(rubbish, 0, rubbish.length);
        System.out.println("\u001b_caisson;notanumber\u001b\\");
        System.out.println("\nthe end");
    }

    @Test
    void bringsALineOfAMebibyteWhole() throws Exception {
        pool.submit(() -> System.out.println("x".repeat(1024 * 1024))).get();

        Await.until("the line is there", () -> !LINES.isEmpty());
        assertThat(LINES).extracting(line -> line.text().length()).containsExactly(1024 * 1024);
    }

    @Test
    void cutsLinesThatNeverEnd() throws Exception {
        pool.submit(() -> System.out.print("x".repeat(3_000_000))).get();
        pool.submit(() -> System.out.println("next")).get();

        line("next");

        var note = " … (cut: the line is longer than the limit of 1m)";
        assertThat(texts().getFirst().replace("x", "")).isEqualTo(note);
        assertThat(texts().getFirst()).hasSize(1024 * 1024 + note.length());
    }

    @Test
    void cutsLinesAtTheLimitOfTheConsumer(Pools pools) throws Exception {
        WorkerOutput consumer = LINES::add;
        var own = pools.open(builder -> builder.output(consumer.withLineLimit("10")));

        own.submit(() -> System.out.println("0123456789abc")).get();

        line("0123456789 … (cut: the line is longer than the limit of 10)");
    }

    @Test
    void refusesALineLimitThatNoArrayHolds() {
        assertThatThrownBy(() -> WorkerOutput.discard().withLineLimit("2g"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lineLimit of 2g");
    }

    @Test
    @Tag("Q34")
    @Tag("I45")
    void goesOnWhenATaskClosesItsOutput(Pools pools) throws Exception {
        var own = pools.open(1);

        own.submit(() -> System.out.close()).get();
        own.submit(() -> System.err.close()).get();

        assertThat(own.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    @Tag("Q34")
    @Tag("Q42")
    void neverBlocksTheWorkerOfASlowConsumer(Pools pools) throws Exception {
        var release = new CountDownLatch(1);
        var own = pools.open(builder -> builder.output(line -> awaitUninterruptibly(release)));

        var future = own.submit(() -> {
            IntStream.range(0, 50_000).forEach(number -> System.out.println("a line of some length: " + number));
            return 1;
        });

        assertThat(future.get(20, TimeUnit.SECONDS)).isEqualTo(1);
        release.countDown();
    }

    @Test
    void takesAConsumerThatThrows(Pools pools) throws Exception {
        var own = pools.open(builder -> builder.output(line -> {
            throw new IllegalStateException("consumer failed");
        }));

        own.submit(() -> System.out.println("text")).get();

        assertThat(own.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    @Tag("I44")
    void givesTasksAnEmptyStandardInput() throws Exception {
        assertThat(pool.submit(() -> System.in.read()).get()).isEqualTo(-1);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    private static OutputLine line(String text) {
        Await.until("'" + text + "' is there", () -> texts().contains(text));
        return LINES.stream()
                .filter(line -> line.text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts() {
        return LINES.stream().map(OutputLine::text).toList();
    }
}
