package dev.caisson.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.PayloadTooLargeException;
import dev.caisson.ResultSerializationException;
import dev.caisson.TaskContext;
import dev.caisson.TaskSerializationException;
import dev.caisson.protocol.Assignment;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.Work;
import dev.caisson.transport.RecordingListener.ItemFinished;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What becomes of the tasks that a real worker process is given.
class WorkerTaskTest {

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
    @Tag("row-23")
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
                    1,
                    0,
                    2,
                    1,
                    0,
                    0,
                    false,
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

            assertThat(worker.output())
                    .isEqualTo("\u001b_caisson;1\u001b\\one grün\n\u001b_caisson;0\u001b\\\u001b_caisson;2\u001b\\two");
        }
    }
}
