package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    @Test
    void readsLinesWhateverEndsThem() throws IOException {
        assertThat(lines("a\n\nb\r\nc")).containsExactly("a", "", "b", "c");
        assertThat(lines("a\n")).containsExactly("a");
        assertThat(lines("")).isEmpty();
    }

    @Test
    void readsLinesLongerThanItsBuffer() throws IOException {
        var line = "ä".repeat(100_000);

        assertThat(lines(line + "\n" + line)).containsExactly(line, line);
    }

    @Test
    void tellsWhetherTheLastLineWasWhole() throws IOException {
        var reader = reader("a\nb");

        reader.next();
        assertThat(reader.lastHadItsEnd()).isTrue();
        reader.next();
        assertThat(reader.lastHadItsEnd()).isFalse();
    }

    @Test
    void refusesALineBeyondItsBound() {
        assertThatIOException()
                .isThrownBy(() -> lines("short\n" + "x".repeat(2_000_000)))
                .withMessageContaining("line 2 is longer than 1048576 bytes");
    }

    @Test
    void leavesOutAByteOrderMark() throws IOException {
        assertThat(lines("\uFEFFa")).containsExactly("a");
    }

    private static List<String> lines(String text) throws IOException {
        var reader = reader(text);
        var lines = new ArrayList<String>();
        for (var line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        return lines;
    }

    private static LineReader reader(String text) {
        return new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 1 << 20);
    }
}
