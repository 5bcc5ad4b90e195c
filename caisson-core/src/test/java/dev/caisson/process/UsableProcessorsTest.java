package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsableProcessorsTest {

    @AfterEach
    void clearCap() {
        System.clearProperty(UsableProcessors.CAP);
    }

    @Test
    @Tag("I36")
    @Tag("row-1")
    void countsWhatTheJvmMayUse() {
        assertThat(UsableProcessors.count()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    @Tag("I36")
    void neverExceedsTheCap() {
        System.setProperty(UsableProcessors.CAP, "1");

        assertThat(UsableProcessors.count()).isEqualTo(1);
    }

    @Test
    void capDoesNotMakeCpus() {
        System.setProperty(UsableProcessors.CAP, "1000000");

        assertThat(UsableProcessors.count()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "", "two", "1.5"})
    void refusesACapThatIsNoNumberOfCpus(String cap) {
        System.setProperty(UsableProcessors.CAP, cap);

        assertThatIllegalArgumentException()
                .isThrownBy(UsableProcessors::count)
                .withMessageContaining("caisson.processors")
                .withMessageContaining("'" + cap + "'");
    }
}
