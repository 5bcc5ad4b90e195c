package dev.caisson.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.protocol.ControlFrames;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.ExitMark;
import dev.caisson.protocol.FrameKind;
import dev.caisson.protocol.Hello;
import dev.caisson.transport.RecordingListener.Answered;
import dev.caisson.transport.RecordingListener.Closed;
import dev.caisson.transport.RecordingListener.Connected;
import dev.caisson.transport.RecordingListener.Progress;
import dev.caisson.transport.RecordingListener.Ready;
import dev.caisson.transport.RecordingListener.Stacks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may connect, what is said on the way, and how a channel ends.
class WorkerChannelTest {

    private ParentSide parent;

    @BeforeEach
    void expectWorker(@TempDir Path folder) throws IOException {
        parent = ParentSide.open(folder);
    }

    @AfterEach
    void leavesNothingBehind() throws IOException {
        parent.close();
    }

    @Test
    void takesWorkerThatShowsItsToken() throws IOException {
        try (var worker = FakeWorker.greet(parent.channel)) {
            assertThat(parent.heard.await(Connected.class).pid()).isEqualTo(FakeWorker.PID);
            worker.ready();
            parent.heard.await(Ready.class);
            assertThat(worker.board.token()).as("wiped").isEqualTo(new Hello.Token(0, 0));
        }
    }

    @Test
    void letsOnlyItsUserSeeTheBoard() throws IOException {
        assertThat(Files.getPosixFilePermissions(parent.channel.introduction()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    @Tag("P17")
    void isNotHeldUpByConnectionThatSaysNothing() throws IOException {
        try (var silent = FakeWorker.dial(parent.channel.introduction());
                var worker = parent.readyWorker()) {
            assertThat(silent.isConnected()).isTrue();
            assertThat(worker.tasks.isConnected()).isTrue();
        }
    }

    @Test
    @Tag("P17")
    void dropsStrangers() throws IOException {
        try (var stranger = FakeWorker.dial(parent.channel.introduction());
                var rude = FakeWorker.dial(parent.channel.introduction())) {
            stranger.write(new Hello(Hello.Role.TASKS, 1, new Hello.Token(1, 2)).frame());
            rude.write(ByteBuffer.allocate(Hello.FRAME_BYTES));

            assertThat(stranger.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(rude.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
        assertThat(parent.heard.rest()).isEmpty();
    }

    @Test
    void saysWhenConnectedWhatWasSaidBefore() throws IOException {
        parent.channel.stop();
        try (var worker = FakeWorker.greet(parent.channel)) {
            assertThat(worker.controlFrame()).isEqualTo(FrameKind.STOP);
        }
    }

    @Test
    void hearsAnswers() throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.channel.ping();
            parent.channel.interrupt(1, 2, 1);
            parent.channel.requestStacks(1, 2);
            assertThat(worker.controlFrame()).isEqualTo(FrameKind.PING);
            assertThat(worker.controlFrame()).isEqualTo(FrameKind.INTERRUPT);
            assertThat(worker.controlFrame()).isEqualTo(FrameKind.DUMP);
            worker.control.write(ControlFrames.plain(FrameKind.PONG));
            worker.control.write(ControlFrames.stacks("at ä"));
            worker.control.write(ControlFrames.progress(1, 2, 0.5, "ö"));

            parent.heard.await(Answered.class);
            assertThat(parent.heard.await(Stacks.class).text()).isEqualTo("at ä");
            assertThat(parent.heard.await(Progress.class)).isEqualTo(new Progress(1, 2, 0.5, "ö"));
        }
    }

    @Test
    @Tag("J15")
    void neverWaitsForWorkerThatDoesNotListen() throws IOException {
        try (var worker = parent.readyWorker()) {
            for (var i = 0; i < 200_000; i++) {
                parent.channel.ping();
            }
            assertThat(worker.controlFrame()).isEqualTo(FrameKind.PING);
        }
    }

    @Test
    @Tag("O11")
    void survivesCallerThatIsInterrupted() throws IOException {
        try (var worker = parent.readyWorker()) {
            Thread.currentThread().interrupt();
            parent.submit(1, 1, Encoded.of(new byte[4 * 1024 * 1024]));
            parent.channel.ping();
            assertThat(Thread.interrupted()).as("the flag is left alone").isTrue();

            assertThat(worker.assignment().task()).isEqualTo(1);
            assertThat(worker.controlFrame()).isEqualTo(FrameKind.PING);
        }
    }

    @Test
    void closesOnceThoughNobodyEverConnected() {
        parent.channel.drainAfterExit();
        parent.channel.close();
        parent.channel.close();

        assertThat(parent.heard.rest()).containsExactly(new Closed(Optional.empty()));
        assertThat(parent.channel.exitMark()).isEqualTo(ExitMark.NONE);
    }

    @Test
    void tellsTheEndWhenItIsClosedWhileWorkerLives() throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.channel.close();

            assertThat(parent.heard.await(Closed.class).violation()).isEmpty();
            assertThat(worker.tasks.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(parent.channel.takeBack(1)).isEqualTo(Integer.MAX_VALUE);
        }
    }

    @Test
    void waitsOnlyShortlyForStreamThatDoesNotEnd() throws IOException {
        try (var worker = parent.readyWorker()) {
            var drained = CompletableFuture.runAsync(parent.channel::drainAfterExit);

            assertThat(parent.heard.await(Closed.class).violation()).isEmpty();
            drained.join();
            assertThat(worker.tasks.isOpen()).isTrue();
        }
    }
}
