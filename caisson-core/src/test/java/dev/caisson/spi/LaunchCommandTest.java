package dev.caisson.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LaunchCommandTest {

    @Test
    void needsAProgram() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LaunchCommand(List.of(), Map.of(), Path.of("/")))
                .withMessageContaining("program");
    }

    @Test
    void keepsItsOwnCopies() {
        var line = new ArrayList<>(List.of("java"));
        var environment = new HashMap<>(Map.of("NAME", "value"));
        var command = new LaunchCommand(line, environment, Path.of("here"));
        line.clear();
        environment.clear();

        assertThat(command.command()).containsExactly("java");
        assertThat(command.environment()).containsExactly(Map.entry("NAME", "value"));
        assertThat(command.workingDirectory()).isAbsolute();
    }
}
