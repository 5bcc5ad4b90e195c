package dev.caisson.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.protocol.Assignment;
import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.ClaimWord;
import dev.caisson.protocol.ControlFrames;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.ExitMark;
import dev.caisson.protocol.FrameKind;
import dev.caisson.protocol.Hello;
import dev.caisson.protocol.Work;
import dev.caisson.protocol.WorkerSettings;
import dev.caisson.transport.RecordingListener.Answered;
import dev.caisson.transport.RecordingListener.Closed;
import dev.caisson.transport.RecordingListener.Connected;
import dev.caisson.transport.RecordingListener.ItemFinished;
import dev.caisson.transport.RecordingListener.Progress;
import dev.caisson.transport.RecordingListener.Ready;
import dev.caisson.transport.RecordingListener.Stacks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The parent's end of a worker, against one that follows the rules, and against others.
class WorkerChannelTest {

    private static final int MAX_RESULT_BYTES = 32 * 1024 * 1024;
    private static final byte[] VALUE = {1, 2, 3};

    @TempDir
    private Path folder;

    private final RecordingListener heard = new RecordingListener();
    private PoolEndpoint endpoint;
    private WorkerChannel channel;

    @BeforeEach
    void expectWorker() throws IOException {
        endpoint = PoolEndpoint.open(folder, "test");
        channel = expect(0, heard);
    }

    private WorkerChannel expect(int slot, RecordingListener listener) throws IOException {
        return endpoint.expect(
                slot,
                1,
                new WorkerSettings("test", slot, 1, 1, MAX_RESULT_BYTES, Encoded.EMPTY, Encoded.EMPTY),
                listener);
    }

    @AfterEach
    void leavesNothingBehind() throws IOException {
        endpoint.close();
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    private FakeWorker readyWorker() throws IOException {
        var worker = FakeWorker.greet(channel.introduction()).ready();
        heard.await(Ready.class);
        return worker;
    }

    private void submit(long task, int items, Encoded payload) {
        queue(task, items, payload);
        channel.flush();
    }

    private void queue(long task, int items, Encoded payload) {
        var work = new Work.Chunk(
                payload,
                IntStream.range(0, items).mapToObj(_ -> Encoded.of(VALUE)).toList());
        channel.send(new Assignment(task, 0, items, 1, 0, 0, false, null, null, work));
    }

    @Test
    void takesWorkerThatShowsItsToken() throws IOException {
        try (var worker = FakeWorker.greet(channel.introduction())) {
            assertThat(heard.await(Connected.class).pid()).isEqualTo(FakeWorker.PID);
            worker.ready();
            heard.await(Ready.class);
            assertThat(worker.board.token()).as("wiped").isEqualTo(new Hello.Token(0, 0));
        }
    }

    @Test
    void letsOnlyItsUserSeeTheBoard() throws IOException {
        assertThat(Files.getPosixFilePermissions(channel.introduction()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void deliversResultsInOrder() throws IOException {
        try (var worker = readyWorker()) {
            submit(1, 2, Encoded.of(VALUE));
            var head = worker.assignment();
            worker.claim(head, 0);
            worker.send(FakeWorker.result(1, 0, VALUE));
            worker.claim(head, 1);
            worker.send(FakeWorker.result(1, 1, new byte[0]));

            var first = heard.await(ItemFinished.class);
            assertThat(first.result().toArray()).isEqualTo(VALUE);
            assertThat(List.of(first.beganNanos(), first.endedNanos())).containsExactly(1L, 2L);
            assertThat(heard.await(ItemFinished.class).item()).isEqualTo(1);
            assertThat(channel.takeBack(1)).as("nothing left to take").isEqualTo(2);
        }
    }

    @Test
    void putsLargeResultTogetherAndForgetsWhatIsDiscarded() throws IOException {
        try (var worker = readyWorker()) {
            submit(1, 1, Encoded.of(VALUE));
            worker.claim(worker.assignment(), 0);
            worker.send(FakeWorker.frame(FrameKind.PART, new byte[1000]));
            worker.send(FakeWorker.frame(FrameKind.DISCARD, new byte[0]));
            worker.send(FakeWorker.frame(FrameKind.PART, VALUE));
            worker.send(FakeWorker.frame(FrameKind.PART, VALUE));
            worker.send(FakeWorker.result(1, 0, new byte[] {4}));

            assertThat(heard.await(ItemFinished.class).result().toArray()).containsExactly(1, 2, 3, 1, 2, 3, 4);
        }
    }

    /// What no worker may send after it was given task 1 with items 0 and 1, and what the pool says of it.
    static Stream<List<Object>> violations() {
        return Stream.of(
                List.of(
                        "Most likely something other than Caisson",
                        "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
                List.of(
                        "A frame of 1000000 bytes",
                        ByteBuffer.allocate(4).putInt(1_000_000).array()),
                List.of("task 2, which it was not given", FakeWorker.result(2, 0, VALUE)),
                List.of("item 1 of task 1, of which item 0 was due", FakeWorker.result(1, 1, VALUE)),
                List.of("item -1 of task 1", FakeWorker.result(1, -1, VALUE)),
                List.of("head of 3 bytes", FakeWorker.frame(FrameKind.RESULT, VALUE)),
                List.of("frame READY", FakeWorker.frame(FrameKind.READY, new byte[0])),
                List.of("frame START_FAILED", FakeWorker.frame(FrameKind.START_FAILED, VALUE)),
                List.of("frame ASSIGN", FakeWorker.frame(FrameKind.ASSIGN, VALUE)),
                List.of("frame PONG", FakeWorker.frame(FrameKind.PONG, VALUE)),
                List.of("frame BEGAN", FakeWorker.frame(FrameKind.BEGAN, VALUE)));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void endsWorkerThatBreaksRule(List<Object> violation) throws IOException {
        try (var worker = readyWorker()) {
            submit(1, 2, Encoded.of(VALUE));
            worker.assignment();
            worker.send((byte[]) violation.get(1));

            assertThat(heard.await(Closed.class).violation())
                    .hasValueSatisfying(text -> assertThat(text).contains((String) violation.get(0)));
            channel.drainAfterExit();
            assertThat(heard.rest()).as("told once").isEmpty();
        }
    }

    @Test
    void refusesResultOfItemThatWasTakenBack() throws IOException {
        try (var worker = readyWorker()) {
            submit(1, 3, Encoded.of(VALUE));
            worker.begin(worker.assignment(), 0);
            assertThat(channel.takeBack(1)).isEqualTo(1);
            worker.send(FakeWorker.result(1, 0, VALUE));
            heard.await(ItemFinished.class);
            worker.send(FakeWorker.result(1, 1, VALUE));

            assertThat(heard.await(Closed.class).violation())
                    .hasValueSatisfying(text -> assertThat(text).contains("not taken back: to 1"));
        }
    }

    @Test
    void refusesResultThatNeverEnds() throws IOException {
        try (var worker = readyWorker()) {
            var part = FakeWorker.frame(FrameKind.PART, new byte[200_000]);
            try {
                for (var sent = 0L; sent < 2L * MAX_RESULT_BYTES; sent += part.length) {
                    FakeWorker.write(worker.tasks, part);
                }
            } catch (IOException closed) {
                // The pool has had enough, and has hung up.
            }

            assertThat(heard.await(Closed.class).violation())
                    .hasValueSatisfying(text -> assertThat(text).contains("though it was told to send"));
        }
    }

    @Test
    void continuesInOutboxWhereSocketStopped() throws IOException {
        var first = FakeWorker.result(1, 0, new byte[100]);
        var second = FakeWorker.result(1, 1, VALUE);
        for (var cut = 0; cut <= first.length; cut += 7) {
            var listener = new RecordingListener();
            channel = expect(7, listener);
            try (var worker = FakeWorker.greet(channel.introduction()).ready()) {
                listener.await(Ready.class);
                submit(1, 2, Encoded.of(VALUE));
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
        try (var worker = readyWorker()) {
            submit(1, 1, Encoded.of(VALUE));
            worker.assignment();
            var part = FakeWorker.frame(FrameKind.PART, new byte[100_000]);
            worker.send(part);
            worker.send(part);
            worker.publish(part);
            worker.publish(FakeWorker.result(1, 0, VALUE));
            worker.die();
            channel.drainAfterExit();

            assertThat(heard.await(ItemFinished.class).result().size()).isEqualTo(300_003);
        }
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void ignoresOutboxThatMakesNoSense(long published) throws IOException {
        try (var worker = readyWorker()) {
            worker.board.publish(BoardLayout.PUBLISHED_OFFSET, published);
            worker.die();
            channel.drainAfterExit();

            assertThat(heard.rest()).containsExactly(new Closed(Optional.empty()));
        }
    }

    static Stream<Long> nonsense() {
        return Stream.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40);
    }

    @Test
    void endsWorkerThatClosesOneConnectionAndLives() throws IOException {
        try (var worker = readyWorker()) {
            worker.tasks.close();

            assertThat(heard.await(Closed.class).violation())
                    .hasValueSatisfying(text -> assertThat(text).contains("lives on"));
        }
    }

    @Test
    void endsWorkerThatClosesItsControlConnectionAndLives() throws IOException {
        try (var worker = readyWorker()) {
            worker.control.close();

            assertThat(heard.await(Closed.class).violation())
                    .hasValueSatisfying(text -> assertThat(text).contains("lives on"));
        }
    }

    @Test
    void endsWorkerThatBreaksRuleOnControlConnection() throws IOException {
        try (var worker = readyWorker()) {
            worker.control.write(ControlFrames.progress(1, 0, 1.5, "?"));

            assertThat(heard.await(Closed.class).violation())
                    .hasValueSatisfying(text -> assertThat(text).contains("progress 1.5"));
        }
    }

    @Test
    void sendsBigTaskWhileBigResultComes() throws IOException {
        try (var worker = readyWorker()) {
            submit(1, 1, Encoded.of(VALUE));
            worker.claim(worker.assignment(), 0);
            submit(2, 1, Encoded.of(new byte[8 * 1024 * 1024]));
            var result = FakeWorker.frame(FrameKind.PART, new byte[200_000]);
            for (var i = 0; i < 40; i++) {
                FakeWorker.write(worker.tasks, result);
            }
            FakeWorker.write(worker.tasks, FakeWorker.result(1, 0, VALUE));

            assertThat(heard.await(ItemFinished.class).result().size()).isEqualTo(8_000_003);
            assertThat(worker.assignment().task()).isEqualTo(2);
        }
    }

    @Test
    void survivesCallerThatIsInterrupted() throws IOException {
        try (var worker = readyWorker()) {
            Thread.currentThread().interrupt();
            submit(1, 1, Encoded.of(new byte[4 * 1024 * 1024]));
            channel.ping();
            assertThat(Thread.interrupted()).as("the flag is left alone").isTrue();

            assertThat(worker.assignment().task()).isEqualTo(1);
            assertThat(worker.controlFrame()).isEqualTo(FrameKind.PING);
        }
    }

    @Test
    void doesNotWriteWhatWasTakenBackBefore() throws IOException {
        try (var worker = readyWorker()) {
            queue(1, 1, Encoded.of(VALUE));
            queue(2, 1, Encoded.of(VALUE));
            assertThat(channel.takeBack(1)).isZero();
            channel.flush();

            assertThat(worker.assignment().task()).isEqualTo(2);
            queue(1, 1, Encoded.of(VALUE));
            channel.flush();
            assertThat(worker.assignment().task()).as("may be sent again").isEqualTo(1);
        }
    }

    @Test
    void usesClaimWordsAgain() throws IOException {
        try (var worker = readyWorker()) {
            for (var task = 1; task <= 1000; task++) {
                submit(task, 1, Encoded.of(VALUE));
                worker.claim(worker.assignment(), 0);
                worker.send(FakeWorker.result(task, 0, VALUE));
                heard.await(ItemFinished.class);
                channel.forget(task);
            }
        }
    }

    @Test
    void keepsClaimWordOfForgottenTaskThatStillRuns() throws IOException {
        try (var worker = readyWorker()) {
            submit(1, 1, Encoded.of(VALUE));
            worker.begin(worker.assignment(), 0);
            channel.forget(1);
            for (var task = 2; task <= BoardLayout.CLAIMS; task++) {
                submit(task, 1, Encoded.of(VALUE));
            }
            worker.send(FakeWorker.result(1, 0, VALUE));

            assertThat(heard.await(ItemFinished.class).task()).isEqualTo(1);
            submit(99, 1, Encoded.of(VALUE));
        }
    }

    @Test
    void tellsWhatRunsAndCondemnsIt() throws IOException {
        try (var worker = readyWorker()) {
            submit(1, 3, Encoded.of(VALUE));
            var head = worker.assignment();
            assertThat(channel.runningItem(1)).isEqualTo(-1);
            assertThat(channel.condemn(1, 0)).isFalse();
            worker.claim(head, 0);
            worker.begin(head, 1);

            assertThat(channel.runningItem(1)).isEqualTo(1);
            assertThat(channel.condemn(1, 0)).as("it has ended").isFalse();
            assertThat(channel.condemn(1, 1)).isTrue();
            assertThat(channel.condemn(1, 1)).as("still").isTrue();
            assertThat(channel.takeBack(1)).isEqualTo(2);
        }
    }

    @Test
    void letsNoItemBeginLaterThanItDid() throws IOException {
        try (var worker = readyWorker()) {
            submit(1, 1, Encoded.of(VALUE));
            worker.begin(worker.assignment(), 0);
            var since = channel.runningSince(1);
            worker.board.put(BoardLayout.BEGAN_OFFSET, since + 1_000_000_000L);
            assertThat(channel.runningSince(1)).isEqualTo(since);
        }
    }

    @Test
    void believesNoSenselessWord() throws IOException {
        try (var worker = readyWorker()) {
            submit(1, 3, Encoded.of(VALUE));
            var head = worker.assignment();
            for (var word : new long[] {
                0, -1, ClaimWord.offered(head.sequence() + 64, 0, 3), ClaimWord.offered(head.sequence(), 2, 9)
            }) {
                worker.board.offer(head.sequence(), word);

                assertThat(channel.takeBack(1)).as("taken back from %x", word).isEqualTo(3);
                assertThat(channel.runningItem(1)).isEqualTo(-1);
                assertThat(channel.condemn(1, 0)).isFalse();
            }
        }
    }

    @Test
    void saysWhenConnectedWhatWasSaidBefore() throws IOException {
        channel.stop();
        try (var worker = FakeWorker.greet(channel.introduction())) {
            assertThat(worker.controlFrame()).isEqualTo(FrameKind.STOP);
        }
    }

    @Test
    void hearsAnswers() throws IOException {
        try (var worker = readyWorker()) {
            channel.ping();
            channel.interrupt(1, 2);
            channel.requestStacks(1, 2);
            assertThat(worker.controlFrame()).isEqualTo(FrameKind.PING);
            assertThat(worker.controlFrame()).isEqualTo(FrameKind.INTERRUPT);
            assertThat(worker.controlFrame()).isEqualTo(FrameKind.DUMP);
            worker.control.write(ControlFrames.plain(FrameKind.PONG));
            worker.control.write(ControlFrames.stacks("at ä"));
            worker.control.write(ControlFrames.progress(1, 2, 0.5, "ö"));

            heard.await(Answered.class);
            assertThat(heard.await(Stacks.class).text()).isEqualTo("at ä");
            assertThat(heard.await(Progress.class)).isEqualTo(new Progress(1, 2, 0.5, "ö"));
        }
    }

    @Test
    void neverWaitsForWorkerThatDoesNotListen() throws IOException {
        try (var worker = readyWorker()) {
            for (var i = 0; i < 200_000; i++) {
                channel.ping();
            }
            assertThat(worker.controlFrame()).isEqualTo(FrameKind.PING);
        }
    }

    @Test
    void closesOnceThoughNobodyEverConnected() {
        channel.drainAfterExit();
        channel.close();
        channel.close();

        assertThat(heard.rest()).containsExactly(new Closed(Optional.empty()));
        assertThat(channel.exitMark()).isEqualTo(ExitMark.NONE);
    }

    @Test
    void isNotHeldUpByConnectionThatSaysNothing() throws IOException {
        try (var silent = FakeWorker.dial(channel.introduction());
                var worker = readyWorker()) {
            assertThat(silent.isConnected()).isTrue();
            assertThat(worker.tasks.isConnected()).isTrue();
        }
    }

    @Test
    void dropsStrangers() throws IOException {
        try (var stranger = FakeWorker.dial(channel.introduction());
                var rude = FakeWorker.dial(channel.introduction())) {
            stranger.write(new Hello(Hello.Role.TASKS, 1, new Hello.Token(1, 2)).frame());
            rude.write(ByteBuffer.allocate(Hello.FRAME_BYTES));

            assertThat(stranger.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(rude.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
        assertThat(heard.rest()).isEmpty();
    }

    @Test
    void tellsTheEndWhenItIsClosedWhileWorkerLives() throws IOException {
        try (var worker = readyWorker()) {
            channel.close();

            assertThat(heard.await(Closed.class).violation()).isEmpty();
            assertThat(worker.tasks.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(channel.takeBack(1)).isEqualTo(Integer.MAX_VALUE);
        }
    }

    @Test
    void waitsOnlyShortlyForStreamThatDoesNotEnd() throws IOException {
        try (var worker = readyWorker()) {
            var drained = CompletableFuture.runAsync(channel::drainAfterExit);

            assertThat(heard.await(Closed.class).violation()).isEmpty();
            drained.join();
            assertThat(worker.tasks.isOpen()).isTrue();
        }
    }
}
