package dev.caisson.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadFramesTest {

    private static final Encoded FUNCTION = Encoded.of(new byte[] {1, 2, 3});

    @ParameterizedTest
    @ValueSource(ints = {512, 513, 4096, 64 * 1024})
    void cutsMessageIntoFramesThatFit(int bufferBytes) throws ProtocolViolationException {
        var large = new byte[100_000];
        large[99_999] = 42;
        var work = new Work.Chunk(
                FUNCTION, List.of(FUNCTION, Encoded.of(large), Encoded.EMPTY, Encoded.of(new byte[] {7})));
        var frames = PayloadFrames.assignment(
                new Assignment(918, 917, 1, 4, 2, 10, 20, true, true, "parse ä.pdf", null, work), 65, false);

        var message = ByteBuffer.wrap(messageOf(frames, bufferBytes));

        assertThat(AssignmentHead.decode(part(message)))
                .isEqualTo(new AssignmentHead(
                        65, 918, 917, 1, 4, 2, 10, 20, true, true, true, false, 0, "parse ä.pdf", null));
        assertThat(part(message)).isEqualTo(FUNCTION.toArray());
        assertThat(part(message)).isEqualTo(large);
        assertThat(part(message)).isEmpty();
        assertThat(part(message)).containsExactly(7);
        assertThat(message.hasRemaining()).isFalse();
    }

    @Test
    void leavesOutAFunctionThatTheWorkerHas() throws ProtocolViolationException {
        var work = new Work.Chunk(FUNCTION, List.of(Encoded.of(new byte[] {7})));
        var frames = PayloadFrames.assignment(
                new Assignment(918, 917, 0, 1, 1, 0, 0, false, false, null, null, work), 65, true);

        var message = ByteBuffer.wrap(messageOf(frames, 1024));

        assertThat(AssignmentHead.decode(part(message)).sameFunction()).isTrue();
        assertThat(part(message)).isEmpty();
        assertThat(part(message)).containsExactly(7);
        assertThat(message.hasRemaining()).isFalse();
    }

    @Test
    @Tag("P07")
    void carriesSettings() throws ProtocolViolationException {
        var settings = new WorkerSettings(
                "pöol", 3, 2, 4, 5, true, 6, FUNCTION, new WorkerHook(FUNCTION, 7), new WorkerHook(FUNCTION, 8));

        var message = ByteBuffer.wrap(messageOf(PayloadFrames.welcome(settings), 1024));

        var decoded = WorkerSettings.decode(
                part(message), Encoded.of(part(message)), Encoded.of(part(message)), Encoded.of(part(message)));
        assertThat(decoded).usingRecursiveComparison().isEqualTo(settings);
    }

    @Test
    @Tag("P05")
    void refusesRangeThatIsNone() {
        var work = new Work.Call(FUNCTION);

        assertThatThrownBy(() -> new Assignment(1, 1, 0, 2, 1, 0, 0, false, false, null, null, work))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Task 1 has 1 items");
    }

    private static byte[] messageOf(PayloadFrames frames, int bufferBytes) throws ProtocolViolationException {
        var message = new ByteArrayOutputStream();
        var decoder = new FrameDecoder();
        var buffer = ByteBuffer.allocate(bufferBytes);
        var first = true;
        var total = 0L;
        for (var done = false; !done; ) {
            done = frames.moveTo(buffer.clear());
            buffer.flip();
            while (buffer.hasRemaining()) {
                decoder.fill(buffer);
                while (decoder.next()) {
                    if (first) {
                        total = decoder.body().getLong();
                        first = false;
                    } else {
                        assertThat(decoder.kind()).isEqualTo(FrameKind.PART);
                    }
                    var bytes = new byte[decoder.body().remaining()];
                    decoder.body().get(bytes);
                    message.writeBytes(bytes);
                }
            }
        }
        assertThat(decoder.rest()).isZero();
        assertThat(message.size()).isEqualTo(total);
        return message.toByteArray();
    }

    private static byte[] part(ByteBuffer message) {
        var bytes = new byte[(int) message.getLong()];
        message.get(bytes);
        return bytes;
    }
}
