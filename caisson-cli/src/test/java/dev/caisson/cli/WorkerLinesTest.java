package dev.caisson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.OutputLine;
import dev.caisson.WorkerInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WorkerLinesTest {

    private final List<String> taken = new ArrayList<>();

    @Test
    void passesOnSomeLinesOfEachInputAndTellsHowManyMoreThereWere() {
        var lines = new WorkerLines(taken::add, 2);

        print(lines, 0, 1, 3002);
        print(lines, 1, 2, 2);
        print(lines, 0, 3, 3);
        lines.finish();

        assertThat(taken)
                .containsExactly(
                        "[worker 0, pid 100] line 0",
                        "[worker 0, pid 100] line 1",
                        "[worker 1, pid 101] line 0",
                        "[worker 1, pid 101] line 1",
                        "[worker 0, pid 100] … 3,000 lines more",
                        "[worker 0, pid 100] line 0",
                        "[worker 0, pid 100] line 1",
                        "[worker 0, pid 100] … 1 line more");
        assertThat(lines.count()).isEqualTo(3007);
    }

    @Test
    void countsWhatItDrops() {
        var lines = WorkerLines.counted();

        print(lines, 0, 1, 5);

        assertThat(lines.count()).isEqualTo(5);
    }

    private static void print(WorkerLines lines, int slot, long task, int count) {
        var worker = new WorkerInfo(100L + slot, "host", slot, Instant.EPOCH);
        for (var i = 0; i < count; i++) {
            lines.line(new OutputLine(
                    worker, OptionalLong.of(task), Optional.empty(), OutputLine.Source.OUT, "line " + i));
        }
    }
}
