package dev.caisson.process;

import dev.caisson.ByteSize;
import dev.caisson.OutputLine;
import dev.caisson.OutputLine.Source;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tasks sent to one worker whose lines are more than lines of a number: they have a label, or are kept.
/// Thread-safe.
///
/// A task may be sent twice, to be run again, before all that its first run printed was read. So captures of one task
/// are in the order of its runs, and each run ends each stream once.
public final class PrintingTasks {

    /// The output of a task is read soon after it was printed: a pipe holds little.
    private static final int MOST_LABELS = 1_000;

    private record Capture(long task, OutputCapture output) {}

    // Guarded by this.
    private final Map<Long, String> labels = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > MOST_LABELS;
        }
    };
    private final List<Capture> captures = new ArrayList<>();

    /// Names a task in the lines that it prints. Called before it is sent.
    ///
    /// @param task its number
    /// @param label for people to read; null for none
    public void label(long task, @Nullable String label) {
        if (label != null) {
            synchronized (this) {
                labels.put(task, label);
            }
        }
    }

    synchronized Optional<String> label(long task) {
        return labels.isEmpty() ? Optional.empty() : Optional.ofNullable(labels.get(task));
    }

    /// Keeps the output of the next run of a task, whose begin and end are marked on both streams. Called before it is
    /// sent.
    ///
    /// @param task its number
    /// @param limit how much of it, in characters
    /// @return gets the lines
    public OutputCapture capture(long task, ByteSize limit) {
        var output = new OutputCapture(limit);
        synchronized (this) {
            captures.add(new Capture(task, output));
        }
        return output;
    }

    /// Items of a task that was sent will not begin.
    ///
    /// @param task its number
    /// @param firstItem the first of them
    public synchronized void takenBack(long task, int firstItem) {
        if (firstItem != 0) {
            return;
        }
        for (int index = captures.size() - 1; index >= 0; index--) {
            if (captures.get(index).task() == task) {
                captures.remove(index);
                return;
            }
        }
    }

    void add(OutputLine line) {
        if (line.taskId().isPresent()) {
            var output = find(line.taskId().getAsLong(), line.source());
            if (output != null) {
                output.add(line);
            }
        }
    }

    void ended(long task, Source source) {
        var output = find(task, source);
        if (output != null) {
            output.end(source);
        }
    }

    /// Nothing more will be printed.
    void end() {
        List<Capture> left;
        synchronized (this) {
            left = List.copyOf(captures);
            captures.clear();
        }
        for (var capture : left) {
            capture.output().end(Source.OUT);
            capture.output().end(Source.ERR);
        }
    }

    private synchronized @Nullable OutputCapture find(long task, Source source) {
        for (Iterator<Capture> left = captures.iterator(); left.hasNext(); ) {
            var capture = left.next();
            if (capture.output().complete().isDone()) {
                left.remove();
            } else if (capture.task() == task && capture.output().isOpen(source)) {
                return capture.output();
            }
        }
        return null;
    }
}
