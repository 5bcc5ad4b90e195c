package dev.caisson.transport;

import static dev.caisson.transport.ParentSide.MAX_RESULT_BYTES;
import static dev.caisson.transport.ParentSide.VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.protocol.ClassRefusal;
import dev.caisson.protocol.ClassWanted;
import dev.caisson.protocol.ControlFrames;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.FrameKind;
import dev.caisson.transport.RecordingListener.Answered;
import dev.caisson.transport.RecordingListener.Closed;
import dev.caisson.transport.RecordingListener.ItemFinished;
import dev.caisson.transport.RecordingListener.Progress;
import dev.caisson.transport.RecordingListener.Stacks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Against workers that break the rules.
class WorkerChannelViolationTest {

    private ParentSide parent;

    @BeforeEach
    void expectWorker(@TempDir Path folder) throws IOException {
        parent = ParentSide.open(folder);
    }

    @AfterEach
    void leavesNothingBehind() throws IOException {
        parent.close();
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
    @Tag("P04")
    void endsWorkerThatBreaksRule(List<Object> violation) throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.submit(1, 2, Encoded.of(VALUE));
            worker.assignment();
            worker.send((byte[]) violation.get(1));

            assertThat(parent.heard.await(Closed.class).violation())
                    .hasValueSatisfying(text -> assertThat(text).contains((String) violation.get(0)));
            parent.channel.drainAfterExit();
            assertThat(parent.heard.rest()).as("told once").isEmpty();
        }
    }

    @Test
    void refusesResultOfItemThatWasTakenBack() throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.submit(1, 3, Encoded.of(VALUE));
            worker.begin(worker.assignment(), 0);
            assertThat(parent.channel.takeBack(1)).isEqualTo(1);
            worker.send(FakeWorker.result(1, 0, VALUE));
            parent.heard.await(ItemFinished.class);
            worker.send(FakeWorker.result(1, 1, VALUE));

            assertThat(parent.heard.await(Closed.class).violation())
                    .hasValueSatisfying(text -> assertThat(text).contains("not taken back: to 1"));
        }
    }

    @Test
    @Tag("P04")
    void refusesResultThatNeverEnds() throws IOException {
        try (var worker = parent.readyWorker()) {
            var part = FakeWorker.frame(FrameKind.PART, new byte[200_000]);
            try {
                for (var sent = 0L; sent < 2L * MAX_RESULT_BYTES; sent += part.length) {
                    worker.send(part);
                }
            } catch (IOException closed) {
                // The pool has had enough, and has hung up.
            }

            assertThat(parent.heard.await(Closed.class).violation())
                    .hasValueSatisfying(text -> assertThat(text).contains("though it was told to send"));
        }
    }

    @Test
    @Tag("P04")
    void endsWorkerWhoseSocketAnnouncesWhatNeverComes() throws IOException {
        try (var worker = parent.readyWorker()) {
            FakeWorker.write(
                    worker.tasks, ByteBuffer.allocate(4).putInt(100_000).array());

            assertThat(parent.heard.await(Closed.class).violation())
                    .hasValueSatisfying(text -> assertThat(text).contains("4 bytes more than it had to say"));
        }
    }

    @Test
    void takesWhatWasPublishedWhenSomethingForeignCameFromTheSocket() throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.submit(1, 1, Encoded.of(VALUE));
            worker.assignment();
            worker.publish(FakeWorker.result(1, 0, VALUE));
            FakeWorker.write(worker.tasks, new byte[] {-1, -1, -1, -1});

            assertThat(parent.heard.await(ItemFinished.class).result().toArray())
                    .isEqualTo(VALUE);
            assertThat(parent.heard.await(Closed.class).violation()).isPresent();
        }
    }

    @Test
    void endsWorkerThatClosesOneConnectionAndLives() throws IOException {
        try (var worker = parent.readyWorker()) {
            worker.tasks.close();

            assertThat(parent.heard.await(Closed.class).violation())
                    .hasValueSatisfying(text -> assertThat(text).contains("lives on"));
        }
    }

    @Test
    void endsWorkerThatClosesItsControlConnectionAndLives() throws IOException {
        try (var worker = parent.readyWorker()) {
            worker.control.close();

            assertThat(parent.heard.await(Closed.class).violation())
                    .hasValueSatisfying(text -> assertThat(text).contains("lives on"));
        }
    }

    @Test
    void endsWorkerThatBreaksRuleOnControlConnection() throws IOException {
        try (var worker = parent.readyWorker()) {
            worker.control.write(ControlFrames.progress(1, 0, 1.5, "?"));

            assertThat(parent.heard.await(Closed.class).violation())
                    .hasValueSatisfying(text -> assertThat(text).contains("progress 1.5"));
        }
    }

    @Test
    void countsAClassAsWantedUntilItsAnswerHasLeft() throws Exception {
        try (var worker = parent.readyWorker()) {
            parent.heard.onClassWanted(wanted -> Thread.ofVirtual().start(() -> {
                try {
                    parent.channel.classMissing(wanted.request(), ClassRefusal.UNKNOWN, "no ".repeat(10_000));
                } catch (IOException gone) {
                    // the flood has ended
                }
            }));

            // It asks and never reads an answer.
            var flood = Thread.ofVirtual().start(() -> {
                try {
                    for (int request = 0; request < 20_000; request++) {
                        worker.control.write(ControlFrames.classWanted(
                                new ClassWanted(request, 1, ClassWanted.CLASS, "x".repeat(1_000))));
                    }
                } catch (IOException closed) {
                    // by the pool
                }
            });

            assertThat(parent.heard.await(Closed.class).violation())
                    .hasValueSatisfying(text -> assertThat(text).contains("classes at once"));
            flood.join();
        }
    }

    @Test
    void tellsTheLastOfManyWordsOnProgress() throws Exception {
        int words = 100_000;
        try (var worker = parent.readyWorker()) {
            for (int word = 1; word <= words; word++) {
                worker.control.write(ControlFrames.progress(1, 0, (double) word / words, "word"));
            }

            int told = 1;
            while (parent.heard.await(Progress.class).fraction() < 1) {
                told++;
            }
            assertThat(told).isLessThan(words / 10);
        }
    }

    @Test
    void dropsAnswersThatNobodyAskedFor() throws Exception {
        try (var worker = parent.readyWorker()) {
            for (int answer = 0; answer < 1_000; answer++) {
                worker.control.write(ControlFrames.stacks("at nobody"));
            }
            parent.channel.ping();
            assertThat(worker.controlFrame()).isEqualTo(FrameKind.PING);
            worker.control.write(ControlFrames.plain(FrameKind.PONG));
            parent.heard.await(Answered.class);
            parent.channel.requestStacks(1, 0);
            var asked = worker.controlFrame();
            worker.control.write(ControlFrames.stacks("at somebody"));

            assertThat(asked).isEqualTo(FrameKind.DUMP);
            assertThat(parent.heard.await(Stacks.class).text()).isEqualTo("at somebody");
        }
    }
}
