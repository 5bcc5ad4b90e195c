package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.ByteSize;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LineSplitterTest {

    private static final int LIMIT = 8 * 1024;
    private static final String CUT = " … (cut: the line is longer than the limit of 8k)";

    private record Line(long task, String text) {}

    private final List<Line> lines = new ArrayList<>();
    private final LineSplitter splitter =
            new LineSplitter((task, text) -> lines.add(new Line(task, text)), new ByteSize(LIMIT));

    @Test
    void cutsAtLineFeeds() {
        accept("one\ntwo\r\n\nfour\n");

        assertThat(lines).containsExactly(line("one"), line("two"), line(""), line("four"));
    }

    @Test
    void handsOnWhatHasNoLineFeedAtTheEnd() {
        accept("one\ntw");
        accept("o");
        splitter.end();

        assertThat(lines).containsExactly(line("one"), line("two"));
    }

    @Test
    void makesNoLineOfNothing() {
        splitter.end();

        assertThat(lines).isEmpty();
    }

    @Test
    void tagsLinesWithTheTaskOfTheMarkBefore() {
        accept("start\n" + mark(7) + "seven\nseven too\n" + mark(0) + "nobody\n");

        assertThat(lines)
                .containsExactly(line("start"), new Line(7, "seven"), new Line(7, "seven too"), line("nobody"));
    }

    @Test
    void endsALineWhereAnotherTaskBegins() {
        accept(mark(7) + "no line feed" + mark(8) + "eight\n");

        assertThat(lines).containsExactly(new Line(7, "no line feed"), new Line(8, "eight"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[31mred\u001b[0m",
                "\u001b_other;7\u001b\\",
                "\u001b_caisson;\u001b\\",
                "\u001b_caisson;x\u001b\\",
                "\u001b_caisson;7\u001b]",
                "\u001b_caisson;1234567890123456789\u001b\\",
                "\u001b\u001b\u001b",
                "\u001b_caisson;7"
            })
    void leavesAloneWhatOnlyLooksLikeAMark(String text) {
        accept(text + "\n");
        accept(text);
        splitter.end();

        assertThat(lines).containsExactly(line(text), line(text));
    }

    @Test
    void findsAMarkRightBehindWhatLooksLikeOne() {
        accept("a\u001b_cais" + mark(7) + "b\n");

        assertThat(lines).containsExactly(line("a\u001b_cais"), new Line(7, "b"));
    }

    @Test
    void cutsALongLineOnceAndGoesOnWithTheNext() {
        accept("x".repeat(3 * LIMIT) + "\nnext\n");

        assertThat(lines).containsExactly(line("x".repeat(LIMIT) + CUT), line("next"));
    }

    @Test
    void leavesALineOfTheLimitWhole() {
        accept("x".repeat(LIMIT) + "\n");

        assertThat(lines).containsExactly(line("x".repeat(LIMIT)));
    }

    @Test
    void cutsNoCharacterInTwo() {
        accept("x".repeat(LIMIT - 2) + "€" + "\n");

        assertThat(lines).containsExactly(line("x".repeat(LIMIT - 2) + CUT));
    }

    @Test
    void endsTheCutAtAMark() {
        accept("x".repeat(LIMIT + 1) + mark(7) + "seven\n");

        assertThat(lines).last().isEqualTo(new Line(7, "seven"));
    }

    @Test
    void replacesWhatIsNoText() {
        splitter.accept(new byte[] {'a', (byte) 0xff, (byte) 0xc3, 'b', '\n'}, 5);

        assertThat(lines).containsExactly(line("a\ufffd\ufffdb"));
    }

    @Test
    void readsTheSameInPiecesOfAnySize() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var round = 0; round < 200; round++) {
            var bytes = noise(random);
            var whole = split(bytes, bytes.length);

            var pieces = split(bytes, 1 + random.nextInt(20));

            assertThat(pieces).as("seed %d, round %d", seed, round).isEqualTo(whole);
        }
    }

    private static byte[] noise(Random random) {
        var bytes = new ByteArrayOutputStream();
        for (var part = 0; part < 30; part++) {
            switch (random.nextInt(5)) {
                case 0 -> bytes.writeBytes(bytes(mark(random.nextInt(3))));
                case 1 -> bytes.write('\n');
                case 2 -> bytes.writeBytes(Arrays.copyOf(bytes(mark(3)), random.nextInt(12)));
                case 3 -> bytes.writeBytes(bytes("x".repeat(random.nextInt(LIMIT))));
                default -> bytes.write(random.nextInt(256));
            }
        }
        return bytes.toByteArray();
    }

    private static List<Line> split(byte[] bytes, int piece) {
        var lines = new ArrayList<Line>();
        var splitter = new LineSplitter((task, text) -> lines.add(new Line(task, text)), new ByteSize(LIMIT));
        for (var from = 0; from < bytes.length; from += piece) {
            var part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
            splitter.accept(part, part.length);
        }
        splitter.end();
        return lines;
    }

    private void accept(String text) {
        splitter.accept(bytes(text), bytes(text).length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String mark(long task) {
        return "\u001b_caisson;" + task + "\u001b\\";
    }

    private static Line line(String text) {
        return new Line(0, text);
    }
}
