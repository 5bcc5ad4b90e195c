package dev.caisson.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ResultSerializationException;
import dev.caisson.TaskCodec;
import dev.caisson.protocol.Encoded;
import dev.caisson.protocol.SizeLimitExceededException;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ResultEncodingTest {

    private static final TaskCodec CODEC = new JdkCodec();

    @Test
    void carriesAResult() throws IOException {
        var out = Encoded.builder();

        ResultEncoding.write(List.of("a", 1), CODEC, out);

        assertThat(ResultEncoding.decode(out.build(), JdkCodec.limited(), loader()))
                .isEqualTo(List.of("a", 1));
    }

    @Test
    void namesWhatCantBeSentBack() {
        assertThatThrownBy(() -> ResultEncoding.write(List.of(1, Thread.currentThread()), CODEC, Encoded.builder()))
                .isInstanceOf(ResultSerializationException.class)
                .hasCauseInstanceOf(NotSerializableException.class)
                .hasMessageStartingWith("The task returned, but its result can't be sent back: result → element [1]"
                        + " (java.lang.Thread) is not serializable. It belongs to this process:");
    }

    @Test
    void leavesAFailureOfTheStreamToTheCaller() {
        var large = new ArrayList<>(Arrays.asList(new Object[10_000]));

        assertThatThrownBy(() -> ResultEncoding.write(large, CODEC, Encoded.builder(1000)))
                .isInstanceOf(SizeLimitExceededException.class);
    }

    @Test
    void leavesAFailureThatTheCodecHidesToTheCaller() {
        TaskCodec hiding = new TaskCodec() {
            private static final long serialVersionUID = 1L;

            @Override
            public void write(@Nullable Object value, OutputStream out) {
                try {
                    out.write(1);
                    out.write(2);
                } catch (IOException e) {
                    throw new IllegalStateException("can't write", e);
                }
            }

            @Override
            public @Nullable Object read(InputStream in, ClassLoader loader) {
                return null;
            }
        };

        assertThatThrownBy(() -> ResultEncoding.write("x", hiding, Encoded.builder(1)))
                .isInstanceOf(SizeLimitExceededException.class);
    }

    @Test
    void doesNotFlush() throws IOException {
        var out = new OutputStream() {
            boolean flushed;

            @Override
            public void write(int value) {}

            @Override
            public void flush() {
                flushed = true;
            }
        };

        ResultEncoding.write(List.of(1), CODEC, out);

        assertThat(out.flushed).isFalse();
    }

    private record Answer(int number) implements Serializable {}

    @Test
    void namesTheClassThatTheParentLacks() throws IOException {
        var out = Encoded.builder();
        ResultEncoding.write(new Answer(42), CODEC, out);
        var bytes = out.build();

        assertThatThrownBy(() -> ResultEncoding.decode(bytes, CODEC, ClassLoader.getPlatformClassLoader()))
                .isInstanceOf(ResultSerializationException.class)
                .hasMessageContaining("this process has no class " + Answer.class.getName() + ".")
                .hasMessageContaining("return a type that both know");
    }

    private static ClassLoader loader() {
        return ResultEncodingTest.class.getClassLoader();
    }
}
