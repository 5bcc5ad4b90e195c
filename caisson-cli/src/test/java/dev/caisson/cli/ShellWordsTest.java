package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {

    @Test
    void splitsAsAShellDoes() {
        assertThat(ShellWords.split("  nice -n 10 ")).containsExactly("nice", "-n", "10");
        assertThat(ShellWords.split("'a b' \"c 'd'\" e\\ f ''")).containsExactly("a b", "c 'd'", "e f", "");
    }

    @Test
    void refusesAnOpenQuoteAndNothingAtAll() {
        assertThatThrownBy(() -> ShellWords.split("nice 'n"))
                .isInstanceOf(WrongUsage.class)
                .hasMessageContaining("never closed");
        assertThatThrownBy(() -> ShellWords.split("  "))
                .isInstanceOf(WrongUsage.class)
                .hasMessageContaining("no command");
    }

    @Test
    void saysThatThereIsNoSuchProgram() {
        ShellWords.requireCommand("--prefix", List.of("nice"));

        assertThatThrownBy(() -> ShellWords.requireCommand("--prefix", List.of("no-such-program", "-x")))
                .isInstanceOf(WrongUsage.class)
                .hasMessageContaining("--prefix names the command no-such-program")
                .hasMessageContaining("on the PATH");
    }
}
