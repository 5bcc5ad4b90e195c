package dev.caisson.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.protocol.BoardLayout;
import dev.caisson.protocol.ExitMark;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {

    @TempDir
    private Path folder;

    private Board board;
    private SocketChannel worker;
    private SocketChannel parent;
    private Outbox outbox;

    @BeforeEach
    void connect() throws IOException {
        board = Board.create(folder.resolve("board"));
        var address = UnixDomainSocketAddress.of(folder.resolve("socket"));
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            worker = SocketChannel.open(address);
            parent = server.accept();
        }
        outbox = new Outbox(board, worker, new Readiness(worker));
    }

    @AfterEach
    void close() throws IOException {
        worker.close();
        parent.close();
        board.close();
    }

    @Test
    void publishesWithoutSending() throws IOException {
        outbox.append(new byte[] {9, 1, 2, 3, 9}, 1, 3);

        assertThat(board.look(BoardLayout.PUBLISHED_OFFSET)).isEqualTo(3);
        assertThat(outbox.hasUnsent()).isTrue();
        var ring = board.outbox(0, 3);
        assertThat(new byte[] {ring.get(), ring.get(), ring.get()}).containsExactly(1, 2, 3);
    }

    @Test
    @Tag("P12")
    void carriesTheSameBytesAsTheSocketHoweverOftenItWraps() throws IOException {
        var random = new Random(7);
        var received = CompletableFuture.supplyAsync(() -> sumOfStream(3_000_000));
        var sum = 0L;
        for (var sent = 0; sent < 3_000_000; ) {
            var frame = new byte[Math.min(3_000_000 - sent, 1 + random.nextInt(100_000))];
            random.nextBytes(frame);
            outbox.append(frame, 0, frame.length);
            for (var i = 0; i < frame.length; i++) {
                sum += (long) frame[i] * (sent + i);
            }
            sent += frame.length;
        }
        outbox.flushAll();

        assertThat(received.join()).isEqualTo(sum);
        assertThat(outbox.hasUnsent()).isFalse();
        assertThat(board.look(BoardLayout.PUBLISHED_OFFSET)).isEqualTo(3_000_000);
    }

    private long sumOfStream(int length) {
        var buffer = ByteBuffer.allocate(10_007);
        var sum = 0L;
        try {
            for (var at = 0; at < length; ) {
                parent.read(buffer.clear());
                buffer.flip();
                while (buffer.hasRemaining()) {
                    sum += (long) buffer.get() * at++;
                }
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        return sum;
    }

    @Test
    void waitsForRoomThoughThreadIsInterrupted() throws IOException {
        var received = CompletableFuture.supplyAsync(() -> sumOfStream(10 * 200_000));
        Thread.currentThread().interrupt();
        for (var i = 0; i < 10; i++) {
            outbox.append(new byte[200_000], 0, 200_000);
        }
        outbox.flushAll();

        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        assertThat(received.join()).isZero();
        assertThat(worker.isOpen()).isTrue();
    }

    @Test
    void keepsWhatParentDoesNotTake() throws IOException {
        var frame = new byte[200_000];
        outbox.append(frame, 0, frame.length);
        while (outbox.flush()) {
            outbox.append(frame, 0, frame.length);
        }

        assertThat(outbox.hasUnsent()).isTrue();
        assertThat(outbox.flush()).as("does not block").isFalse();
    }

    @Test
    void keepsItsHeadReadableWhenBoardIsClosed() {
        var guarded = new GuardedBoard(board, _ -> {});
        board.mark(ExitMark.EXITING);
        guarded.close();
        guarded.close();

        assertThat(guarded.mark()).isEqualTo(ExitMark.EXITING);
        assertThat(guarded.claim(3, 0, 5)).isTrue();
        assertThat(guarded.claim(3)).isEqualTo(5);
    }
}
