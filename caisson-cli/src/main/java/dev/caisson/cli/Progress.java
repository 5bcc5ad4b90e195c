package dev.caisson.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.jspecify.annotations.Nullable;

/// The line that tells people how far a run is, and the lines that are printed above it.
///
/// Thread-safe: workers' output and results come from several threads, the bar is drawn by one of its own.
final class Progress implements AutoCloseable {

    private static final int MILLIS_BETWEEN_DRAWINGS = 200;
    private static final int USUAL_COLUMNS = 80;
    private static final String TO_LINE_START = "\r";
    private static final String CLEAR_TO_LINE_END = "\u001B[K";

    private final PrintStream err;
    private final String name;
    private final OptionalLong size;
    private final boolean visible;
    private final Object screen = new Object();

    // Only the thread of the run touches these; what is skipped while it goes on is told by the one that reads inputs.
    private @Nullable ProgressBar bar;
    private long skipped;
    private long notOk;
    private boolean finished;

    // Guarded by screen: whether the bar stands in the terminal's last line.
    private boolean drawn;

    private Progress(PrintStream err, String name, OptionalLong size, boolean visible) {
        this.err = err;
        this.name = name;
        this.size = size;
        this.visible = visible;
    }

    /// A bar, if standard error is a terminal and one is wanted.
    static Progress of(Streams streams, String name, OptionalLong size, boolean wanted) {
        var visible = wanted && streams.errIsTerminal() && !"dumb".equals(System.getenv("TERM"));
        return new Progress(streams.err(), name, size, visible);
    }

    /// Draws the bar from now on, since there is something to be done.
    void begin() {
        bar = visible ? bar() : null;
    }

    /// Counts an input that has ended.
    void ended(Account account) {
        if (bar == null) {
            return;
        }
        if (account.status() != Status.OK) {
            notOk++;
            bar.setExtraMessage(notOk + " not ok");
        }
        bar.step();
    }

    /// Counts an input that needs not be run.
    void skipped() {
        skipped++;
        if (bar != null && bar.getMax() > 0) {
            bar.maxHint(bar.getMax() - 1);
        }
    }

    /// Prints a line for people, above the bar.
    void above(String line) {
        aside(() -> err.println(line));
    }

    /// Does something that prints to the terminal, without the bar in its way.
    void aside(Runnable printing) {
        synchronized (screen) {
            if (drawn) {
                err.print(TO_LINE_START + CLEAR_TO_LINE_END);
                err.flush();
                drawn = false;
            }
            printing.run();
        }
    }

    /// Draws the bar a last time; it stays. What is printed afterwards comes below it.
    void finish() {
        if (bar != null && !finished) {
            finished = true;
            bar.close();
        }
    }

    @Override
    public void close() {
        finish();
    }

    private ProgressBar bar() {
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(size.isPresent() ? size.getAsLong() - skipped : -1)
                .setRenderer((state, columns) -> BarText.of(state).in(columns))
                .setUpdateIntervalMillis(MILLIS_BETWEEN_DRAWINGS)
                .setConsumer(new LastLine(columns()))
                .build();
    }

    /// Width of the terminal, asked of the system's own tool.
    static int columns() {
        try {
            var process = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var answer = process.inputReader()) {
                var rowsAndColumns = answer.readLine();
                if (process.waitFor(1, TimeUnit.SECONDS) && rowsAndColumns != null) {
                    var columns = Integer.parseInt(rowsAndColumns.substring(rowsAndColumns.indexOf(' ') + 1));
                    return columns > 0 ? columns : USUAL_COLUMNS;
                }
            }
        } catch (IOException | NumberFormatException e) {
            return USUAL_COLUMNS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return USUAL_COLUMNS;
    }

    private final class LastLine implements ProgressBarConsumer {

        private final int columns;

        LastLine(int columns) {
            this.columns = columns;
        }

        @Override
        public int getMaxRenderedLength() {
            return columns - 1;
        }

        @Override
        public void accept(String rendered) {
            synchronized (screen) {
                err.print(TO_LINE_START + rendered + CLEAR_TO_LINE_END);
                err.flush();
                drawn = true;
            }
        }

        @Override
        public void close() {
            synchronized (screen) {
                err.println();
                drawn = false;
            }
        }
    }
}
