package dev.caisson.process;

import dev.caisson.OutputLine;
import dev.caisson.WorkerInfo;
import dev.caisson.WorkerOutput;
import dev.caisson.memory.Remark;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What one worker printed and the consumer has not seen yet.
///
/// Bounded, so that a slow consumer blocks neither the worker nor the threads that read: the older half of the lines
/// goes at once, so that gaps are few, and a line in their place tells how many. Thread-safe; the consumer runs on the
/// executor, never under the lock, and never twice at a time.
final class OutputQueue {

    static final int MAX_LINES = 10_000;
    /// Or more, if single lines may be so long.
    static final int MAX_CHARACTERS = 1024 * 1024;

    private static final int LONGEST_LINES = 4;

    private final WorkerOutput consumer;
    private final Executor executor;
    private final Supplier<WorkerInfo> worker;
    private final long maxCharacters;
    private final CompletableFuture<Void> delivered = new CompletableFuture<>();

    // Guarded by this.
    private final ArrayDeque<OutputLine> lines = new ArrayDeque<>();
    private long characters;
    private long dropped;
    /// True from when the executor is asked until it found nothing more to do.
    private boolean draining;
    private boolean ended;

    /// Touched by the drain only.
    private boolean warned;

    OutputQueue(WorkerOutput consumer, Executor executor, Supplier<WorkerInfo> worker) {
        this.consumer = consumer;
        this.executor = executor;
        this.worker = worker;
        this.maxCharacters =
                Math.max(MAX_CHARACTERS, LONGEST_LINES * consumer.lineLimit().bytes());
    }

    /// Completes when [#end()] was called and the consumer has been given all lines.
    CompletableFuture<Void> delivered() {
        return delivered;
    }

    void add(OutputLine line) {
        synchronized (this) {
            lines.addLast(line);
            characters += line.text().length();
            if (lines.size() > MAX_LINES || characters > maxCharacters) {
                dropOlderHalf();
            }
            if (draining) {
                return;
            }
            draining = true;
        }
        startDraining();
    }

    /// Called under this object's monitor. The newest line stays.
    private void dropOlderHalf() {
        while (lines.size() > 1 && (lines.size() > MAX_LINES / 2 || characters > maxCharacters / 2)) {
            characters -= lines.removeFirst().text().length();
            dropped++;
        }
    }

    /// There will be no more lines.
    void end() {
        synchronized (this) {
            ended = true;
            if (draining) {
                return;
            }
        }
        delivered.complete(null);
    }

    private void startDraining() {
        try {
            executor.execute(this::drain);
        } catch (RuntimeException | Error rejected) {
            forget();
            Remark.log(
                    OutputQueue.class,
                    Level.DEBUG,
                    "The callback executor takes no more of workers' output: dropped",
                    rejected);
        }
    }

    private void drain() {
        var more = true;
        while (more) {
            try {
                var line = next();
                more = line != null;
                if (line != null) {
                    consumer.line(line);
                }
            } catch (Throwable thrown) {
                report(thrown);
            }
        }
    }

    private synchronized @Nullable OutputLine poll() {
        if (dropped > 0) {
            long count = dropped;
            dropped = 0;
            return new OutputLine(
                    worker.get(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    lines.isEmpty() ? OutputLine.Source.ERR : lines.getFirst().source(),
                    "… " + count + (count == 1 ? " line" : " lines") + " of output dropped: the consumer was too slow");
        }
        var line = lines.pollFirst();
        if (line == null) {
            draining = false;
        } else {
            characters -= line.text().length();
        }
        return line;
    }

    private @Nullable OutputLine next() {
        var line = poll();
        if (line == null && hasEnded()) {
            delivered.complete(null);
        }
        return line;
    }

    private synchronized boolean hasEnded() {
        return ended && !draining;
    }

    private void forget() {
        synchronized (this) {
            lines.clear();
            characters = 0;
            dropped = 0;
            draining = false;
        }
        if (hasEnded()) {
            delivered.complete(null);
        }
    }

    /// Once aloud: a consumer that always throws would fill the log with what it was to print.
    private void report(Throwable thrown) {
        Remark.log(
                OutputQueue.class,
                warned ? Level.DEBUG : Level.WARNING,
                "The consumer of worker output threw. The line is lost to it; the worker goes on. Further errors of "
                        + "this kind from the same worker's output are logged at level DEBUG",
                thrown);
        warned = true;
    }
}
