package dev.caisson.cli;

import dev.caisson.ProcessPool;
import dev.caisson.TaskOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/// The two runs of `caisson demo`: one that is stopped halfway, and one that does the rest.
///
/// What they did is judged by the file of results alone, as a user would.
///
/// @param streams for people
/// @param call what to run
/// @param folder where the documents are
/// @param files the documents
/// @param wantsProgress whether to draw a bar
record DemoRun(Streams streams, TargetCall call, Path folder, List<String> files, boolean wantsProgress) {

    /// Runs both.
    ///
    /// @param pools makes a pool of a name whose first worker somebody waits for
    /// @param each what holds for each document
    /// @return the command's exit code
    int run(BiFunction<String, FirstWorker, ProcessPool> pools, TaskOptions each) {
        try {
            var results = Files.createTempFile("caisson-demo-", ".jsonl");
            try {
                return run(results, pools, each);
            } finally {
                Files.deleteIfExists(results);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The file of results can't be used", e);
        }
    }

    private int run(Path results, BiFunction<String, FirstWorker, ProcessPool> pools, TaskOptions each)
            throws IOException {
        var out = streams.text();
        var worst = new Tally(files.size());
        var printed = new AtomicLong();
        out.println("First run, stopped halfway as Ctrl-C would stop it:");
        var signal = run(results, EarlierResults.none(), files.size() / 2, pools, each, worst, printed);
        if (signal.isEmpty()) {
            out.println("Second run, with --resume: what has its line is not run again:");
            try (var earlier = EarlierResults.read(results, Again.parse(""), call.toString())) {
                signal = run(results, earlier, Integer.MAX_VALUE, pools, each, worst, printed);
            }
        }
        if (signal.isPresent()) {
            return signal.getAsInt();
        }
        worst.printWorst(out);
        worst.printCauses(out);
        worst.printSlowest(out);
        out.println(printed + " lines that workers printed got in nobody's way.");
        return conclusion(results);
    }

    private OptionalInt run(
            Path results,
            EarlierResults earlier,
            int stopAfter,
            BiFunction<String, FirstWorker, ProcessPool> pools,
            TaskOptions each,
            Tally worst,
            AtomicLong printed) {
        var tally = new Tally(0);
        var before = new Tally(0);
        try (var inputs = Inputs.of(files);
                var progress = Progress.of(streams, "documents", inputs.size(), wantsProgress)) {
            var lines = WorkerLines.counted();
            var first = new FirstWorker(lines);
            progress.begin();
            var left = earlier.remaining(inputs.texts(), status -> {
                before.add(status);
                progress.skipped();
            });
            try (var pool = pools.apply("caisson-demo", first);
                    var file = ResultLines.to(results, call.toString(), earlier)) {
                var job = new Job(pool, each, call, false);
                var end = job.run(left, account -> {
                    first.await();
                    file.write(account);
                    tally.add(account.status());
                    if (account.status() != Status.CANCELLED) {
                        worst.add(account.shownAs(folder));
                    }
                    progress.ended(account);
                    if (tally.total() == stopAfter) {
                        job.stop();
                    }
                });
                progress.finish();
                if (end.failure().isPresent()) {
                    throw end.failure().get();
                }
                tally.printCounts(streams.text(), "document", end.millis());
                before.printEarlier(streams.text());
                printed.addAndGet(lines.count());
                return end.signal();
            }
        }
    }

    private int conclusion(Path results) throws IOException {
        var times = new HashMap<String, Integer>();
        try (var lines = Files.lines(results)) {
            lines.map(EarlierLine::parse).flatMap(Optional::stream).forEach(line -> count(line, times));
        }
        var wrong =
                files.stream().filter(file -> times.getOrDefault(file, 0) != 1).count();
        streams.text()
                .println(
                        wrong == 0
                                ? "Each of the " + files.size() + " documents is accounted for exactly once."
                                : wrong + " of " + files.size() + " documents are not accounted for exactly once.");
        return wrong == 0 ? Main.OK : Main.SOME_NOT_OK;
    }

    private static void count(EarlierLine line, Map<String, Integer> times) {
        if (line.status() != Status.CANCELLED && line.status() != Status.REJECTED) {
            times.merge(line.input(), 1, Integer::sum);
        }
    }
}
