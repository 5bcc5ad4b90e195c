package dev.caisson.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.Action;
import dev.caisson.Task;
import dev.caisson.protocol.ExitMark;
import dev.caisson.protocol.Work;
import dev.caisson.transport.RecordingListener.Closed;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a real worker process leaves for its parent when its task is the end of it.
class WorkerDeathTest {

    private static final int EXIT_CODE = 17;

    @Test
    @Tag("F22")
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
    @Tag("I11")
    void cutsOffShutdownHooksAfterGrace() throws IOException {
        try (var worker = LiveWorker.start()) {
            worker.submit(() -> {
                Runtime.getRuntime().addShutdownHook(new Thread(HangingTask::blockForEver));
                System.exit(EXIT_CODE);
            });

            assertThat(worker.awaitDeath()).isEqualTo(ExitMark.CUT_OFF);
            assertThat(worker.process.exitValue()).isEqualTo(1);
        }
    }

    @Test
    void endsWithMarkWhenHeapIsUsedUp() throws IOException {
        try (var worker = LiveWorker.start()) {
            worker.submit(WorkerDeathTest::useUpTheHeap);

            assertThat(worker.awaitDeath()).isEqualTo(ExitMark.OUT_OF_MEMORY);
            assertThat(worker.process.exitValue()).isEqualTo(3);
        }
    }

    @Test
    void endsWithMarkWhenAnotherThreadUsesUpTheHeap() throws IOException {
        try (var worker = LiveWorker.start()) {
            worker.submit(() -> {
                var hoarder = new Thread(WorkerDeathTest::useUpTheHeap);
                hoarder.start();
                hoarder.join();
            });

            assertThat(worker.awaitDeath()).isEqualTo(ExitMark.OUT_OF_MEMORY);
        }
    }

    private static void useUpTheHeap() {
        Object hoard = null;
        while (true) {
            hoard = new Object[] {hoard, new byte[1024 * 1024]};
        }
    }
}
