package dev.caisson.transport;

import static dev.caisson.transport.ParentSide.VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.ClaimWord;
import dev.caisson.protocol.Encoded;
import dev.caisson.transport.RecordingListener.ItemFinished;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What parent and worker settle through the words on the board: who has an item, and what runs.
class WorkerChannelClaimTest {

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
    void doesNotWriteWhatWasTakenBackBefore() throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.queue(1, 1, Encoded.of(VALUE));
            parent.queue(2, 1, Encoded.of(VALUE));
            assertThat(parent.channel.takeBack(1)).isZero();
            parent.channel.flush();

            assertThat(worker.assignment().task()).isEqualTo(2);
            parent.queue(1, 1, Encoded.of(VALUE));
            parent.channel.flush();
            assertThat(worker.assignment().task()).as("may be sent again").isEqualTo(1);
        }
    }

    @Test
    void usesClaimWordsAgain() throws IOException {
        try (var worker = parent.readyWorker()) {
            for (var task = 1; task <= 1000; task++) {
                parent.submit(task, 1, Encoded.of(VALUE));
                worker.claim(worker.assignment(), 0);
                worker.send(FakeWorker.result(task, 0, VALUE));
                parent.heard.await(ItemFinished.class);
                parent.channel.forget(task);
            }
        }
    }

    @Test
    void keepsClaimWordOfForgottenTaskThatStillRuns() throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.submit(1, 1, Encoded.of(VALUE));
            worker.begin(worker.assignment(), 0);
            parent.channel.forget(1);
            for (var task = 2; task <= BoardLayout.CLAIMS; task++) {
                parent.submit(task, 1, Encoded.of(VALUE));
            }
            worker.send(FakeWorker.result(1, 0, VALUE));

            assertThat(parent.heard.await(ItemFinished.class).task()).isEqualTo(1);
            parent.submit(99, 1, Encoded.of(VALUE));
        }
    }

    @Test
    void tellsWhatRunsAndCondemnsIt() throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.submit(1, 3, Encoded.of(VALUE));
            var head = worker.assignment();
            assertThat(parent.channel.runningItem(1)).isEqualTo(-1);
            assertThat(parent.channel.condemn(1, 0)).isFalse();
            worker.claim(head, 0);
            worker.begin(head, 1);

            assertThat(parent.channel.runningItem(1)).isEqualTo(1);
            assertThat(parent.channel.condemn(1, 0)).as("it has ended").isFalse();
            assertThat(parent.channel.condemn(1, 1)).isTrue();
            assertThat(parent.channel.condemn(1, 1)).as("still").isTrue();
            assertThat(parent.channel.takeBack(1)).isEqualTo(2);
        }
    }

    @Test
    void letsNoItemBeginLaterThanItDid() throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.submit(1, 1, Encoded.of(VALUE));
            worker.begin(worker.assignment(), 0);
            var since = parent.channel.runningSince(1);
            worker.board.put(BoardLayout.BEGAN_OFFSET, since + 1_000_000_000L);
            assertThat(parent.channel.runningSince(1)).isEqualTo(since);
        }
    }

    @Test
    void believesNoSenselessWord() throws IOException {
        try (var worker = parent.readyWorker()) {
            parent.submit(1, 3, Encoded.of(VALUE));
            var head = worker.assignment();
            for (var word : new long[] {
                0, -1, ClaimWord.offered(head.sequence() + 64, 0, 3), ClaimWord.offered(head.sequence(), 2, 9)
            }) {
                worker.board.offer(head.sequence(), word);

                assertThat(parent.channel.takeBack(1))
                        .as("taken back from %x", word)
                        .isEqualTo(3);
                assertThat(parent.channel.runningItem(1)).isEqualTo(-1);
                assertThat(parent.channel.condemn(1, 0)).isFalse();
            }
        }
    }
}
