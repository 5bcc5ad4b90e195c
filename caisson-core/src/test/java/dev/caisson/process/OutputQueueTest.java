package dev.caisson.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.OutputLine;
import dev.caisson.OutputLine.Source;
import dev.caisson.WorkerInfo;
import dev.caisson.WorkerOutput;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OutputQueueTest {

    private static final WorkerInfo WORKER = new WorkerInfo(4711, "here", 3, Instant.EPOCH);

    /// Held, or it and its filter may be collected.
    private static final Logger LOGGER = Logger.getLogger(OutputQueue.class.getName());

    private final ArrayDeque<Runnable> executor = new ArrayDeque<>();
    private final List<OutputLine> seen = new ArrayList<>();
    private final OutputQueue queue = queue(seen::add);

    @AfterEach
    void logAgain() {
        LOGGER.setFilter(null);
    }

    @Test
    void handsOnLinesInOrderWithWhoPrintedThem() {
        queue.add(line(Source.OUT, 7, "one"));
        queue.add(line(Source.ERR, 0, "two"));
        runExecutor();

        assertThat(seen).extracting(OutputLine::text).containsExactly("one", "two");
        assertThat(seen).extracting(OutputLine::source).containsExactly(Source.OUT, Source.ERR);
        assertThat(seen).extracting(OutputLine::worker).containsOnly(WORKER);
        assertThat(seen.getFirst().taskId()).hasValue(7);
        assertThat(seen.getLast().taskId()).isEmpty();
    }

    @Test
    void asksTheExecutorOnceForAllThatIsThere() {
        queue.add(line(Source.OUT, 0, "one"));
        queue.add(line(Source.OUT, 0, "two"));

        assertThat(executor).hasSize(1);
    }

    @Test
    void dropsTheOlderHalfAndTellsHowManyLines() {
        for (var number = 1; number <= OutputQueue.MAX_LINES + 1; number++) {
            queue.add(line(Source.ERR, 7, "line " + number));
        }
        runExecutor();

        int dropped = OutputQueue.MAX_LINES / 2 + 1;
        assertThat(seen).hasSize(OutputQueue.MAX_LINES / 2 + 1);
        assertThat(seen.getFirst().text())
                .isEqualTo("… " + dropped + " lines of output dropped: the consumer was too slow");
        assertThat(seen.getFirst().taskId()).isEmpty();
        assertThat(seen.get(1).text()).isEqualTo("line " + (dropped + 1));
    }

    @Test
    void tellsOnceOfEachGap() {
        fill();
        fill();
        fill();
        runExecutor();

        assertThat(seen).filteredOn(line -> line.text().startsWith("… ")).hasSize(1);
    }

    private void fill() {
        for (var number = 0; number < OutputQueue.MAX_LINES; number++) {
            queue.add(line(Source.OUT, 0, "line"));
        }
    }

    @Test
    void isBoundedInCharactersToo() {
        var text = "x".repeat((int) WorkerOutput.discard().lineLimit().bytes());
        for (var number = 0; number < 5; number++) {
            queue.add(line(Source.OUT, 0, text));
        }
        runExecutor();

        assertThat(seen.getFirst().text()).isEqualTo("… 3 lines of output dropped: the consumer was too slow");
        assertThat(seen).hasSize(3);
    }

    @Test
    void keepsALineThatIsLongerThanTheBound() {
        var tiny = queue(((WorkerOutput) seen::add).withLineLimit("1"));
        var text = "x".repeat(2 * OutputQueue.MAX_CHARACTERS);
        tiny.add(line(Source.OUT, 0, text));
        runExecutor();

        assertThat(seen).extracting(OutputLine::text).containsExactly(text);
    }

    @Test
    void goesOnAfterTheConsumerThrewAndWarnsOnce() {
        var warnings = new ArrayList<LogRecord>();
        LOGGER.setFilter(entry -> {
            warnings.add(entry);
            return false;
        });
        var texts = new ArrayList<String>();
        var throwing = queue(line -> {
            texts.add(line.text());
            throw new AssertionError("planted: consumer fails");
        });

        throwing.add(line(Source.OUT, 0, "one"));
        throwing.add(line(Source.OUT, 0, "two"));
        throwing.end();
        runExecutor();

        assertThat(texts).containsExactly("one", "two");
        assertThat(warnings).hasSize(1);
        assertThat(throwing.delivered()).isCompleted();
    }

    @Test
    void isDeliveredOnlyWhenAllWasSeen() {
        queue.add(line(Source.OUT, 0, "one"));
        queue.end();
        assertThat(queue.delivered()).isNotDone();

        runExecutor();

        assertThat(queue.delivered()).isCompleted();
    }

    @Test
    void isDeliveredAtOnceWhenThereWasNothing() {
        queue.end();

        assertThat(queue.delivered()).isCompleted();
    }

    @Test
    void forgetsLinesThatTheExecutorRejects() {
        var rejecting = new OutputQueue(
                seen::add,
                task -> {
                    throw new RejectedExecutionException("planted: executor is shut down");
                },
                () -> WORKER);

        rejecting.add(line(Source.OUT, 0, "one"));
        rejecting.end();

        assertThat(seen).isEmpty();
        assertThat(rejecting.delivered()).isCompleted();
    }

    private static OutputLine line(Source source, long task, String text) {
        var id = task == 0 ? OptionalLong.empty() : OptionalLong.of(task);
        return new OutputLine(WORKER, id, Optional.empty(), source, text);
    }

    private OutputQueue queue(WorkerOutput consumer) {
        return new OutputQueue(consumer, executor::add, () -> WORKER);
    }

    private void runExecutor() {
        while (!executor.isEmpty()) {
            executor.remove().run();
        }
    }
}
