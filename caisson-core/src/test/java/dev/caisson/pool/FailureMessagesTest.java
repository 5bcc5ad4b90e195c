package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.caisson.PoolState;
import dev.caisson.ProcessPool;
import dev.caisson.Task;
import dev.caisson.TaskFuture;
import dev.caisson.TaskOptions;
import dev.caisson.testing.Await;
import dev.caisson.testing.Gate;
import dev.caisson.testing.OwnBoard;
import dev.caisson.testing.Pools;
import dev.caisson.testing.RunningProcess;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds `docs/failure-modes.md` to the truth: each message in it is what a user really gets, but for numbers and
/// stacks.
class FailureMessagesTest {

    private static final Pattern BLOCK = Pattern.compile("(?s)```text\n(.*?)\n```");
    private static final TaskOptions PARSE = TaskOptions.DEFAULT.withLabel("parse a.pdf");
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private static ProcessPool pool;

    /// The documented messages, masked.
    private static List<String> documented;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open(Pools pools) throws IOException {
        pool = pools.open(builder -> builder.name("imports")
                .maxHeap("32m")
                .maxResult("1m")
                .killGrace(Duration.ofMillis(300))
                .silenceLimit(Duration.ofSeconds(2)));
        documented = BLOCK.matcher(Files.readString(Path.of("..", "docs", "failure-modes.md")))
                .results()
                .map(block -> masked(block.group(1)))
                .toList();
    }

    @Test
    void isDocumentedForAnExit() {
        assertDocumented(() -> {
            System.out.println("Reading page 17");
            System.exit(2);
            return 0;
        });
    }

    @Test
    void isDocumentedForAnExitThatHangs() {
        assertDocumented(() -> {
            Runtime.getRuntime().addShutdownHook(new Thread(Deeds::swallowInterrupts, "flush-cache"));
            System.exit(2);
            return 0;
        });
    }

    @Test
    @Tag("row-33")
    void isDocumentedForAHalt() {
        assertDocumented(() -> {
            Runtime.getRuntime().halt(3);
            return 0;
        });
    }

    @Test
    @Tag("row-15")
    void isDocumentedForAKill() {
        assertDocumented(() -> {
            Deeds.killSelf();
            return 0;
        });
    }

    @Test
    @Tag("Q27")
    void isDocumentedForATaskThatKillsEachWorker() {
        assertDocumented(PARSE.withRetries(2), () -> {
            Deeds.killSelf();
            return 0;
        });
    }

    @Test
    @Tag("Q13")
    void isDocumentedForACrash() {
        assertDocumented(FailureMessagesTest::crash);
    }

    @SuppressWarnings("restricted") // that is what it is about
    private static int crash() {
        return MemorySegment.ofAddress(8).reinterpret(8).get(ValueLayout.JAVA_INT, 0);
    }

    @Test
    void isDocumentedForAnOverwrittenBoard() {
        assertDocumented(PARSE.withTimeLimit(Duration.ofMillis(400)), () -> {
            OwnBoard.overwriteClaims(0x11);
            Deeds.spin();
            return 0;
        });
    }

    @Test
    void isDocumentedForAFullHeap() {
        assertDocumented(FailureMessagesTest::fillHeap);
    }

    private static int fillHeap() {
        var blocks = new ArrayList<byte[]>();
        while (true) {
            blocks.add(new byte[1 << 20]);
            if (blocks.size() == Integer.MAX_VALUE) {
                return blocks.size();
            }
        }
    }

    @Test
    void isDocumentedForAHardLimit() {
        assertDocumented(PARSE.withTimeLimit(Duration.ofMillis(400)), () -> {
            Deeds.spin();
            return 0;
        });
    }

    @Test
    void isDocumentedForADeadlock() {
        assertDocumented(PARSE.withTimeLimit(Duration.ofSeconds(2)), () -> {
            Deeds.deadlock();
            return 0;
        });
    }

    @Test
    @Tag("row-16")
    void isDocumentedForAHardLimitOfAStoppedWorker() {
        assertDocumented(PARSE.withTimeLimit(Duration.ofMillis(900)), () -> {
            RunningProcess.signal(Deeds.pid(), "STOP");
            return 0;
        });
    }

    @Test
    @Tag("row-16")
    void isDocumentedForSilence() {
        assertDocumented(() -> {
            RunningProcess.signal(Deeds.pid(), "STOP");
            return 0;
        });
    }

    @Test
    void isDocumentedForASoftLimit() {
        assertDocumented(PARSE.withSoftTimeLimit(Duration.ofMillis(300)), () -> {
            new CountDownLatch(1).await();
            return 0;
        });
    }

    @Test
    void isDocumentedForAQueueLimit() throws Exception {
        var gate = Gate.in(folder, "gate");
        var running = pool.submit(() -> gate.await());
        Deeds.begun(running);

        assertDocumented(PARSE.withQueueTimeLimit(Duration.ofMillis(100)), () -> 1);

        gate.open();
        running.get();
    }

    @Test
    void isDocumentedForATotalLimit() throws Exception {
        assertDocumented(PARSE.withTotalTimeLimit(Duration.ofMillis(400)), () -> {
            Deeds.spin();
            return 0;
        });
        var gate = Gate.in(folder, "gate");
        var running = pool.submit(() -> gate.await());
        Deeds.begun(running);

        assertDocumented(PARSE.withTotalTimeLimit(Duration.ofMillis(100)), () -> 1);

        gate.open();
        running.get();
    }

    @Test
    void isDocumentedForAQueueLimitWhileWorkersStart(Pools pools) {
        var young = pools.open(builder -> builder.name("imports").initializer(Deeds::hang));

        assertDocumented(failure(young.submit(() -> 1, PARSE.withQueueTimeLimit(Duration.ofMillis(100)))));
    }

    @Test
    void isDocumentedForAnEndByRequest() {
        var future = pool.submit(() -> Deeds.hang(), PARSE);
        pool.terminateWorker(Deeds.begun(future));

        assertDocumented(failure(future));
    }

    @Test
    void isDocumentedForCancels() {
        var future = pool.submit(() -> Deeds.hang(), PARSE);
        Deeds.begun(future);
        future.cancel(true);

        assertDocumented(catchThrowable(future::get));
    }

    @Test
    @Tag("row-32")
    void isDocumentedForValuesThatCantTravel() {
        var monitor = new Object();

        assertDocumented(catchThrowable(() -> pool.submit(() -> monitor.hashCode())));
        assertDocumented(Object::new);
        assertDocumented(() -> new byte[2 << 20]);
    }

    @Test
    void isDocumentedForInitializersThatFail(Pools pools) {
        assertDocumented(failure(pools.open(builder ->
                        builder.name("imports").restartLimit(0, WINDOW).initializer(() -> Deeds.fail("no database")))
                .submit(() -> 1)));
        assertDocumented(failure(pools.open(builder -> builder.name("imports")
                        .restartLimit(0, WINDOW)
                        .startTimeLimit(Duration.ofSeconds(1))
                        .initializer(Deeds::hang))
                .submit(() -> 1)));
    }

    @Test
    void isDocumentedForJvmsThatDontStart(Pools pools) {
        assertDocumented(failure(pools.open(builder ->
                        builder.name("imports").restartLimit(0, WINDOW).jvmOptions("-XX:+UseFastGC"))
                .submit(() -> 1)));
        assertDocumented(failure(pools.open(builder ->
                        builder.name("imports").restartLimit(0, WINDOW).launchPrefix("true"))
                .submit(() -> 1)));
    }

    @Test
    void isDocumentedForAThreadThatATaskLeft(Pools pools) throws Exception {
        var halting = pools.open(builder -> builder.name("imports").restartLimit(0, WINDOW));
        halting.submit(FailureMessagesTest::haltWhenIdle).get();
        Await.until("it is broken", () -> halting.snapshot().state() != PoolState.RUNNING);

        assertDocumented(catchThrowable(() -> halting.submit(() -> 1)));
    }

    private static int haltWhenIdle() {
        var worker = Thread.currentThread();
        new Thread(() -> {
                    while (worker.getName().contains("task")) {
                        Thread.onSpinWait();
                    }
                    Runtime.getRuntime().halt(9);
                })
                .start();
        return 0;
    }

    @Test
    void isDocumentedForAMachineWithoutThreads(Pools pools) {
        assertDocumented(failure(pools.open(builder -> builder.name("imports")
                        .restartLimit(0, WINDOW)
                        .startTimeLimit(Duration.ofMillis(300))
                        .launchPrefix("sh", "-c", "echo 'Error: unable to create native thread'; exit 1"))
                .submit(() -> 1)));
    }

    @Test
    void isDocumentedForAClosedPool(Pools pools) {
        var closed = pools.open(builder -> builder.name("imports"));
        closed.close();

        assertDocumented(catchThrowable(() -> closed.submit(() -> 1)));
    }

    private static void assertDocumented(Task<?> task) {
        assertDocumented(PARSE, task);
    }

    private static void assertDocumented(TaskOptions options, Task<?> task) {
        assertDocumented(failure(pool.submit(task, options)));
    }

    private static Throwable failure(TaskFuture<?> future) {
        Await.until("it has ended", Duration.ofSeconds(30), future::isDone);
        var thrown = catchThrowable(future::get);
        return thrown instanceof ExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private static void assertDocumented(Throwable failure) {
        var message = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        assertThat(documented)
                .as("docs/failure-modes.md shows this message, but for numbers and stacks:\n%s", message)
                .contains(masked(message));
    }

    private static String masked(String message) {
        return message.replaceAll("(?m)^[ \\t]*at .*$", "at")
                .replaceAll("\\bat(\\s+at\\b)+", "at")
                .replaceAll("(?s)The JVM's crash report:.*", "The JVM's crash report:")
                .replaceAll("When last seen its heap held [0-9]+ of [0-9]+ MB\\.\\s*", "")
                .replaceAll("It was the first task of this worker.* or raise the limit\\.\\s*", "")
                .replaceAll(" and the firstTaskAllowance of [0-9.]+ m?s", "")
                .replaceAll("Object@[0-9a-f]+", "Object@HASH")
                .replaceAll("[0-9]+(\\.[0-9]+)? m?s\\b", "TIME")
                .replaceAll("\\(/\\S+\\.board\\)", "(BOARD)")
                .replaceAll("[0-9]+ tasks?", "N tasks")
                .replaceAll("[0-9]+", "N")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
