package dev.caisson.transport;

import static dev.caisson.transport.ParentSide.VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.ClaimWord;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.ExitMark;
import dev.caisson.transport.RecordingListener.Closed;
import dev.caisson.transport.RecordingListener.ItemFinished;
import dev.caisson.transport.RecordingListener.Spoiled;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Against workers whose board was overwritten or truncated.
class SpoiledBoardTest {

    private ParentSide parent;

    @BeforeEach
    void expectWorker(@TempDir Path folder) throws IOException {
        parent = ParentSide.open(folder);
    }

    @AfterEach
    void leavesNothingBehind() throws IOException {
        parent.close();
    }

    /// All that the pool may ask about a task.
    static Stream<Consumer<WorkerChannel>> questions() {
        return Stream.of(
                channel -> assertThat(channel.runningItem(1)).isEqualTo(-1),
                channel -> assertThat(channel.takeBack(1)).isEqualTo(3),
                channel -> assertThat(channel.condemn(1, 0)).isFalse(),
                channel -> assertThat(channel.isRunning()).isFalse(),
                channel -> channel.runningSince(1));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void givesWorkerUpWhenASenselessWordIsSeen(Consumer<WorkerChannel> question) throws IOException {
        try (var worker = parent.readyWorker()) {
            overwrite(worker, 0x1111_1111_1111_1111L);
            question.accept(parent.channel);
            question.accept(parent.channel);

            assertThat(parent.heard.await(Spoiled.class).breach())
                    .contains(parent.channel.introduction().toString(), "1111111111111111", "native");
            assertThat(parent.heard.rest()).as("told once").isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 0x5a5a_5a5a_5a5a_5a5aL})
    void findsWhatADeadWorkerLeftOverwritten(long word) throws IOException {
        try (var worker = parent.readyWorker()) {
            overwrite(worker, word);
            worker.die();
            parent.channel.drainAfterExit();

            assertThat(parent.heard.await(Closed.class).violation())
                    .hasValueSatisfying(text -> assertThat(text).contains("was overwritten", Long.toHexString(word)))
                    .isEqualTo(parent.channel.breach());
            assertThat(parent.heard.rest()).as("the last word").isEmpty();
        }
    }

    @Test
    void takesWhatWasPublishedBesideOverwrittenWords() throws IOException {
        try (var worker = parent.readyWorker()) {
            overwrite(worker, 0);
            worker.publish(FakeWorker.result(1, 0, VALUE));
            assertThat(parent.channel.runningItem(1)).isEqualTo(-1);
            parent.heard.await(Spoiled.class);
            worker.die();
            parent.channel.drainAfterExit();

            assertThat(parent.heard.await(ItemFinished.class).task()).isEqualTo(1);
            assertThat(parent.heard.await(Closed.class).violation()).isPresent();
        }
    }

    @Test
    void blamesOnlyTheItemThatWasDueWhenADeadWorkersWordsAreOverwritten() throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.submit(1, 3, Encoded.of(VALUE));
            parent.submit(2, 2, Encoded.of(VALUE));
            var first = worker.assignment();
            var second = worker.assignment();
            worker.claim(first, 0);
            worker.publish(FakeWorker.result(1, 0, VALUE));
            worker.begin(first, 1);
            worker.board.offer(first.sequence(), -1);
            worker.board.offer(second.sequence(), -1);
            assertThat(parent.channel.takeBack(1)).as("while it lives").isEqualTo(3);
            assertThat(parent.channel.takeBack(2)).as("while it lives").isEqualTo(2);
            worker.die();
            parent.channel.drainAfterExit();

            assertThat(parent.channel.takeBack(1)).isEqualTo(2);
            assertThat(parent.channel.takeBack(2)).isZero();
        }
    }

    @Test
    void doubtsAllThatATruncatedBoardLeavesOpen() throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.submit(1, 3, Encoded.of(VALUE));
            parent.submit(2, 2, Encoded.of(VALUE));
            truncate();
            worker.die();
            parent.channel.drainAfterExit();

            assertThat(parent.channel.takeBack(1)).isEqualTo(3);
            assertThat(parent.channel.takeBack(2)).isEqualTo(2);
        }
    }

    @Test
    void asksATruncatedBoardNothing() throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.submit(1, 3, Encoded.of(VALUE));
            worker.assignment();
            truncate();

            questions().forEach(question -> question.accept(parent.channel));
            assertThat(parent.channel.exitMark()).isEqualTo(ExitMark.NONE);
            assertThat(parent.channel.lastWords()).isEmpty();
            assertThat(parent.channel.heapBytes()).isZero();
            parent.submit(2, 1, Encoded.of(VALUE));
            assertThat(parent.heard.await(Spoiled.class).breach())
                    .contains(parent.channel.introduction().toString(), "truncated");
            assertThat(parent.heard.rest()).as("told once").isEmpty();
        }
    }

    /// What it needs the board for is different in each, and each may be the first to look.
    static Stream<Consumer<WorkerChannel>> firstLooks() {
        return Stream.concat(
                questions(),
                Stream.of(
                        WorkerChannel::exitMark,
                        WorkerChannel::lastWords,
                        WorkerChannel::heapBytes,
                        channel -> ParentSide.submit(channel, 2, 1, Encoded.of(VALUE)),
                        WorkerChannel::close));
    }

    @ParameterizedTest
    @MethodSource("firstLooks")
    void survivesWhoeverLooksFirstAtATruncatedBoard(Consumer<WorkerChannel> look) throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.submit(1, 3, Encoded.of(VALUE));
            worker.assignment();
            truncate();
            look.accept(parent.channel);
            worker.die();
            parent.channel.drainAfterExit();

            parent.heard.await(Closed.class);
        }
    }

    @Test
    void hearsWhatWasSentByAWorkerWhoseBoardWasTruncated() throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.submit(1, 3, Encoded.of(VALUE));
            worker.assignment();
            truncate();
            for (var item : List.of(0, 1, 2)) {
                FakeWorker.write(worker.tasks, FakeWorker.result(1, item, VALUE));
                assertThat(parent.heard.await(ItemFinished.class).item()).isEqualTo(item);
            }
            worker.die();
            parent.channel.drainAfterExit();

            assertThat(parent.heard.await(Closed.class).violation()).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE})
    void believesNoBeginBeforeTheTaskWasSentOrInTheFuture(long began) throws IOException {
        try (var worker = parent.readyWorker()) {
            var before = System.nanoTime();
            parent.submit(1, 1, Encoded.of(VALUE));
            worker.begin(worker.assignment(), 0);
            worker.board.put(BoardLayout.BEGAN_OFFSET, began);

            assertThat(parent.channel.runningSince(1)).isBetween(before, System.nanoTime());
        }
    }

    private void overwrite(FakeWorker worker, long word) throws IOException {
        parent.submit(1, 3, Encoded.of(VALUE));
        var head = worker.assignment();
        worker.begin(head, 0);
        assertThat(ClaimWord.runningItem(worker.board.claim(head.sequence()))).isZero();
        worker.board.offer(head.sequence(), word);
    }

    private void truncate() throws IOException {
        try (var file = new RandomAccessFile(parent.channel.introduction().toFile(), "rw")) {
            file.setLength(0);
        }
    }
}
