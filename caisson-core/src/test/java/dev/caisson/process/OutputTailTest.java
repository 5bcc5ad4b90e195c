package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OutputTailTest {

    private final OutputTail tail = new OutputTail();

    @Test
    void keepsTheLastLinesInOrder() {
        IntStream.rangeClosed(1, OutputTail.LINES + 5).forEach(number -> tail.add("line " + number));

        assertThat(tail.lines()).hasSize(OutputTail.LINES).startsWith("line 6").endsWith("line 25");
    }

    @Test
    void cutsLongLines() {
        tail.add("x".repeat(OutputTail.LINE_CHARACTERS + 1));

        assertThat(tail.lines()).containsExactly("x".repeat(OutputTail.LINE_CHARACTERS) + " …");
    }

    @Test
    void keepsOfTheBannerOfACrashOnlyTheReason() {
        tail.add("# a comment of the program");
        tail.add("#");
        tail.add("# A fatal error has been detected by the Java Runtime Environment:");
        tail.add("#");
        tail.add("#  SIGSEGV (0xb) at pc=0x00007fa501e364ad, pid=9241, tid=9242");
        tail.add("# JRE version: 25");
        tail.add("a line of another thread");

        assertThat(tail.lines())
                .containsExactly(
                        "# a comment of the program",
                        "# A fatal error has been detected by the Java Runtime Environment:",
                        "#  SIGSEGV (0xb) at pc=0x00007fa501e364ad, pid=9241, tid=9242",
                        "a line of another thread");
    }
}
