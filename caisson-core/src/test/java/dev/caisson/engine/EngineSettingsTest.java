package dev.caisson.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EngineSettingsTest {

    @Test
    void refusesWhatItCannotWorkWithAndNamesIt() {
        assertThatThrownBy(() -> new Settings().workers(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The engine can't work with workers = 0");
        assertThatThrownBy(() -> new Settings().queueCapacity(-1).build()).hasMessageContaining("queueCapacity = -1");
        assertThatThrownBy(() -> new TaskTerms(0, 0, 0, -7, 0)).hasMessage("A task can't have hardLimitNanos = -7");
    }
}
