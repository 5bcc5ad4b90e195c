package dev.caisson.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationsTest {

    @Test
    void tellsDurationsInAUnitThatShowsThem() {
        assertThat(Durations.text(Duration.ofMillis(12_440))).isEqualTo("12.4 s");
        assertThat(Durations.text(Duration.ofMillis(350))).isEqualTo("350 ms");
        assertThat(Durations.text(Duration.ofNanos(20_500))).isEqualTo("20 µs");
        assertThat(Durations.text(Duration.ofNanos(1))).isEqualTo("1 ns");
        assertThat(Durations.text(Duration.ZERO)).isEqualTo("0 ms");
    }

    @Test
    void takesCenturiesForTheLongestThereIs() {
        assertThat(Durations.nanos(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
    }
}
