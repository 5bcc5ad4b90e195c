package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlainValueTest {

    private record Pair(Object first, Object second) {}

    @Test
    void keepsWhatJsonHas() throws Exception {
        for (var value : List.of("text", true, 1, 2L, 3.5, 1.5f, (short) 4, (byte) 5, new BigDecimal("1.10"))) {
            assertThat(PlainValue.of(value)).isEqualTo(value);
        }
        assertThat(PlainValue.of(null)).isNull();
    }

    @Test
    void unfoldsRecordsWithinListsWithinRecords() throws Exception {
        var nested = new Pair(List.of(new Pair(1, "a")), new int[] {1, 2});

        assertThat(PlainValue.of(nested)).hasToString("{first=[{first=1, second=a}], second=[1, 2]}");
    }

    @Test
    void makesStringsOfKeysThatAreNone() throws Exception {
        var map = new TreeMap<Integer, Path>();
        map.put(1, Path.of("a"));

        assertThat(PlainValue.of(map)).hasToString("{1=a}");
    }

    @Test
    void makesStringsOfEverythingElse() throws Exception {
        assertThat(PlainValue.of(TimeUnit.DAYS)).isEqualTo("DAYS");
        assertThat(PlainValue.of(Path.of("a/b"))).isEqualTo("a/b");
        assertThat(PlainValue.of('c')).isEqualTo("c");
        assertThat(PlainValue.of(Double.NaN)).isEqualTo("NaN");
        assertThat(PlainValue.of(new byte[] {1, 2, 3})).isEqualTo("AQID");
    }

    @Test
    void opensOptionals() throws Exception {
        assertThat(PlainValue.of(Optional.of(List.of(OptionalLong.of(1), OptionalLong.empty()))))
                .isEqualTo(Arrays.asList(1L, null));
    }

    @Test
    void refusesValuesThatHoldThemselves() {
        var loop = new ArrayList<Object>();
        loop.add(loop);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlainValue.of(loop))
                .withMessageContaining("Does it hold itself?");
    }
}
