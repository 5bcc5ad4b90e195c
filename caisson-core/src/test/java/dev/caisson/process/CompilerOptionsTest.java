package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.Compilation;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompilerOptionsTest {

    @Test
    void leavesTheJvmItsOwnChoiceOnlyAtItsPeak() {
        assertThat(CompilerOptions.of(Compilation.PEAK, Map.of())).isEmpty();
        assertThat(CompilerOptions.of(Compilation.QUICK, Map.of())).containsExactly("-XX:TieredStopAtLevel=1");
        assertThat(CompilerOptions.of(Compilation.ADAPTIVE, Map.of()))
                .isNotEmpty()
                .allMatch(option -> option.startsWith("-XX:Tier4"));
    }

    @Test
    void leavesToTheEnvironmentWhatThatDecides() {
        assertThat(CompilerOptions.of(
                        Compilation.ADAPTIVE, Map.of("JAVA_TOOL_OPTIONS", "-Xmx1g -XX:TieredStopAtLevel=2")))
                .isEmpty();
    }
}
