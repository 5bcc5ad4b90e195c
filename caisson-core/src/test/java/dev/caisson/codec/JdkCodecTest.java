package dev.caisson.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.Task;
import dev.caisson.TaskCodec;
import dev.caisson.protocol.Encoded;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.Serializable;
import java.io.StreamCorruptedException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JdkCodecTest {

    private static final TaskCodec CODEC = new JdkCodec();

    static Stream<Object> values() {
        return Stream.of(
                true,
                false,
                (byte) -7,
                (short) -300,
                'ß',
                Integer.MIN_VALUE,
                -1,
                Long.MAX_VALUE,
                -0.0f,
                Float.NaN,
                Math.PI,
                Double.NEGATIVE_INFINITY,
                "",
                "naïve",
                "日本 \uD83D\uDE00",
                "half a pair \uD83D",
                "x".repeat(100_000),
                "я".repeat(100_000),
                Path.of("reports", "a b.pdf"),
                Path.of("/tmp/я.pdf"),
                BigDecimal.TEN,
                Duration.ofSeconds(3),
                List.of(1, "two", 3.0),
                new Line(List.of(Path.of("here"), "there"), int.class));
    }

    record Line(List<Object> ends, Class<?> type) implements Serializable {}

    @ParameterizedTest
    @MethodSource("values")
    void keepsValues(Object value) throws Exception {
        var copy = copied(value);

        assertThat(copy).isEqualTo(value).hasSameClassAs(value);
    }

    @Test
    void keepsNull() throws Exception {
        assertThat(copied(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, 70_000})
    @Tag("F28")
    void keepsArraysOfAnyLength(int length) throws Exception {
        var random = new Random(length);
        var bytes = new byte[length];
        random.nextBytes(bytes);
        var ints = random.ints(length).toArray();
        var longs = random.longs(length).toArray();
        var doubles = random.doubles(length).toArray();

        assertThat(copied(bytes)).isEqualTo(bytes);
        assertThat(copied(ints)).isEqualTo(ints);
        assertThat(copied(longs)).isEqualTo(longs);
        assertThat(copied(doubles)).isEqualTo(doubles);
        assertThat(copied(new char[length])).isEqualTo(new char[length]);
    }

    @Test
    void keepsArraysThatArriveInSmallPieces() throws Exception {
        var ints = new Random(3).ints(100_000).toArray();
        var text = "я".repeat(100_000);

        assertThat(CODEC.read(new Drops(encoded(ints)), loader())).isEqualTo(ints);
        assertThat(CODEC.read(new Drops(encoded(text)), loader())).isEqualTo(text);
    }

    @Test
    void takesFewBytesForCommonValues() throws IOException {
        assertThat(encoded(42)).hasSize(5);
        assertThat(encoded("report.pdf")).hasSize(15);
        assertThat(encoded(new int[10])).hasSize(45);
    }

    @Test
    void keepsLambdasWithWhatTheyCaptured() throws Exception {
        var file = Path.of("a.pdf");
        int[] pages = {1, 2};
        Task<String> task = () -> file + " " + pages.length;

        var copy = (Task<?>) present(task);

        assertThat(copy.call()).isEqualTo("a.pdf 2");
    }

    @Test
    void keepsCycles() throws Exception {
        var list = new ArrayList<Object>();
        list.add(list);

        var copy = (List<?>) present(list);

        assertThat(copy.getFirst()).isSameAs(copy);
    }

    interface Greeter {
        String greet();
    }

    record Handler(String word) implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
            return word;
        }
    }

    @Test
    void keepsProxiesOfInterfacesThatAreNotPublic() throws Exception {
        var proxy = Proxy.newProxyInstance(loader(), new Class<?>[] {Greeter.class}, new Handler("hello"));

        assertThat(((Greeter) present(proxy)).greet()).isEqualTo("hello");
    }

    @Test
    void travelsItselfAndLeavesItsLimitsBehind() throws Exception {
        var copy = (TaskCodec) present(JdkCodec.filtered(checked -> ObjectInputFilter.Status.REJECTED));

        assertThat(copy.read(new ByteArrayInputStream(encoded(List.of(1))), loader()))
                .isEqualTo(List.of(1));
    }

    @Test
    void findsClassesInTheGivenLoaderOnly() throws Exception {
        var bytes = encoded(new Line(List.of(), int.class));

        assertThatThrownBy(() -> CODEC.read(new ByteArrayInputStream(bytes), ClassLoader.getPlatformClassLoader()))
                .isInstanceOf(ClassNotFoundException.class)
                .hasMessageContaining("JdkCodecTest$Line");
    }

    @ParameterizedTest
    @MethodSource("values")
    void refusesBytesThatEndEarly(Object value) throws IOException {
        var bytes = encoded(value);
        for (int length = 0; length < Math.min(bytes.length, 300); length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> CODEC.read(new ByteArrayInputStream(cut), loader()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void believesNoLengthThatIsNotThere() {
        for (int tag = 11; tag <= 17; tag++) {
            byte[] bytes = {(byte) tag, 0x7F, -1, -1, -9, 1, 2, 3};
            assertThatThrownBy(() -> CODEC.read(new ByteArrayInputStream(bytes), loader()))
                    .isInstanceOf(IOException.class);
        }
        byte[] negative = {14, -1, -1, -1, -1};
        assertThatThrownBy(() -> CODEC.read(new ByteArrayInputStream(negative), loader()))
                .isInstanceOf(StreamCorruptedException.class)
                .hasMessage("Negative length -1");
    }

    @Test
    void namesUnknownTags() {
        assertThatThrownBy(() -> CODEC.read(new ByteArrayInputStream(new byte[] {99}), loader()))
                .isInstanceOf(StreamCorruptedException.class)
                .hasMessage("No value begins with tag 99");
        assertThatThrownBy(() -> CODEC.read(InputStream.nullInputStream(), loader()))
                .isInstanceOf(EOFException.class);
    }

    /// A stream that gives a little at a time, and doesn't tell how much there is.
    private static final class Drops extends InputStream {

        private final ByteArrayInputStream in;

        Drops(byte[] bytes) {
            this.in = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] target, int start, int length) {
            return in.read(target, start, Math.min(length, 777));
        }
    }

    private static ClassLoader loader() {
        return JdkCodecTest.class.getClassLoader();
    }

    private static byte[] encoded(@Nullable Object value) throws IOException {
        var out = Encoded.builder();
        CODEC.write(value, out);
        return out.build().toArray();
    }

    private static @Nullable Object copied(@Nullable Object value) throws IOException, ClassNotFoundException {
        return CODEC.read(new ByteArrayInputStream(encoded(value)), loader());
    }

    private static Object present(Object value) throws IOException, ClassNotFoundException {
        return requireNonNull(copied(value));
    }
}
