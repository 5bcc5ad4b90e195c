package dev.caisson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caisson.OutputLine.Source;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WorkerOutputTest {

    private static final WorkerInfo WORKER = new WorkerInfo(4711, "here", 3, Instant.EPOCH);

    private record Entry(Level level, String message, boolean hasParameters) {}

    private final List<Entry> log = new ArrayList<>();

    @Test
    void logsLinesWithTheWorkerAndTheTaskTheyComeFrom() {
        var output = WorkerOutput.to(logger());

        output.line(new OutputLine(WORKER, OptionalLong.of(918), Optional.of("parse a.pdf"), Source.OUT, "page {0}"));
        output.line(new OutputLine(WORKER, OptionalLong.of(919), Optional.empty(), Source.ERR, "'quoted'"));
        output.line(new OutputLine(WORKER, OptionalLong.empty(), Optional.empty(), Source.OUT, "ready"));

        assertThat(log)
                .containsExactly(
                        new Entry(Level.INFO, "[worker 3, pid 4711, task 918 'parse a.pdf'] page {0}", false),
                        new Entry(Level.INFO, "[worker 3, pid 4711, task 919] 'quoted'", false),
                        new Entry(Level.INFO, "[worker 3, pid 4711] ready", false));
    }

    @Test
    void logsEachStreamAtItsLevel() {
        var output = WorkerOutput.to(logger(), Level.DEBUG, Level.WARNING);

        output.line(new OutputLine(WORKER, OptionalLong.empty(), Optional.empty(), Source.OUT, "out"));
        output.line(new OutputLine(WORKER, OptionalLong.empty(), Optional.empty(), Source.ERR, "err"));

        assertThat(log).extracting(Entry::level).containsExactly(Level.DEBUG, Level.WARNING);
    }

    private System.Logger logger() {
        return new System.Logger() {

            @Override
            public String getName() {
                return "workers";
            }

            @Override
            public boolean isLoggable(Level level) {
                return true;
            }

            @Override
            public void log(
                    Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable thrown) {
                throw new AssertionError("No throwable is logged");
            }

            @Override
            public void log(
                    Level level,
                    @Nullable ResourceBundle bundle,
                    @Nullable String text,
                    @Nullable Object @Nullable ... parameters) {
                log.add(new Entry(level, String.valueOf(text), parameters != null && parameters.length > 0));
            }
        };
    }
}
