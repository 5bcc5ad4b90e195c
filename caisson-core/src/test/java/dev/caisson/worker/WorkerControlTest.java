package dev.caisson.worker;

import static dev.caisson.worker.HangingTask.blockForEver;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.TaskContext;
import dev.caisson.transport.RecordingListener.Answered;
import dev.caisson.transport.RecordingListener.Closed;
import dev.caisson.transport.RecordingListener.ItemBegan;
import dev.caisson.transport.RecordingListener.Progress;
import dev.caisson.transport.RecordingListener.Stacks;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the parent can do about a task that a real worker process runs.
class WorkerControlTest {

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
            worker.channel.interrupt(task + 1, 0, 1);
            worker.channel.interrupt(task, 0, 2);
            worker.channel.interrupt(task, 0, 1);
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
                var task = worker.submit(HangingTask::blockForEver);
                worker.heard.await(ItemBegan.class);
                worker.channel.interrupt(task, 0, 1);

                assertThat(worker.awaitFailure()).isInstanceOf(IllegalStateException.class);
                worker.channel.forget(task);
            }
        }
    }

    @Test
    @Tag("O11")
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
    @Tag("H08")
    @Tag("row-29")
    void takesBackWhatHasNotBegun() throws IOException {
        try (var worker = LiveWorker.start()) {
            var items = List.of(LiveWorker.encode(1), LiveWorker.encode(2));
            var blocked = worker.submit(HangingTask::blockForEver);
            var behind = worker.submitChunk((Integer item) -> item, items);
            worker.heard.await(ItemBegan.class);

            assertThat(worker.channel.takeBack(behind)).isZero();
            worker.channel.interrupt(blocked, 0, 1);
            assertThat(worker.awaitFailure()).isInstanceOf(IllegalStateException.class);
            worker.submit(() -> "next");
            assertThat(worker.awaitResult()).isEqualTo("next");
        }
    }

    @Test
    @Tag("G15")
    void publishesNothingOfCondemnedItem() throws IOException {
        try (var worker = LiveWorker.start()) {
            var task = worker.submit(HangingTask::blockForEver);
            worker.heard.await(ItemBegan.class);

            assertThat(worker.channel.condemn(task, 0)).isTrue();
            worker.channel.interrupt(task, 0, 1);
            worker.submit(() -> "never begins");
            worker.channel.ping();
            worker.heard.await(Answered.class);
            worker.process.destroyForcibly();
            worker.awaitDeath();
            assertThat(worker.heard.rest()).containsExactly(new Closed(Optional.empty()));
            assertThat(worker.channel.runningItem(task)).isZero();
        }
    }
}
