package dev.caisson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "64k, 65536", "512m, 536870912", "2G, 2147483648", "1t, 1099511627776"})
    void readsWhatJvmOptionsWrite(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1024, 1k", "1536m, 1536m", "4096m, 4g", "1025, 1025", "4096t, 4096t"})
    void printsTheLargestUnitThatDivides(String text, String printed) {
        assertThat(ByteSize.parse(text)).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "512MB", "1.5g", "-1", " 1m", "0", "0m", "9999999t", "99999999999999999999"})
    void refusesOtherTextAndTellsHowToWriteIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteSize.parse(text))
                .withMessageStartingWith("'" + text + "' ")
                .withMessageContaining("such as \"512m\"");
    }
}
