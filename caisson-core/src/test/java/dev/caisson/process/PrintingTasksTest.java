package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.ByteSize;
import dev.caisson.OutputLine;
import dev.caisson.OutputLine.Source;
import dev.caisson.WorkerInfo;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class PrintingTasksTest {

    private static final WorkerInfo WORKER = new WorkerInfo(4711, "here", 3, Instant.EPOCH);
    private static final ByteSize LIMIT = new ByteSize(1000);

    private final PrintingTasks tasks = new PrintingTasks();

    @Test
    void isCompleteWhenBothStreamsHaveEnded() {
        var output = tasks.capture(7, LIMIT);
        print(7, Source.OUT, "text");
        tasks.ended(7, Source.OUT);
        assertThat(output.complete()).isNotDone();

        tasks.ended(7, Source.ERR);

        assertThat(output.complete()).isDone();
        assertThat(output.output().text()).isEqualTo("text\n");
    }

    @Test
    void keepsTwoRunsOfATaskApartThoughTheSecondIsSentBeforeAllOfTheFirstWasRead() {
        var first = tasks.capture(7, LIMIT);
        var second = tasks.capture(7, LIMIT);

        print(7, Source.OUT, "first out");
        tasks.ended(7, Source.OUT);
        print(7, Source.OUT, "second out");
        print(7, Source.ERR, "first err");
        tasks.ended(7, Source.ERR);

        assertThat(first.complete()).isDone();
        assertThat(second.complete()).isNotDone();
        assertThat(first.output().text()).isEqualTo("first out\nfirst err\n");
        assertThat(second.output().text()).isEqualTo("second out\n");
    }

    @Test
    void givesNothingToARunThatWasTakenBack() {
        var withdrawn = tasks.capture(7, LIMIT);
        tasks.takenBack(7, 0);
        var next = tasks.capture(7, LIMIT);

        print(7, Source.OUT, "text");

        assertThat(withdrawn.output().lines()).isEmpty();
        assertThat(next.output().lines()).hasSize(1);
    }

    @Test
    void completesAllWhenTheWorkerIsGone() {
        var output = tasks.capture(7, LIMIT);
        tasks.ended(7, Source.OUT);

        tasks.end();

        assertThat(output.complete()).isDone();
    }

    @Test
    void forgetsLabelsOfLongAgo() {
        for (long task = 1; task <= 1001; task++) {
            tasks.label(task, "label " + task);
        }

        assertThat(tasks.label(1)).isEmpty();
        assertThat(tasks.label(1001)).hasValue("label 1001");
    }

    private void print(long task, Source source, String text) {
        tasks.add(new OutputLine(WORKER, OptionalLong.of(task), Optional.empty(), source, text));
    }
}
