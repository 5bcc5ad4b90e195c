package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExitCodeTest {

    @ParameterizedTest
    @CsvSource({"129,SIGHUP", "130,SIGINT", "134,SIGABRT", "137,SIGKILL", "139,SIGSEGV", "143,SIGTERM", "159,SIGSYS"})
    void namesTheSignal(int code, String signal) {
        assertThat(new ExitCode(code).signal()).hasValue(signal);
        assertThat(new ExitCode(code).meaning()).startsWith(code + " means ").contains(signal);
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "1", "3", "128", "160", "255"})
    void namesNoSignalWhereThereIsNone(int code) {
        assertThat(new ExitCode(code).signal()).isEmpty();
        assertThat(new ExitCode(code).meaning()).startsWith(code + " means ").endsWith(".");
    }

    @Test
    void tellsTheWayOutOfAKillForMemory() {
        assertThat(new ExitCode(137).meaning()).contains("memory", "maxHeap", "number of workers");
    }
}
