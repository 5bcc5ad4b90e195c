package dev.caisson.worker;

import static dev.caisson.worker.HangingTask.blockForEver;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.codec.Failures;
import dev.caisson.codec.JdkCodec;
import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.ExitMark;
import dev.caisson.transport.RecordingListener.Answered;
import dev.caisson.transport.RecordingListener.Connected;
import dev.caisson.transport.RecordingListener.ItemBegan;
import dev.caisson.transport.RecordingListener.Ready;
import dev.caisson.transport.RecordingListener.StartFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How a real worker process starts and leaves, as its parent sees it.
class WorkerProcessTest {

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
    void saysWhatIsWrongWhenItHasNoBoard() throws IOException, InterruptedException {
        var command = LiveWorker.command(Path.of("/no/such/folder/x.board"));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("can't open its board: /no/such/folder/x.board");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    @Tag("K34")
    @Tag("Q57")
    @Tag("row-41")
    void ignoresInterruptOfTheTerminal() throws IOException, InterruptedException {
        try (var worker = LiveWorker.start()) {
            worker.submit(() -> "serving");
            worker.awaitResult();
            worker.channel.ping();
            worker.heard.await(Answered.class); // by then it ignores
            worker.channel.ping();
            worker.heard.await(Answered.class);
            for (var signal : List.of("-INT", "-TERM", "-HUP")) {
                new ProcessBuilder("kill", signal, Long.toString(worker.process.pid()))
                        .start()
                        .waitFor();
            }
            worker.submit(() -> "alive");

            assertThat(worker.awaitResult()).isEqualTo("alive");
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
            worker.channel.interrupt(task, 0, 1);

            assertThat(worker.awaitResult()).isEqualTo("finished");
            assertThat(worker.awaitDeath()).isEqualTo(ExitMark.STOPPED);
        }
    }

    @Test
    @Tag("O05")
    void leavesNothingBehindWhenParentIsKilled() throws IOException {
        try (var orphanage = ParentToKill.start()) {
            var worker = orphanage.processOfLine();
            var child = orphanage.processOfLine();
            var folder = Path.of(orphanage.line());
            var neverStarted = Files.createDirectory(folder.resolve("never-started"));
            Files.write(neverStarted.resolve("worker.board"), new byte[BoardLayout.BOARD_BYTES]);

            orphanage.kill();

            worker.onExit().join();
            child.onExit().join();
            assertThat(Files.exists(folder)).isFalse();
        }
    }

    @Test
    void leavesPoolAloneThatHasOnlyClosedItsConnection() throws IOException {
        try (var worker = LiveWorker.start()) {
            worker.submit(HangingTask::blockForEver);
            worker.heard.await(ItemBegan.class);

            worker.channel.close();

            assertThat(worker.awaitExit()).isEqualTo(1);
            assertThat(worker.folder.resolve("pool.sock")).exists();
        }
    }
}
