package dev.caisson.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caisson.ProcessPool;
import dev.caisson.ResultSerializationException;
import dev.caisson.TaskCodec;
import dev.caisson.TaskSerializationException;
import dev.caisson.testing.Pools;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Codecs of the user's, by direction and by type.
@Tag("row-8")
class TaskCodecTest {

    private static ProcessPool faulty;

    @BeforeAll
    static void open(Pools pools) {
        faulty = pools.open(builder -> builder.codec(new Faulty(Side.TASK), new Faulty(Side.RESULT)));
    }

    @Test
    @Tag("F09")
    void usesAnotherCodecInEachDirection(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.codec(TaskCodec.standard(), new Shouting()));
        var other = pools.open(builder -> builder.codec(new Deflating(), TaskCodec.standard()));
        var text = "quiet".repeat(1000);

        assertThat(pool.submit(() -> text + "!").get()).isEqualTo((text + "!").toUpperCase(Locale.ROOT));
        assertThat(other.submit(() -> text + "!").get()).isEqualTo(text + "!");
        assertThat(other.map(length -> length + text.length(), List.of(1, 2))).containsExactly(5001, 5002);
    }

    @Test
    @Tag("F09")
    void writesATypeByItsOwnCodecWhereverItIs(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.codec(Money.class, new MoneyCodec()));
        var price = new Money(5, "EUR");
        var basket = new Basket(List.of(price, new Money(6, "USD")), price);

        assertThat(pool.submit(() -> price.cents + 1).get()).isEqualTo(6);
        var returned = pool.submit(() -> basket).get();
        assertThat(returned.first()).isSameAs(returned.all().getFirst()).hasToString("5 EUR");
        assertThat(pool.map(money -> new Money(money.cents * 2, money.currency), List.of(price)))
                .asString()
                .isEqualTo("[10 EUR]");
        assertThat(pool.submit(() -> (Object) new Money(1, "X").cents).get()).isEqualTo(1L);
    }

    @Test
    void namesTheTypesCodecThatThrows(Pools pools) throws Exception {
        var pool = pools.open(builder -> builder.codec(Money.class, new MoneyCodec()));
        var nothing = new Money(-1, "EUR");
        var unreadable = new Money(-2, "EUR");
        var basket = new Basket(List.of(), nothing);

        assertThatThrownBy(() -> pool.submit(() -> basket.first().cents))
                .isInstanceOf(TaskSerializationException.class)
                .hasMessageContaining("first")
                .hasMessageContaining("the codec for")
                .hasMessageContaining("Money")
                .hasMessageContaining("less than nothing");
        assertThatThrownBy(() -> pool.submit(() -> unreadable.cents).get()).hasStackTraceContaining("can't be owed");
        assertThatThrownBy(() -> pool.submit(() -> new Money(-1, "EUR")).get())
                .hasCauseInstanceOf(ResultSerializationException.class)
                .hasMessageContaining("less than nothing");
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    @Tag("F10")
    void refusesATypesCodecThatNothingHeeds() {
        assertThatThrownBy(() -> ProcessPool.builder()
                        .codec(new Deflating())
                        .codec(Money.class, new MoneyCodec())
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Money")
                .hasMessageContaining("has no use");
    }

    enum Fault {
        THROWS,
        THROWS_AN_ERROR,
        WRITES_OR_READS_NOTHING,
        WRITES_OR_READS_TOO_MUCH
    }

    enum Side {
        TASK,
        RESULT
    }

    @ParameterizedTest
    @EnumSource
    @Tag("F06")
    @Tag("Q10")
    void costsAFaultyCodecOnlyTheTaskItWasFaultyWith(Fault fault) throws Exception {
        long pid = faulty.submit(() -> ProcessHandle.current().pid()).get();

        for (var order : List.of("write TASK ", "read TASK ", "write RESULT ", "read RESULT ")) {
            faultIn(order + fault);
            assertThat(faulty.submit(() -> 1).get()).isEqualTo(1);
        }

        assertThat(faulty.submit(() -> ProcessHandle.current().pid()).get()).isEqualTo(pid);
    }

    private static void faultIn(String order) {
        var ordered = new Order(order);
        @Nullable Throwable thrown = null;
        try {
            var got = faulty.submit(() -> ordered).get();
            // What reads past the end still reads, and what reads nothing at home says that there is null.
            assertThat(order).containsAnyOf("TOO_MUCH", "read RESULT");
            assertThat(got).isIn(ordered, null);
        } catch (TaskSerializationException | ExecutionException | InterruptedException expected) {
            thrown = expected;
        } catch (ClassCastException nothingWasRead) {
            thrown = nothingWasRead;
        }
        if (thrown != null && order.contains("THROWS")) {
            assertThat(thrown).hasStackTraceContaining("as ordered");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("F10")
    void refusesACodecThatCantBeSent(boolean forTasks) {
        var held = new Object();
        TaskCodec stuck = new TaskCodec() {
            @Override
            public void write(@Nullable Object value, OutputStream out) throws IOException {
                out.write(held.hashCode());
            }

            @Override
            public @Nullable Object read(InputStream in, ClassLoader loader) {
                return null;
            }
        };

        var refused = catchThrowableOfType(TaskSerializationException.class, () -> {
            var builder = ProcessPool.builder();
            builder.codec(forTasks ? stuck : TaskCodec.standard(), forTasks ? TaskCodec.standard() : stuck)
                    .build();
        });

        assertThat(refused).hasMessageContaining("codec");
    }

    /// What the faulty codec is to do with the value that holds it.
    private record Order(String text) implements Serializable {}

    /// Does what an [Order] inside a value says, at the step that it names.
    private static final class Faulty implements TaskCodec {

        private static final long serialVersionUID = 1L;

        private final Side side;
        private final TaskCodec real = TaskCodec.standard();

        Faulty(Side side) {
            this.side = side;
        }

        @Override
        public void write(@Nullable Object value, OutputStream out) throws IOException {
            var bytes = new ByteArrayOutputStream();
            real.write(value, bytes);
            var order = order(bytes.toByteArray(), "write");
            if (!order.endsWith("NOTHING")) {
                bytes.writeTo(out);
            }
            if (order.endsWith("MUCH")) {
                out.write(new byte[1000]);
            }
        }

        @Override
        public @Nullable Object read(InputStream in, ClassLoader loader) throws IOException, ClassNotFoundException {
            var bytes = in.readAllBytes();
            var order = order(bytes, "read");
            if (order.endsWith("MUCH")) {
                assertThat(in.read()).isEqualTo(-1);
            }
            return order.endsWith("NOTHING") ? null : real.read(new ByteArrayInputStream(bytes), loader);
        }

        private String order(byte[] bytes, String step) throws IOException {
            var text = new String(bytes, StandardCharsets.ISO_8859_1);
            for (var fault : Fault.values()) {
                if (text.contains(step + " " + side + " " + fault)) {
                    switch (fault) {
                        case THROWS_AN_ERROR -> throw new AssertionError("as ordered");
                        case WRITES_OR_READS_NOTHING, WRITES_OR_READS_TOO_MUCH -> {
                            return fault.name();
                        }
                        case THROWS -> {
                            if (!text.contains("THROWS_AN_ERROR")) {
                                throw new IllegalStateException("as ordered");
                            }
                        }
                    }
                }
            }
            return "";
        }
    }

    private record Basket(List<Money> all, Money first) implements Serializable {}

    /// Of a library that has not thought of serialization.
    private static final class Money {

        private final long cents;
        private final String currency;

        Money(long cents, String currency) {
            this.cents = cents;
            this.currency = currency;
        }

        @Override
        public String toString() {
            return cents + " " + currency;
        }
    }

    private static final class MoneyCodec implements TaskCodec {

        private static final long serialVersionUID = 1L;

        @Override
        public void write(@Nullable Object value, OutputStream out) throws IOException {
            if (!(value instanceof Money money) || money.cents == -1) {
                throw new IllegalArgumentException("less than nothing: " + value);
            }
            var bytes = new DataOutputStream(out);
            bytes.writeLong(money.cents);
            bytes.writeUTF(money.currency);
        }

        @Override
        public Object read(InputStream in, ClassLoader loader) throws IOException {
            var bytes = new DataInputStream(in);
            long cents = bytes.readLong();
            if (cents == -2) {
                throw new IOException("can't be owed");
            }
            return new Money(cents, bytes.readUTF());
        }
    }

    private static final class Deflating implements TaskCodec {

        private static final long serialVersionUID = 1L;

        @Override
        public void write(@Nullable Object value, OutputStream out) throws IOException {
            var deflating = new DeflaterOutputStream(out);
            TaskCodec.standard().write(value, deflating);
            deflating.finish();
        }

        @Override
        public @Nullable Object read(InputStream in, ClassLoader loader) throws IOException, ClassNotFoundException {
            return TaskCodec.standard().read(new InflaterInputStream(in), loader);
        }
    }

    private static final class Shouting implements TaskCodec {

        private static final long serialVersionUID = 1L;

        @Override
        public void write(@Nullable Object value, OutputStream out) throws IOException {
            out.write(String.valueOf(value).toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Object read(InputStream in, ClassLoader loader) throws IOException {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
