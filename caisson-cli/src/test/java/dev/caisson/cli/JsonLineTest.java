package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonLineTest {

    @Test
    void writesValueOfWhatIsOk() {
        assertThat(JsonLine.of(ok("a.pdf", 42), "A::b"))
                .isEqualTo("{\"input\":\"a.pdf\",\"status\":\"ok\",\"value\":42,\"millis\":12,\"attempts\":1,"
                        + "\"worker\":4711,\"target\":\"A::b\"}");
    }

    @Test
    void writesErrorOfWhatIsNot() {
        var account = new Account(
                "b.pdf", Status.OUT_OF_MEMORY, null, new Fault("x.Error", "too big", null), 7, 0, Optional.empty());

        assertThat(JsonLine.of(account, "A::b"))
                .isEqualTo("{\"input\":\"b.pdf\",\"status\":\"out_of_memory\",\"error\":{\"type\":\"x.Error\","
                        + "\"message\":\"too big\"},\"millis\":7,\"attempts\":0,\"worker\":null,\"target\":\"A::b\"}");
    }

    @Test
    void writesNestedValues() {
        var value = new LinkedHashMap<String, @Nullable Object>();
        value.put("list", Arrays.asList(1L, 2.5, null, true));
        value.put("number", new BigDecimal("0.10"));

        assertThat(JsonLine.of(ok("x", value), "A::b"))
                .contains("\"value\":{\"list\":[1,2.5,null,true],\"number\":0.10}");
    }

    @Test
    void staysOneLineWhateverTheTextIs() {
        var line = JsonLine.of(ok("a\nb\r\u2028\"\\", "\u0000 half a pair: \uD83D"), "A::b");

        assertThat(line).contains("a\\nb\\r").contains("\\\"\\\\").contains("\\u0000");
        assertThat(line.lines()).hasSize(1);
    }

    private static Account ok(String input, Object value) {
        return new Account(input, Status.OK, value, null, 12, 1, Optional.of(4711L));
    }
}
