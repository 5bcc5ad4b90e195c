package dev.caisson.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimWordTest {

    private static final int SEQUENCE = 77;

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "1048575, 5, 1048575", "12, 1048574, 1048575"})
    void keepsWhatItIsMadeOf(int sequence, int firstItem, int endItem) {
        var word = ClaimWord.offered(sequence, firstItem, endItem);

        assertThat(ClaimWord.sequence(word)).isEqualTo(sequence);
        assertThat(ClaimWord.state(word)).isEqualTo(ClaimState.OFFERED);
        assertThat(ClaimWord.item(word)).isEqualTo(firstItem);
        assertThat(ClaimWord.end(word)).isEqualTo(endItem);
    }

    @Test
    void walksThroughItsItems() {
        var word = ClaimWord.offered(SEQUENCE, 3, 5);

        for (var item = 3; item < 5; item++) {
            assertThat(ClaimWord.runningItem(word)).isEqualTo(-1);
            word = ClaimWord.begin(word, SEQUENCE, item);
            assertThat(ClaimWord.runningItem(word)).isEqualTo(item);
            word = ClaimWord.end(word, SEQUENCE, item);
        }

        assertThat(ClaimWord.state(word)).isEqualTo(ClaimState.FINISHED);
        assertThat(ClaimWord.firstNeverBegun(word)).isEqualTo(5);
    }

    @Test
    void refusesToBeginWhatIsOfAnotherUse() {
        var word = ClaimWord.offered(SEQUENCE, 0, 2);

        assertThat(ClaimWord.begin(word, SEQUENCE + 64, 0)).isEqualTo(word);
        assertThat(ClaimWord.begin(word, SEQUENCE, 1)).isEqualTo(word);
        assertThat(ClaimWord.end(word, SEQUENCE, 0)).isEqualTo(word);
        assertThat(ClaimWord.begin(0, 0, 0)).as("a free word").isZero();
    }

    @Test
    void takesBackAllWhenNothingHasBegun() {
        var word = ClaimWord.takeBack(ClaimWord.offered(SEQUENCE, 2, 9));

        assertThat(ClaimWord.state(word)).isEqualTo(ClaimState.TAKEN_BACK);
        assertThat(ClaimWord.firstNeverBegun(word)).isEqualTo(2);
        assertThat(ClaimWord.begin(word, SEQUENCE, 2)).isEqualTo(word);
    }

    @Test
    void endsRunningItemAsTheLastWhenRestWasTakenBack() {
        var begun = ClaimWord.begin(ClaimWord.offered(SEQUENCE, 2, 9), SEQUENCE, 2);
        var cut = ClaimWord.takeBack(begun);

        assertThat(ClaimWord.firstNeverBegun(cut)).isEqualTo(3);
        assertThat(ClaimWord.takeBack(cut)).as("again").isEqualTo(cut);
        var ended = ClaimWord.end(cut, SEQUENCE, 2);
        assertThat(ClaimWord.state(ended)).isEqualTo(ClaimState.FINISHED);
        assertThat(ClaimWord.begin(ended, SEQUENCE, 3)).isEqualTo(ended);
    }

    @Test
    void condemnsOnlyTheItemThatRuns() {
        var begun = ClaimWord.begin(ClaimWord.offered(SEQUENCE, 0, 2), SEQUENCE, 0);

        assertThat(ClaimWord.condemn(begun, 1)).isEqualTo(begun);
        var condemned = ClaimWord.condemn(begun, 0);
        assertThat(ClaimWord.end(condemned, SEQUENCE, 0)).isEqualTo(condemned);
        assertThat(ClaimWord.runningItem(condemned)).isZero();
        assertThat(ClaimWord.firstNeverBegun(condemned)).isEqualTo(1);
        var ended = ClaimWord.end(begun, SEQUENCE, 0);
        assertThat(ClaimWord.condemn(ended, 0)).isEqualTo(ended);
    }

    /// What happened to the items, as both sides believe it.
    private record World(
            long word,
            int workerAt,
            boolean running,
            boolean stopped,
            Set<Integer> published,
            int neverFrom,
            int condemned) {}

    /// Every order in which a worker runs three items while the parent takes back and condemns: worker and parent
    /// always agree on what can't begin, and on what is not published.
    @Test
    @Tag("H08")
    void agreesInEveryOrderOfSteps() {
        var open = new ArrayList<World>();
        open.add(new World(ClaimWord.offered(SEQUENCE, 0, 3), 0, false, false, Set.of(), Integer.MAX_VALUE, -1));
        var seen = new HashSet<World>();
        while (!open.isEmpty()) {
            var world = open.removeLast();
            if (seen.add(world)) {
                check(world);
                open.add(workerSteps(world));
                open.add(parentTakesBack(world));
                IntStream.range(0, 3).forEach(item -> open.add(parentCondemns(world, item)));
            }
        }
        assertThat(seen).hasSizeGreaterThan(20);
    }

    private static World workerSteps(World world) {
        if (world.stopped || world.workerAt == 3) {
            return world;
        }
        if (!world.running) {
            var begun = ClaimWord.begin(world.word, SEQUENCE, world.workerAt);
            var refused = begun == world.word;
            return new World(
                    begun, world.workerAt, !refused, refused, world.published, world.neverFrom, world.condemned);
        }
        var ended = ClaimWord.end(world.word, SEQUENCE, world.workerAt);
        if (ended == world.word) {
            return new World(world.word, world.workerAt, true, true, world.published, world.neverFrom, world.condemned);
        }
        var published = new HashSet<>(world.published);
        published.add(world.workerAt);
        return new World(ended, world.workerAt + 1, false, false, published, world.neverFrom, world.condemned);
    }

    private static World parentTakesBack(World world) {
        var taken = ClaimWord.takeBack(world.word);
        var from = ClaimWord.firstNeverBegun(taken);
        return new World(
                taken,
                world.workerAt,
                world.running,
                world.stopped,
                world.published,
                Math.min(world.neverFrom, from),
                world.condemned);
    }

    private static World parentCondemns(World world, int item) {
        var condemned = ClaimWord.condemn(world.word, item);
        return condemned == world.word
                ? world
                : new World(
                        condemned,
                        world.workerAt,
                        world.running,
                        world.stopped,
                        world.published,
                        world.neverFrom,
                        item);
    }

    private static void check(World world) {
        List<Integer> begun = new ArrayList<>(world.published);
        if (world.running) {
            begun.add(world.workerAt);
        }
        assertThat(begun).as("%s", world).allMatch(item -> item < world.neverFrom);
        assertThat(world.published).as("%s", world).doesNotContain(world.condemned);
    }
}
