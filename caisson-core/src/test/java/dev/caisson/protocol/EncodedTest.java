package dev.caisson.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 1536, 64 * 1024, 1_000_003})
    void givesBackWhatWasWritten(int length) throws IOException {
        var bytes = bytes(length);
        var builder = Encoded.builder();
        var half = length / 2;
        builder.write(bytes, 0, half);
        for (var i = half; i < Math.min(length, half + 3); i++) {
            builder.write(bytes[i]);
        }
        builder.write(ByteBuffer.wrap(bytes, Math.min(length, half + 3), length - Math.min(length, half + 3)));
        var encoded = builder.build();

        assertThat(encoded.size()).isEqualTo(length);
        assertThat(encoded.toArray()).isEqualTo(bytes);
        assertThat(encoded.open().readAllBytes()).isEqualTo(bytes);
    }

    @Test
    void readsByteByByteAndEnds() throws IOException {
        var in = Encoded.of(new byte[] {-1, 2}).open();

        assertThat(in.available()).isEqualTo(2);
        assertThat(in.read()).isEqualTo(255);
        assertThat(in.read()).isEqualTo(2);
        assertThat(in.read()).isEqualTo(-1);
        assertThat(in.read(new byte[4])).isEqualTo(-1);
        assertThat(in.available()).isZero();
    }

    @Test
    void movesThroughSmallBuffers() {
        var bytes = bytes(2000);
        var builder = Encoded.builder();
        var moved = ByteBuffer.allocate(2000);
        assertThat(Encoded.EMPTY.cursor().moveTo(moved)).isZero();
        writeAll(builder, bytes);
        var cursor = builder.build().cursor();
        var small = ByteBuffer.allocate(7);

        while (cursor.moveTo(small.clear()) > 0) {
            moved.put(small.flip());
        }

        assertThat(moved.array()).isEqualTo(bytes);
    }

    @Test
    @Tag("F26")
    @Tag("P08")
    void refusesToGetLongerThanItsLimit() throws IOException {
        var builder = Encoded.builder(10);
        builder.write(new byte[10]);

        assertThatThrownBy(() -> builder.write(new byte[5]))
                .isInstanceOfSatisfying(SizeLimitExceededException.class, refused -> {
                    assertThat(refused.limitBytes()).isEqualTo(10);
                    assertThat(refused.sizeBytes()).isEqualTo(15);
                });
        assertThat(builder.build().size()).isEqualTo(10);
    }

    @Test
    void isOneValueWhenEmpty() {
        assertThat(Encoded.of(new byte[0])).isSameAs(Encoded.EMPTY);
        assertThat(Encoded.builder().build()).isSameAs(Encoded.EMPTY);
    }

    private static void writeAll(Encoded.Builder builder, byte[] bytes) {
        try {
            builder.write(bytes);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
