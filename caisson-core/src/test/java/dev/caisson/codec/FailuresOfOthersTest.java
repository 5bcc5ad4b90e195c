package dev.caisson.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.RemoteTaskException;
import dev.caisson.ResultSerializationException;
import dev.caisson.TaskCodec;
import dev.caisson.protocol.Encoded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class FailuresOfOthersTest {

    private static final TaskCodec CODEC = new JdkCodec();
    private static final TaskCodec LIMITED = JdkCodec.limited();

    /// Encodes the message of an error and nothing else.
    static final class MessageCodec implements TaskCodec {
        private static final long serialVersionUID = 1L;

        @Override
        public void write(@Nullable Object value, OutputStream out) throws IOException {
            out.write(String.valueOf(((Throwable) requireNonNull(value)).getMessage())
                    .getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Object read(InputStream in, ClassLoader loader) throws IOException {
            return new Stackless(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static final class Stackless extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stackless(String message) {
            super(message);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    @Test
    @Tag("E08")
    void restoresTheStackThatACodecLeavesOut() throws IOException {
        var error = new IllegalStateException("plain");

        var copy = Failures.read(written(error, new MessageCodec()).open(), new MessageCodec(), loader());

        assertThat(copy).isExactlyInstanceOf(Stackless.class).hasMessage("plain");
        assertThat(copy.getStackTrace()).isEqualTo(plain(error));
    }

    private static final class Unserializable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings({"serial", "unused"})
        private final Object lock = new Object();
    }

    record Impostor() implements Serializable {}

    @Test
    void standsInWhenTheCodecReadsSomethingElse() throws IOException {
        TaskCodec impostors = new TaskCodec() {
            private static final long serialVersionUID = 1L;

            @Override
            public void write(@Nullable Object value, OutputStream out) throws IOException {
                out.write(1);
            }

            @Override
            public Object read(InputStream in, ClassLoader loader) {
                return new Impostor();
            }
        };

        var copy =
                Failures.read(written(new IllegalStateException("x"), impostors).open(), impostors, loader());

        assertThat(standIn(copy).className()).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void neverThrowsForBytesThatEndEarly() throws IOException {
        var bytes = written(new IllegalStateException("x", new Unserializable()), CODEC)
                .toArray();
        for (int length = 0; length < bytes.length; length += 3) {
            var cut = new ByteArrayInputStream(bytes, 0, length);
            assertThat(Failures.read(cut, LIMITED, loader()))
                    .isInstanceOf(ResultSerializationException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void neverThrowsForFlippedBytes() throws IOException {
        var error = new IllegalStateException("x", new Unserializable());
        error.addSuppressed(new NoSuchFileException("z"));
        var original = written(error, CODEC).toArray();
        var random = new Random(1);
        for (int round = 0; round < 1_000; round++) {
            var bytes = original.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            assertThat(Failures.read(new ByteArrayInputStream(bytes), LIMITED, loader()))
                    .isNotNull();
        }
    }

    @Test
    @Tag("P06")
    void neverThrowsForNoise() {
        var random = new Random(2);
        for (int round = 0; round < 1_000; round++) {
            var bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertThat(Failures.read(new ByteArrayInputStream(bytes), LIMITED, loader()))
                    .isInstanceOf(ResultSerializationException.class);
        }
    }

    private static RemoteTaskException standIn(Throwable error) {
        assertThat(error).isExactlyInstanceOf(RemoteTaskException.class);
        return (RemoteTaskException) error;
    }

    /// Frames compare by loader and version too, which are left out where a printed trace does.
    private static StackTraceElement[] plain(Throwable error) {
        return Arrays.stream(error.getStackTrace())
                .map(frame -> new StackTraceElement(
                        null,
                        frame.getModuleName(),
                        frame.getModuleName() != null && frame.getModuleName().startsWith("java.")
                                ? null
                                : frame.getModuleVersion(),
                        frame.getClassName(),
                        frame.getMethodName(),
                        frame.getFileName(),
                        frame.getLineNumber()))
                .toArray(StackTraceElement[]::new);
    }

    private static ClassLoader loader() {
        return FailuresOfOthersTest.class.getClassLoader();
    }

    private static Encoded written(Throwable error, TaskCodec codec) throws IOException {
        var out = Encoded.builder();
        Failures.write(error, codec, out);
        return out.build();
    }
}
