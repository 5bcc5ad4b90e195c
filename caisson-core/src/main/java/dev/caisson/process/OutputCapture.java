package dev.caisson.process;

import dev.caisson.ByteSize;
import dev.caisson.OutputLine;
import dev.caisson.OutputLine.Source;
import dev.caisson.TaskOutput;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Keeps the last lines of one run of a task, up to a number of characters, ends of lines included. Thread-safe.
public final class OutputCapture {

    private static final String CUT = " … (cut: longer than the limit of withOutput)";

    /// A line costs memory even if it is empty.
    private static final int MOST_LINES = 10_000;

    private final long limit;
    private final CompletableFuture<Void> complete = new CompletableFuture<>();

    // Guarded by this.
    private final ArrayDeque<OutputLine> lines = new ArrayDeque<>();
    private final Set<Source> open = EnumSet.allOf(Source.class);
    private long characters;
    private long dropped;

    OutputCapture(ByteSize limit) {
        this.limit = limit.bytes();
    }

    /// What was printed so far.
    ///
    /// @return a copy
    public synchronized TaskOutput output() {
        return new TaskOutput(List.copyOf(lines), dropped);
    }

    /// Completes when the task has ended and all that it printed was read, or its worker is gone.
    ///
    /// @return completes normally
    public CompletableFuture<Void> complete() {
        return complete;
    }

    synchronized boolean isOpen(Source source) {
        return open.contains(source);
    }

    synchronized void add(OutputLine line) {
        var kept = line.text().length() <= limit ? line : cut(line);
        lines.addLast(kept);
        characters += kept.text().length() + 1;
        while (lines.size() > MOST_LINES || (lines.size() > 1 && characters > limit)) {
            characters -= lines.removeFirst().text().length() + 1;
            dropped++;
        }
    }

    private OutputLine cut(OutputLine line) {
        var text = line.text().substring(0, (int) limit) + CUT;
        return new OutputLine(line.worker(), line.taskId(), line.label(), line.source(), text);
    }

    /// The task prints no more on that stream.
    void end(Source source) {
        synchronized (this) {
            open.remove(source);
            if (!open.isEmpty()) {
                return;
            }
        }
        complete.complete(null);
    }
}
