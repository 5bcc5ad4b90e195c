package dev.caisson.transport;

import static dev.caisson.transport.ParentSide.VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.FrameKind;
import dev.caisson.transport.RecordingListener.Closed;
import dev.caisson.transport.RecordingListener.ItemFinished;
import dev.caisson.transport.RecordingListener.Ready;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How results come in: whole, in order, and from the outbox of a worker that has died.
class WorkerChannelResultTest {

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
    @Tag("P09")
    void deliversResultsInOrder() throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.submit(1, 2, Encoded.of(VALUE));
            var head = worker.assignment();
            worker.claim(head, 0);
            worker.send(FakeWorker.result(1, 0, VALUE));
            worker.claim(head, 1);
            worker.send(FakeWorker.result(1, 1, new byte[0]));

            var first = parent.heard.await(ItemFinished.class);
            assertThat(first.result().toArray()).isEqualTo(VALUE);
            assertThat(List.of(first.beganNanos(), first.endedNanos())).containsExactly(1L, 2L);
            assertThat(parent.heard.await(ItemFinished.class).item()).isEqualTo(1);
            assertThat(parent.channel.takeBack(1)).as("nothing left to take").isEqualTo(2);
        }
    }

    @Test
    void putsLargeResultTogetherAndForgetsWhatIsDiscarded() throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.submit(1, 1, Encoded.of(VALUE));
            worker.claim(worker.assignment(), 0);
            worker.send(FakeWorker.frame(FrameKind.PART, new byte[1000]));
            worker.send(FakeWorker.frame(FrameKind.DISCARD, new byte[0]));
            worker.send(FakeWorker.frame(FrameKind.PART, VALUE));
            worker.send(FakeWorker.frame(FrameKind.PART, VALUE));
            worker.send(FakeWorker.result(1, 0, new byte[] {4}));

            assertThat(parent.heard.await(ItemFinished.class).result().toArray())
                    .containsExactly(1, 2, 3, 1, 2, 3, 4);
        }
    }

    @Test
    @Tag("J23")
    @Tag("F22")
    void sendsBigTaskWhileBigResultComes() throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.submit(1, 1, Encoded.of(VALUE));
            worker.claim(worker.assignment(), 0);
            parent.submit(2, 1, Encoded.of(new byte[8 * 1024 * 1024]));
            var result = FakeWorker.frame(FrameKind.PART, new byte[200_000]);
            for (var i = 0; i < 40; i++) {
                worker.send(result);
            }
            worker.send(FakeWorker.result(1, 0, VALUE));

            assertThat(parent.heard.await(ItemFinished.class).result().size()).isEqualTo(8_000_003);
            assertThat(worker.assignment().task()).isEqualTo(2);
        }
    }

    @Test
    void continuesInOutboxWhereSocketStopped() throws IOException {
        var first = FakeWorker.result(1, 0, new byte[100]);
        var second = FakeWorker.result(1, 1, VALUE);
        for (var cut = 0; cut <= first.length; cut += 7) {
            var listener = new RecordingListener();
            var channel = parent.expect(7, listener);
            try (var worker = FakeWorker.greet(channel).ready()) {
                listener.await(Ready.class);
                ParentSide.submit(channel, 1, 2, Encoded.of(VALUE));
                worker.assignment();
                worker.publish(first);
                worker.publish(second);
                FakeWorker.write(worker.tasks, Arrays.copyOf(first, cut));
                worker.die();

                channel.drainAfterExit();

                assertThat(listener.await(ItemFinished.class).result().size()).isEqualTo(100);
                assertThat(listener.await(ItemFinished.class).result().toArray())
                        .isEqualTo(VALUE);
                assertThat(listener.await(Closed.class).violation()).isEmpty();
            }
            channel.close();
        }
    }

    @Test
    void readsOutboxAcrossItsEnd() throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.submit(1, 1, Encoded.of(VALUE));
            worker.assignment();
            var part = FakeWorker.frame(FrameKind.PART, new byte[100_000]);
            worker.send(part);
            worker.send(part);
            worker.publish(part);
            worker.publish(FakeWorker.result(1, 0, VALUE));
            worker.die();
            parent.channel.drainAfterExit();

            assertThat(parent.heard.await(ItemFinished.class).result().size()).isEqualTo(300_003);
        }
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void ignoresOutboxThatMakesNoSense(long published) throws IOException {
        try (var worker = parent.readyWorker()) {
            worker.board.publish(BoardLayout.PUBLISHED_OFFSET, published);
            worker.die();
            parent.channel.drainAfterExit();

            assertThat(parent.heard.rest()).singleElement().isInstanceOf(Closed.class);
        }
    }

    static Stream<Long> nonsense() {
        return Stream.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40);
    }
}
