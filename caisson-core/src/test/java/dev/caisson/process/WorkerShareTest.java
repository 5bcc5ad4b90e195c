package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I40")
final class WorkerShareTest {

    @Test
    void leavesASingleWorkerWhatAnyJvmTakes() {
        assertThat(WorkerShare.options(1, 8, Map.of())).isEmpty();
    }

    @Test
    void dividesCpusAndThenMemory() {
        assertThat(WorkerShare.options(2, 8, Map.of())).containsExactly("-XX:ActiveProcessorCount=4");
        assertThat(WorkerShare.options(16, 8, Map.of()))
                .containsExactly("-XX:ActiveProcessorCount=1", "-XX:MaxRAMPercentage=4.688");
    }

    @Test
    void leavesToTheEnvironmentWhatItDecides() {
        var environment = Map.of("JAVA_TOOL_OPTIONS", "-XX:ActiveProcessorCount=3 -XX:MaxRAMPercentage=7");

        assertThat(WorkerShare.options(16, 8, environment)).isEmpty();
    }
}
