package dev.caisson.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caisson.ItemOutcome;
import dev.caisson.Outcome;
import dev.caisson.ProcessPool;
import dev.caisson.TaskContext;
import dev.caisson.TaskOptions;
import dev.caisson.WorkerExitedException;
import dev.caisson.testing.Pools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkDeathTest {

    private static final List<Integer> TEN = IntStream.range(0, 10).boxed().toList();

    private static ProcessPool pool;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open(Pools pools) {
        pool = pools.open(1);
    }

    @Test
    @Tag("J17")
    void losesOnlyTheDeadlyItemOfAChunk() {
        var outcomes = pool.batch(TEN)
                .chunkSize(10)
                .map(ChunkDeathTest::haltAtFour)
                .outcomes()
                .toList();

        for (int item : TEN) {
            if (item != 4) {
                assertThat(outcomes.get(item)).isEqualTo(new Outcome.Success<>(item));
            }
        }
        assertThatThrownBy(() -> outcomes.get(4).orElseThrow()).hasCauseInstanceOf(WorkerExitedException.class);
    }

    private static int haltAtFour(int number) {
        if (number == 4) {
            Runtime.getRuntime().halt(0);
        }
        return number;
    }

    @Test
    void knowsItsItemsByOneNumberThoughTheyAreSentInParts() throws Exception {
        var numbers = pool.batch(TEN)
                .chunkSize(10)
                .options(TaskOptions.DEFAULT.withRetries(1))
                .map(number -> {
                    if (TaskContext.current().attempt() == 1) {
                        haltAtFour(number);
                    }
                    return TaskContext.current().taskId();
                })
                .toList();

        assertThat(numbers).hasSize(10);
        assertThat(Set.copyOf(numbers)).hasSize(1);
    }

    @Test
    void runsNoItemTwice() throws Exception {
        var runs = folder.resolve("runs").toString();

        var run = pool.batch(TEN).chunkSize(5).map(number -> {
            Deeds.note(runs, number);
            return haltAtFour(number);
        });

        assertThat(run.outcomes().filter(Outcome::isSuccess)).hasSize(9);
        assertThat(Files.readAllLines(Path.of(runs)))
                .containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @Test
    void runsOnlyTheDeadlyItemAgainWhereRetriesAreAllowed() {
        var run = pool.batch(TEN)
                .chunkSize(10)
                .options(TaskOptions.DEFAULT.withRetries(1))
                .map(ChunkDeathTest::haltAtFour);

        assertThat(run.items().map(ItemOutcome::attempts)).containsExactly(1, 1, 1, 1, 2, 1, 1, 1, 1, 1);
    }

    @Test
    @Tag("J16")
    void failsAListWithTheDeath() {
        assertThatThrownBy(() -> pool.batch(TEN)
                        .chunkSize(3)
                        .map(ChunkDeathTest::haltAtFour)
                        .toList())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(WorkerExitedException.class)
                .hasMessageContaining("item 1 of task");
    }
}
