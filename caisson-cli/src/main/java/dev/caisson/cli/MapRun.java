package dev.caisson.cli;

import dev.caisson.ProcessPool;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// One run of `caisson map`, when all that the user said is known to be right.
///
/// @param streams for results and for people
/// @param call what to run
/// @param inputs what to run it on; stays open
/// @param earlier what needs not be run again
/// @param output where results go; standard output if absent
/// @param ordered whether they come in the order of the inputs
/// @param workerOutput where the lines go that workers print
record MapRun(
        Streams streams,
        TargetCall call,
        Inputs inputs,
        EarlierResults earlier,
        Optional<Path> output,
        boolean ordered,
        WorkerOutputOption workerOutput) {

    private static final int WORST_SHOWN = 10;

    /// Runs it.
    ///
    /// @return the command's exit code
    int run(PoolOptions options, Preparation preparation, List<Path> entries, boolean wantsProgress) {
        try (var progress = Progress.of(streams, call.toString(), inputs.size(), wantsProgress);
                var taker = workerOutput.open(progress)) {
            var first = new FirstWorker(taker.lines());
            try (var pool = options.pool("caisson-map", entries, first, preparation)) {
                var before = new Tally(0);
                var texts = earlier.remaining(inputs.texts(), status -> {
                    before.add(status);
                    progress.skipped();
                });
                if (!texts.hasNext()) {
                    return nothingToRun(before);
                }
                progress.begin();
                return run(pool, first, taker.lines(), options, texts, progress, before);
            }
        }
    }

    private int run(
            ProcessPool pool,
            FirstWorker first,
            WorkerLines lines,
            PoolOptions options,
            Iterator<String> texts,
            Progress progress,
            Tally before) {
        var tally = new Tally(WORST_SHOWN);
        try (var results = open()) {
            var end = new Job(pool, options.each(), call, ordered).run(texts, inputs::isUndecodable, account -> {
                first.await();
                tell(account, results, progress);
                tally.add(account);
                progress.ended(account);
            });
            progress.finish();
            lines.finish();
            return summary(tally, before, end);
        }
    }

    private ResultLines open() {
        if (output.filter(ResultLines::isPipe).isPresent()) {
            streams.err().println("Waiting until someone reads " + output.get() + ", which is a pipe.");
        }
        return output.map(file -> ResultLines.to(file, call.toString(), earlier))
                .orElseGet(() -> ResultLines.to(streams.out(), call.toString()));
    }

    private void tell(Account account, ResultLines results, Progress progress) {
        if (output.isEmpty() && streams.outIsTerminal()) {
            progress.aside(() -> results.write(account));
        } else {
            results.write(account);
        }
    }

    private int nothingToRun(Tally before) {
        if (before.total() == 0) {
            throw new WrongUsage(inputs.nothing());
        }
        before.printEarlier(streams.err());
        streams.err().println("Nothing is left to do.");
        return before.allOk() ? Main.OK : Main.SOME_NOT_OK;
    }

    private int summary(Tally tally, Tally before, Job.End end) {
        var bytes = new ByteArrayOutputStream();
        var text = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        print(tally, before, end, text);
        var summary = bytes.toString(StandardCharsets.UTF_8);
        // A terminal would break lines in the middle of words.
        streams.err().print(streams.errIsTerminal() ? HelpText.wrappedRows(summary, Progress.columns()) : summary);
        var notAll = end.failure().isPresent() || !tally.allOk() || !before.allOk();
        return end.signal().orElse(notAll ? Main.SOME_NOT_OK : Main.OK);
    }

    private void print(Tally tally, Tally before, Job.End end, PrintStream err) {
        tally.printCounts(err, "input", end.millis());
        before.printEarlier(err);
        tally.printWorst(err);
        tally.printCauses(err);
        tally.printColdStarts(err);
        tally.printSlowest(err);
        end.failure().ifPresent(failure -> err.println("caisson: " + Main.message(failure)));
        if (end.signal().isPresent() || end.failure().isPresent()) {
            var what = end.signal().isPresent() ? "Interrupted" : "Ended before its inputs did";
            err.println(tally.total() + before.total() == 0 ? what + "." : howToGoOn(what));
        }
    }

    private String howToGoOn(String what) {
        if (output.isEmpty()) {
            return what
                    + ": what was written so far is whole. If it went to a file, --output FILE --resume runs the rest.";
        }
        return Files.isRegularFile(output.get())
                ? what + ": the results so far are in " + output.get() + ". The same command"
                        + (earlier.file().isPresent() ? "" : " with --resume") + " runs the rest."
                : what + ".";
    }
}
