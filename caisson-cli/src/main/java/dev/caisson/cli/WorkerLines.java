package dev.caisson.cli;

import dev.caisson.OutputLine;
import dev.caisson.WorkerOutput;
import java.util.concurrent.atomic.AtomicLong;

/// Takes what workers print. It never goes to standard output, for that is for results.
///
/// Thread-safe.
final class WorkerLines implements WorkerOutput {

    private final Progress progress;
    private final boolean shown;
    private final AtomicLong count = new AtomicLong();

    private WorkerLines(Progress progress, boolean shown) {
        this.progress = progress;
        this.shown = shown;
    }

    /// Shows the lines on standard error, without the control characters that hostile documents put there.
    static WorkerLines shown(Progress progress) {
        return new WorkerLines(progress, true);
    }

    /// Counts the lines and drops them.
    static WorkerLines counted(Progress progress) {
        return new WorkerLines(progress, false);
    }

    @Override
    public void line(OutputLine line) {
        count.incrementAndGet();
        if (shown) {
            progress.above(Printable.of(line.text()));
        }
    }

    /// How many lines there were.
    long count() {
        return count.get();
    }
}
