package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArgumentFileTest {

    @TempDir
    private Path folder;

    @Test
    void readsWhatItWrote() throws IOException {
        var arguments = List.of("-cp", "/with space/a\\b:\"quoted\"", "", "#no comment", "line\nfeed", "it's");

        var argument = ArgumentFile.write(folder, arguments);

        assertThat(ArgumentFile.expand(List.of(argument, "Main")))
                .containsExactly("-cp", "/with space/a\\b:\"quoted\"", "", "#no comment", "line\nfeed", "it's", "Main");
    }

    @Test
    void trustsNoFileThatIsThere() throws IOException {
        Files.writeString(folder.resolve(ArgumentFile.NAME), "-javaagent:somebody.jar");

        var argument = ArgumentFile.write(folder, List.of("a"));

        assertThat(ArgumentFile.expand(List.of(argument))).containsExactly("a");
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void readsTheLaunchersForm() {
        var content = "# options\n-cp a:b\n  --x='single \\\\ quotes' \"joined \\\n    line\"  # end\n-Xmx1g";

        assertThat(ArgumentFile.parse(content))
                .containsExactly("-cp", "a:b", "--x=single \\ quotes", "joined line", "-Xmx1g");
    }

    @Test
    void leavesWhatItCannotRead() {
        assertThat(ArgumentFile.expand(List.of("@" + folder.resolve("missing"), "@@kept", "-x")))
                .containsExactly("@" + folder.resolve("missing"), "@@kept", "-x");
    }
}
