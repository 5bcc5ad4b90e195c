package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({"500ms, 500", "30s, 30000", "2m, 120000", "1h, 3600000", "1m30s, 90000", "1.5s, 1500", "1ms, 1"})
    void readsNumbersWithUnits(String text, long millis) {
        assertThat(DurationText.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "", "s", "30 s", "-5s", "PT30S", "30sec", "5x"})
    void refusesWhatIsNoDurationAndSaysHowToWriteOne(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse(text))
                .withMessageContaining("\"" + text + "\"")
                .withMessageContaining("500ms, 30s, 2m or 1h");
    }

    @Test
    void refusesLimitsOfNothingAndBeyondAllTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse("0s"))
                .withMessageContaining("for no limit leave the option out");
        assertThatIllegalArgumentException().isThrownBy(() -> DurationText.parse("999999999999999h"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 ms", "999, 999 ms", "1000, 1.0 s", "10250, 10.2 s", "119999, 119.9 s", "200000, 3 min 20 s"})
    void writesWhatPeopleRead(long millis, String text) {
        assertThat(DurationText.of(millis)).isEqualTo(text);
    }
}
