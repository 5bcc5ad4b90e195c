package dev.caisson.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelloTest {

    private static final int VERSION_AT = 9;
    private static final int ROLE_AT = 11;

    private final Hello hello = new Hello(Hello.Role.CONTROL, 4711, new Hello.Token(5, -6));

    @Test
    void saysWhoIsThere() throws ProtocolViolationException {
        var frame = hello.frame();

        assertThat(frame.remaining()).isEqualTo(Hello.FRAME_BYTES);
        assertThat(Hello.decode(frame)).isEqualTo(hello);
    }

    @Test
    @Tag("P07")
    void namesBothVersionsWhenTheyDiffer() {
        var frame = hello.frame().putShort(VERSION_AT, (short) 9);

        assertThatThrownBy(() -> Hello.decode(frame))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("version 9")
                .hasMessageContaining("put the same one on both");
    }

    @ParameterizedTest
    @CsvSource({"0, 99", "4, 3", "5, 1", ROLE_AT + ", 2"})
    @Tag("P03")
    void refusesWhatIsNoGreeting(int at, byte value) {
        var frame = hello.frame().put(at, value);

        assertThatThrownBy(() -> Hello.decode(frame)).isInstanceOf(ProtocolViolationException.class);
    }

    @Test
    void refusesGreetingThatIsTooShort() {
        assertThatThrownBy(() -> Hello.decode(ByteBuffer.allocate(3))).isInstanceOf(ProtocolViolationException.class);
    }
}
