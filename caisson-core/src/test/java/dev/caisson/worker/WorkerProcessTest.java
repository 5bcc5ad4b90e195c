package dev.caisson.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.Action;
import dev.caisson.PayloadTooLargeException;
import dev.caisson.ResultSerializationException;
import dev.caisson.Task;
import dev.caisson.TaskContext;
import dev.caisson.TaskSerializationException;
import dev.caisson.codec.Failures;
import dev.caisson.codec.JdkCodec;
import dev.caisson.protocol.Assignment;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.ExitMark;
import dev.caisson.protocol.Work;
import dev.caisson.transport.RecordingListener.Answered;
import dev.caisson.transport.RecordingListener.Closed;
import dev.caisson.transport.RecordingListener.Connected;
import dev.caisson.transport.RecordingListener.ItemBegan;
import dev.caisson.transport.RecordingListener.ItemFinished;
import dev.caisson.transport.RecordingListener.Progress;
import dev.caisson.transport.RecordingListener.Ready;
import dev.caisson.transport.RecordingListener.Stacks;
import dev.caisson.transport.RecordingListener.StartFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// A real worker process, as its parent sees it.
class WorkerProcessTest {

    private static final int EXIT_CODE = 17;

    @Test
    void runsTasksOneAfterTheOther() throws IOException {
        try (var worker = LiveWorker.start()) {
            worker.submit(() -> 6 * 7);
            assertThat(worker.awaitResult()).isEqualTo(42);

            worker.submit(() -> ProcessHandle.current().pid());
            assertThat(worker.awaitResult()).isEqualTo(worker.process.pid());
        }
    }

    @Test
    void reportsWhatTaskThrows() throws IOException {
        try (var worker = LiveWorker.start()) {
            worker.submit(() -> {
                throw new IOException("no such page");
            });
            assertThat(worker.awaitFailure()).isInstanceOf(IOException.class).hasMessage("no such page");

            worker.submit(() -> recurse(0));
            assertThat(worker.awaitFailure()).isInstanceOf(StackOverflowError.class);

            worker.submit(() -> new long[Integer.MAX_VALUE]);
            assertThat(worker.awaitFailure())
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessageContaining("array size");

            worker.submit(() -> "alive");
            assertThat(worker.awaitResult()).isEqualTo("alive");
        }
    }

    @SuppressWarnings("InfiniteRecursion") // it is to overflow the stack
    private static int recurse(int depth) {
        return recurse(depth + 1) + 1;
    }

    @Test
    void failsOnlyTheBadItemsOfChunk() throws IOException {
        try (var worker = LiveWorker.start()) {
            var items = List.of(
                    LiveWorker.encode(5),
                    Encoded.of(new byte[] {99, 1, 2}),
                    LiveWorker.encode(0),
                    LiveWorker.encode(2));
            worker.submitChunk((Integer item) -> 10 / item, items);

            assertThat(worker.awaitResult()).isEqualTo(2);
            assertThat(worker.awaitFailure()).isInstanceOf(TaskSerializationException.class);
            assertThat(worker.awaitFailure()).isInstanceOf(ArithmeticException.class);
            assertThat(worker.awaitResult()).isEqualTo(5);
        }
    }

    @Test
    void failsEachItemWhenFunctionCannotBeRead() throws IOException {
        try (var worker = LiveWorker.start()) {
            worker.channel.send(new Assignment(
                    1,
                    0,
                    2,
                    1,
                    0,
                    0,
                    false,
                    null,
                    null,
                    new Work.Chunk(Encoded.of(new byte[] {99}), List.of(LiveWorker.encode(1), LiveWorker.encode(2)))));
            worker.channel.flush();

            assertThat(worker.awaitFailure()).isInstanceOf(TaskSerializationException.class);
            assertThat(worker.awaitFailure()).isInstanceOf(TaskSerializationException.class);
        }
    }

    @Test
    void sendsLargeResultAndLargeArgument() throws IOException {
        try (var worker = LiveWorker.start("-Xmx256m")) {
            var argument = new byte[20 * 1024 * 1024];
            argument[argument.length - 1] = 7;
            worker.submit(() -> argument);

            assertThat((byte[]) worker.awaitResult()).hasSize(argument.length).endsWith(7);
        }
    }

    @Test
    void refusesResultOverTheLimitAndResultThatCannotTravel() throws IOException {
        try (var worker = LiveWorker.start("-Xmx256m")) {
            worker.submit(() -> new byte[(int) LiveWorker.MAX_RESULT_BYTES + 1]);
            assertThat(worker.awaitFailure())
                    .isInstanceOf(PayloadTooLargeException.class)
                    .hasMessageContaining("maxResult");

            worker.submit(() -> List.of("a", new Object()));
            assertThat(worker.awaitFailure())
                    .isInstanceOf(ResultSerializationException.class)
                    .hasMessageContaining("java.lang.Object");

            worker.submit(() -> "alive");
            assertThat(worker.awaitResult()).isEqualTo("alive");
        }
    }

    @Test
    void keepsResultOfTaskBeforeTheOneThatHalts() throws IOException {
        try (var worker = LiveWorker.start()) {
            for (var i = 0; i < 10; i++) {
                var number = i;
                worker.queue(new Work.Call(LiveWorker.encode((Task<?>) () -> number)), false);
            }
            worker.queue(
                    new Work.Call(LiveWorker.encode(
                            (Action) () -> Runtime.getRuntime().halt(EXIT_CODE))),
                    false);
            worker.channel.flush();

            assertThat(worker.awaitDeath()).isEqualTo(ExitMark.NONE);
            assertThat(worker.process.exitValue()).isEqualTo(EXIT_CODE);
            for (var i = 0; i < 10; i++) {
                assertThat(worker.awaitResult()).isEqualTo(i);
            }
            assertThat(worker.channel.takeBack(10)).as("task 10 has ended").isEqualTo(1);
            assertThat(worker.channel.runningItem(11)).as("task 11 ran").isZero();
            assertThat(worker.heard.await(Closed.class).violation()).isEmpty();
        }
    }

    @Test
    void marksExitOfTask() throws IOException {
        try (var worker = LiveWorker.start()) {
            worker.submit(() -> System.exit(EXIT_CODE));

            assertThat(worker.awaitDeath()).isEqualTo(ExitMark.EXITING);
            assertThat(worker.process.exitValue()).isEqualTo(EXIT_CODE);
        }
    }

    @Test
    void cutsOffShutdownHooksAfterGrace() throws IOException {
        try (var worker = LiveWorker.start()) {
            worker.submit(() -> {
                Runtime.getRuntime().addShutdownHook(new Thread(WorkerProcessTest::blockForEver));
                System.exit(EXIT_CODE);
            });

            assertThat(worker.awaitDeath()).isEqualTo(ExitMark.EXITING);
            assertThat(worker.process.exitValue()).isEqualTo(1);
        }
    }

    private static void blockForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupt) {
            throw new IllegalStateException(interrupt);
        }
    }

    private static void useUpTheHeap() {
        Object hoard = null;
        while (true) {
            hoard = new Object[] {hoard, new byte[1024 * 1024]};
        }
    }

    @Test
    void endsWithMarkWhenHeapIsUsedUp() throws IOException {
        try (var worker = LiveWorker.start()) {
            worker.submit(WorkerProcessTest::useUpTheHeap);

            assertThat(worker.awaitDeath()).isEqualTo(ExitMark.OUT_OF_MEMORY);
            assertThat(worker.process.exitValue()).isEqualTo(3);
        }
    }

    @Test
    void endsWithMarkWhenAnotherThreadUsesUpTheHeap() throws IOException {
        try (var worker = LiveWorker.start()) {
            worker.submit(() -> {
                var hoarder = new Thread(WorkerProcessTest::useUpTheHeap);
                hoarder.start();
                hoarder.join();
            });

            assertThat(worker.awaitDeath()).isEqualTo(ExitMark.OUT_OF_MEMORY);
        }
    }

    @Test
    void interruptsOnlyTheItemItIsMeantFor() throws IOException {
        try (var worker = LiveWorker.start()) {
            var task = worker.submit(() -> {
                try {
                    blockForEver();
                    return "not interrupted";
                } catch (IllegalStateException interrupted) {
                    return "interrupted, cancelled: " + TaskContext.current().cancelled();
                }
            });
            worker.heard.await(ItemBegan.class);
            worker.channel.interrupt(task + 1, 0);
            worker.channel.interrupt(task, 0);
            assertThat(worker.awaitResult()).isEqualTo("interrupted, cancelled: true");

            worker.submit(() -> {
                Thread.currentThread().interrupt();
                Thread.currentThread().setName("renamed");
                return "left interrupted";
            });
            assertThat(worker.awaitResult()).isEqualTo("left interrupted");
            worker.submit(() -> Thread.currentThread().isInterrupted() + " "
                    + Thread.currentThread().getName());
            assertThat(worker.awaitResult()).isEqualTo("false caisson-worker-0 task 3 'a label'");
        }
    }

    @Test
    void losesNoInterruptThatComesAtTheBegin() throws IOException {
        try (var worker = LiveWorker.start()) {
            for (var i = 0; i < 300; i++) {
                var task = worker.submit(WorkerProcessTest::blockForEver);
                worker.heard.await(ItemBegan.class);
                worker.channel.interrupt(task, 0);

                assertThat(worker.awaitFailure()).isInstanceOf(IllegalStateException.class);
                worker.channel.forget(task);
            }
        }
    }

    @Test
    void survivesInterruptWhileResultIsSent() throws IOException {
        try (var worker = LiveWorker.start("-Xmx256m")) {
            worker.submit(() -> {
                Thread.currentThread().interrupt();
                return new byte[8 * 1024 * 1024];
            });

            assertThat((byte[]) worker.awaitResult()).hasSize(8 * 1024 * 1024);
            worker.submit(() -> "alive");
            assertThat(worker.awaitResult()).isEqualTo("alive");
        }
    }

    @Test
    void tellsContextAndProgress() throws IOException {
        try (var worker = LiveWorker.start()) {
            worker.submit(() -> {
                var context = TaskContext.current();
                context.progress(0.5, "half");
                return context.taskId() + " " + context.attempt() + " "
                        + context.label().orElse("") + " "
                        + context.correlationId().isPresent();
            });

            assertThat(worker.heard.await(ItemFinished.class))
                    .satisfies(
                            finished -> assertThat(LiveWorker.valueOf(finished)).isEqualTo("1 1 a label false"));
        }
    }

    @Test
    void answersWhileTaskRuns() throws IOException {
        try (var worker = LiveWorker.start()) {
            var task = worker.submit(() -> {
                TaskContext.current().progress(0.25, "hanging");
                blockForEver();
            });
            worker.heard.await(ItemBegan.class);
            assertThat(worker.heard.await(Progress.class)).isEqualTo(new Progress(task, 0, 0.25, "hanging"));

            worker.channel.ping();
            worker.heard.await(Answered.class);
            worker.channel.requestStacks(task, 0);
            assertThat(worker.heard.await(Stacks.class).text())
                    .startsWith("\"caisson-worker-0 task 1 'a label'\" WAITING")
                    .contains("blockForEver");
            assertThat(worker.channel.runningItem(task)).isZero();
            assertThat(System.nanoTime() - worker.channel.runningSince(task)).isPositive();
            assertThat(worker.channel.takeBack(task)).isEqualTo(1);
            assertThat(worker.channel.condemn(task, 0)).isTrue();
        }
    }

    @Test
    void takesBackWhatHasNotBegun() throws IOException {
        try (var worker = LiveWorker.start()) {
            var items = List.of(LiveWorker.encode(1), LiveWorker.encode(2));
            var blocked = worker.submit(WorkerProcessTest::blockForEver);
            var behind = worker.submitChunk((Integer item) -> item, items);
            worker.heard.await(ItemBegan.class);

            assertThat(worker.channel.takeBack(behind)).isZero();
            worker.channel.interrupt(blocked, 0);
            assertThat(worker.awaitFailure()).isInstanceOf(IllegalStateException.class);
            worker.submit(() -> "next");
            assertThat(worker.awaitResult()).isEqualTo("next");
        }
    }

    @Test
    void publishesNothingOfCondemnedItem() throws IOException {
        try (var worker = LiveWorker.start()) {
            var task = worker.submit(WorkerProcessTest::blockForEver);
            worker.heard.await(ItemBegan.class);

            assertThat(worker.channel.condemn(task, 0)).isTrue();
            worker.channel.interrupt(task, 0);
            worker.submit(() -> "never begins");
            worker.channel.ping();
            worker.heard.await(Answered.class);
            worker.process.destroyForcibly();
            worker.awaitDeath();
            assertThat(worker.heard.rest()).containsExactly(new Closed(Optional.empty()));
            assertThat(worker.channel.runningItem(task)).isZero();
        }
    }

    @Test
    void leavesWhenAskedTo() throws IOException {
        try (var worker = LiveWorker.start()) {
            worker.channel.stop();

            assertThat(worker.awaitDeath()).isEqualTo(ExitMark.STOPPED);
            assertThat(worker.process.exitValue()).isZero();
            assertThat(worker.output()).isEmpty();
        }
    }

    @Test
    void finishesBegunTaskBeforeItLeaves() throws IOException {
        try (var worker = LiveWorker.start()) {
            var task = worker.submit(() -> {
                try {
                    blockForEver();
                    return "";
                } catch (IllegalStateException interrupted) {
                    return "finished";
                }
            });
            worker.heard.await(ItemBegan.class);
            worker.channel.stop();
            worker.channel.ping();
            worker.heard.await(Answered.class);
            worker.channel.interrupt(task, 0);

            assertThat(worker.awaitResult()).isEqualTo("finished");
            assertThat(worker.awaitDeath()).isEqualTo(ExitMark.STOPPED);
        }
    }

    @Test
    void leavesNothingBehindWhenParentIsKilled() throws IOException {
        try (var orphanage = ParentToKill.start()) {
            var worker = orphanage.processOfLine();
            var child = orphanage.processOfLine();
            var folder = Path.of(orphanage.line());

            orphanage.kill();

            worker.onExit().join();
            child.onExit().join();
            assertThat(Files.exists(folder)).isFalse();
        }
    }

    @Test
    void leavesPoolAloneThatHasOnlyClosedItsConnection() throws IOException {
        try (var worker = LiveWorker.start()) {
            worker.submit(WorkerProcessTest::blockForEver);
            worker.heard.await(ItemBegan.class);

            worker.channel.close();

            assertThat(worker.awaitExit()).isEqualTo(1);
            assertThat(worker.folder.resolve("pool.sock")).exists();
        }
    }

    @Test
    void tellsWhyItCannotStart() throws IOException {
        try (var worker = LiveWorker.starting(() -> {
            throw new IllegalArgumentException("bad setting");
        })) {
            var failure = worker.heard.await(StartFailed.class).failure();

            assertThat(Failures.read(failure.open(), new JdkCodec(), getClass().getClassLoader()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("bad setting");
            assertThat(worker.awaitExit()).isEqualTo(1);
            assertThat(worker.awaitDeath()).isEqualTo(ExitMark.START_FAILED);
            assertThat(worker.output()).contains("bad setting");
        }
    }

    @Test
    void runsInitializerBeforeItIsReady() throws IOException {
        try (var worker = LiveWorker.starting(() -> System.setProperty("initialized", "yes"))) {
            assertThat(worker.heard.await(Connected.class).pid()).isEqualTo(worker.process.pid());
            worker.heard.await(Ready.class);
            worker.submit(() -> System.getProperty("initialized", "no"));

            assertThat(worker.awaitResult()).isEqualTo("yes");
        }
    }

    @Test
    void marksOutputWithTheTaskThatPrints() throws IOException {
        try (var worker = LiveWorker.start()) {
            worker.submit(() -> {
                System.out.print("one ");
                System.out.println("grün");
            });
            worker.awaitResult();
            worker.submit(() -> {
                System.out.print("two");
                Runtime.getRuntime().halt(0);
            });
            worker.awaitDeath();

            assertThat(worker.output()).isEqualTo("\u001b_caisson;1\u001b\\one grün\n\u001b_caisson;2\u001b\\two");
        }
    }

    @Test
    void ignoresInterruptOfTheTerminal() throws IOException, InterruptedException {
        try (var worker = LiveWorker.start()) {
            worker.channel.ping();
            worker.heard.await(Answered.class); // by then it ignores
            worker.channel.ping();
            worker.heard.await(Answered.class);
            new ProcessBuilder("kill", "-INT", Long.toString(worker.process.pid()))
                    .start()
                    .waitFor();
            worker.submit(() -> "alive");

            assertThat(worker.awaitResult()).isEqualTo("alive");
        }
    }

    @Test
    void saysWhatIsWrongWhenItHasNoBoard() throws IOException, InterruptedException {
        var command = LiveWorker.command(Path.of("/no/such/folder/x.board"));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("can't open its board: /no/such/folder/x.board");
        assertThat(process.waitFor()).isEqualTo(2);
    }
}
