package dev.caisson;

import java.util.Objects;

/// Takes what workers print, line by line.
///
/// It is called on the pool's callback executor, one line of a worker after the other, lines of different workers
/// possibly at the same time. It never blocks a worker: when it is too slow, lines are dropped, and a line that no task
/// printed stands for those of each gap: `… 5000 lines of output dropped: the consumer was too slow`. What it throws is
/// logged and does no further harm.
@FunctionalInterface
public interface WorkerOutput {

    /// Takes one line.
    ///
    /// @param line what was printed, where and by whom
    void line(OutputLine line);

    /// How much of a line is read; of a longer one only its beginning comes, with a note that it is cut. A worker that
    /// prints a line without end costs this process so much memory for each of its two streams, and no more. Asked once
    /// for each worker.
    ///
    /// @return bytes of UTF-8, less than 2 GB; 1 MiB unless [#withLineLimit(String)] says otherwise
    default ByteSize lineLimit() {
        return LimitedOutput.USUAL;
    }

    /// Prints lines as they are to this process's standard output and error. The default.
    ///
    /// @return the consumer
    static WorkerOutput inherit() {
        return line -> print(line, line.text());
    }

    /// Prints lines to this process's standard output and error, each after the worker and task it comes from.
    ///
    /// @return the consumer
    static WorkerOutput prefixed() {
        return line -> print(line, textWithOrigin(line));
    }

    /// Hands lines to this program's own logging, at level INFO: also what comes from standard error, for most loggers
    /// write all they have there.
    ///
    /// The message is as that of [#prefixed()]: `[worker 3, pid 4711, task 918 'parse a.pdf'] text`.
    ///
    /// @param logger such as `System.getLogger("workers")`
    /// @return the consumer
    static WorkerOutput to(System.Logger logger) {
        return to(logger, System.Logger.Level.INFO, System.Logger.Level.INFO);
    }

    /// Hands lines to this program's own logging, each stream at a level of its own.
    ///
    /// @param logger such as `System.getLogger("workers")`
    /// @param out level for what comes from standard output
    /// @param err level for what comes from standard error
    /// @return the consumer
    static WorkerOutput to(System.Logger logger, System.Logger.Level out, System.Logger.Level err) {
        Objects.requireNonNull(logger, "logger");
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(err, "err");
        return line -> logger.log(line.source() == OutputLine.Source.OUT ? out : err, textWithOrigin(line));
    }

    /// Drops all lines. Errors of the pool still show a dead worker's last ones.
    ///
    /// @return the consumer
    static WorkerOutput discard() {
        return line -> {};
    }

    /// The same consumer, with another limit for lines.
    ///
    /// @param size such as `"64k"`; less than 2 GB. See [#lineLimit()]
    /// @return a consumer that hands on to this one
    /// @throws IllegalArgumentException if it is no size, or too large
    default WorkerOutput withLineLimit(String size) {
        return new LimitedOutput(this, ByteSize.parse(size));
    }

    private static String textWithOrigin(OutputLine line) {
        var task = line.taskId().isEmpty() ? "" : ", task " + line.taskId().getAsLong();
        var label = line.label().map(text -> " '" + text + "'").orElse("");
        var worker = line.worker();
        return "[worker " + worker.slot() + ", pid " + worker.pid() + task + label + "] " + line.text();
    }

    private static void print(OutputLine line, String text) {
        switch (line.source()) {
            case OUT -> System.out.println(text);
            case ERR -> System.err.println(text);
        }
    }
}
