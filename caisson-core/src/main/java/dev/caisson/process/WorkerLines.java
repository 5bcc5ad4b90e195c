package dev.caisson.process;

import dev.caisson.OutputLine;
import dev.caisson.OutputLine.Source;
import dev.caisson.WorkerInfo;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// Hands the lines of one stream of a worker to all who want them. Confined to the thread that reads the stream.
final class WorkerLines implements LineSplitter.Lines {

    private final Source source;
    private final Supplier<WorkerInfo> worker;
    private final OutputTail tail;
    private final OutputQueue queue;
    private final PrintingTasks tasks;

    WorkerLines(Source source, Supplier<WorkerInfo> worker, OutputTail tail, OutputQueue queue, PrintingTasks tasks) {
        this.source = source;
        this.worker = worker;
        this.tail = tail;
        this.queue = queue;
        this.tasks = tasks;
    }

    @Override
    public void line(long task, String text) {
        var line = task == 0
                ? new OutputLine(worker.get(), OptionalLong.empty(), Optional.empty(), source, text)
                : new OutputLine(worker.get(), OptionalLong.of(task), tasks.label(task), source, text);
        tail.add(text);
        tasks.add(line);
        queue.add(line);
    }

    @Override
    public void ended(long task) {
        tasks.ended(task, source);
    }
}
