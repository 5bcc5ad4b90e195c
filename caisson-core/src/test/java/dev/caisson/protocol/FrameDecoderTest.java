package dev.caisson.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {

    private final FrameDecoder decoder = new FrameDecoder();

    @Test
    void findsFramesThatComeByteByByte() throws ProtocolViolationException {
        var stream = ByteBuffer.allocate(100)
                .put(ControlFrames.interrupt(5, 6, 7))
                .put(ControlFrames.plain(FrameKind.PING))
                .flip();
        var found = new StringBuilder();

        while (stream.hasRemaining()) {
            decoder.fill(ByteBuffer.wrap(new byte[] {stream.get()}));
            while (decoder.next()) {
                found.append(decoder.kind()).append(decoder.body().remaining()).append(' ');
            }
        }

        assertThat(found).hasToString("INTERRUPT16 PING0 ");
        assertThat(decoder.rest()).isZero();
    }

    @Test
    void takesFrameOfTheGreatestLength() throws ProtocolViolationException {
        var stream = frame(FrameDecoder.MAX_FRAME_BYTES, FrameKind.PART.number());
        while (stream.hasRemaining()) {
            decoder.fill(stream);
            assertThat(decoder.hasNext()).isEqualTo(!stream.hasRemaining());
        }

        assertThat(decoder.next()).isTrue();
        assertThat(decoder.body().remaining()).isEqualTo(FrameDecoder.MAX_FRAME_BYTES - 1);
        decoder.fill(ControlFrames.plain(FrameKind.PONG));
        assertThat(decoder.next()).isTrue();
        assertThat(decoder.kind()).isEqualTo(FrameKind.PONG);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, FrameDecoder.MAX_FRAME_BYTES + 1})
    @Tag("P02")
    void refusesLengthBeforeAnyOfTheBodyHasCome(int length) {
        decoder.fill(ByteBuffer.allocate(4).putInt(length).flip());

        assertThatThrownBy(decoder::next)
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("A frame of " + length + " bytes was announced");
    }

    @ParameterizedTest
    @ValueSource(bytes = {-1, -128, 126, 127})
    @Tag("P03")
    void refusesUnknownKind(byte kind) {
        decoder.fill(frame(3, kind));

        assertThatThrownBy(decoder::next)
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("unknown kind " + kind);
    }

    @Test
    void compactsWhatItHasTaken() throws ProtocolViolationException {
        for (var i = 0; i < 1000; i++) {
            var frame = frame(50_000, FrameKind.PART.number());
            frame.put(frame.limit() - 1, (byte) i);
            while (frame.hasRemaining()) {
                decoder.fill(frame.slice(frame.position(), Math.min(30_011, frame.remaining())));
                frame.position(Math.min(frame.limit(), frame.position() + 30_011));
            }
            assertThat(decoder.next()).isTrue();
            var body = decoder.body();
            assertThat(body.get(body.limit() - 1)).isEqualTo((byte) i);
        }
    }

    private static ByteBuffer frame(int length, byte kind) {
        return ByteBuffer.allocate(4 + length).putInt(length).put(kind).rewind();
    }
}
