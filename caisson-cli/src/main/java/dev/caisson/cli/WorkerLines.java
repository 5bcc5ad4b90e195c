package dev.caisson.cli;

import dev.caisson.OutputLine;
import dev.caisson.WorkerInfo;
import dev.caisson.WorkerOutput;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes what workers print, and passes on so many lines of each input, each after the worker that it comes from. It
/// never goes to standard output, for that is for results.
///
/// Thread-safe.
final class WorkerLines implements WorkerOutput {

    /// How many lines of an input are shown where the user asks for nothing else.
    static final int SHOWN_PER_INPUT = 20;

    private final Consumer<String> taker;
    private final long mostPerInput;
    private final AtomicLong count = new AtomicLong();

    // Guarded by this: for each slot of the pool the task that printed there last. Workers come and go, slots stay.
    private final Map<Integer, Printed> printed = new HashMap<>();

    /// @param taker takes the lines that are passed on, one at a time
    /// @param mostPerInput how many lines of each input that are
    WorkerLines(Consumer<String> taker, long mostPerInput) {
        this.taker = taker;
        this.mostPerInput = mostPerInput;
    }

    /// Counts the lines and drops them.
    static WorkerLines counted() {
        return new WorkerLines(_ -> {}, 0);
    }

    /// How much one task printed.
    private static final class Printed {

        private final WorkerInfo worker;
        private final OptionalLong taskId;
        private long lines;

        Printed(WorkerInfo worker, OptionalLong taskId) {
            this.worker = worker;
            this.taskId = taskId;
        }

        boolean isOf(OutputLine line) {
            return worker.pid() == line.worker().pid() && taskId.equals(line.taskId());
        }
    }

    @Override
    public void line(OutputLine line) {
        count.incrementAndGet();
        if (mostPerInput == 0) {
            return;
        }
        synchronized (this) {
            var slot = line.worker().slot();
            var last = printed.get(slot);
            if (last == null || !last.isOf(line)) {
                tellRest(last);
                last = new Printed(line.worker(), line.taskId());
                printed.put(slot, last);
            }
            last.lines++;
            if (last.lines <= mostPerInput) {
                // Hostile documents print control characters.
                taker.accept(prefix(line.worker()) + Printable.of(line.text()));
            }
        }
    }

    /// Tells how many lines of the last inputs were not passed on. Those of earlier ones were told as the next printed.
    synchronized void finish() {
        printed.values().forEach(this::tellRest);
        printed.clear();
    }

    private void tellRest(@Nullable Printed last) {
        if (last != null && last.lines > mostPerInput) {
            var more = last.lines - mostPerInput;
            taker.accept(prefix(last.worker)
                    + String.format(Locale.ROOT, "… %,d %s more", more, more == 1 ? "line" : "lines"));
        }
    }

    private static String prefix(WorkerInfo worker) {
        return "[worker " + worker.slot() + ", pid " + worker.pid() + "] ";
    }

    /// How many lines there were.
    long count() {
        return count.get();
    }
}
