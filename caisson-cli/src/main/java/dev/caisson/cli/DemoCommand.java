package dev.caisson.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `caisson demo`: the job this library is for, on documents that come with the build.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Extracts text and metadata from some hundred real documents with Apache Tika. Some of them hang,"
                + " loop, call System.exit, or fill the heap; each gets its account all the same.",
        footer = {
            "",
            "The documents are those of Tika's own tests, and a few that do harm on purpose. What workers print is"
                    + " dropped. Exit code: 0 when each document is accounted for exactly once, whatever became of it.",
            "",
            "Examples:",
            "  caisson demo",
            "  caisson demo -j 4 --time-limit 5s",
            "  caisson demo --documents my-documents"
        })
final class DemoCommand implements Callable<Integer> {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final String MAX_HEAP = "256m";

    /// Most of what parsers run they run a few times only, and new workers begin anew: the second compiler costs more
    /// than it gains.
    private static final String QUICK_WARM_UP = "-XX:TieredStopAtLevel=1";

    private static final String EXTRACTOR = "dev.caisson.examples.ExtractText";

    private final Streams streams;

    @Mixin
    private PoolOptions poolOptions = new PoolOptions();

    @Option(names = "--documents", paramLabel = "FOLDER", description = "Documents of your own instead.")
    private @Nullable Path documents;

    @Option(
            names = {"-cp", "--class-path"},
            paramLabel = "CP",
            description = "Where the workers find caisson-examples and Tika. Default: where the build put them.")
    private @Nullable String classPath;

    @Option(names = "--no-progress", description = "Show no progress bar.")
    private boolean noProgress;

    DemoCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        var build = Optional.ofNullable(System.getProperty("caisson.home")).map(Path::of);
        var entries = classPath == null ? ExampleBuild.in(build).classPath() : ClassPath.parse(classPath);
        var folder = documents == null ? ExampleBuild.in(build).documents() : documents;
        var files = ExampleBuild.documentsOf(folder);
        poolOptions.defaults(TIME_LIMIT, MAX_HEAP);
        var call =
                new TargetFinder(entries).find(EXTRACTOR, Optional.of(new Target.Method("extract", Optional.empty())));
        return run(call, entries, folder, files);
    }

    private int run(TargetCall call, List<Path> entries, Path folder, List<String> files) {
        var tally = new Tally(files.size());
        var times = new HashMap<String, Integer>();
        try (var inputs = Inputs.of(files);
                var progress = Progress.of(streams, "documents", inputs.size(), !noProgress)) {
            var lines = WorkerLines.counted(progress);
            try (var pool = poolOptions.pool("caisson-demo", entries, lines, QUICK_WARM_UP)) {
                var end = new Job(pool, poolOptions.each(), call).run(inputs, account -> {
                    tally.add(account.shownAs(folder));
                    times.merge(account.input(), 1, Integer::sum);
                    progress.ended(account);
                });
                progress.finish();
                var out = streams.text();
                tally.printCounts(out, "documents", end.millis());
                tally.printWorst(out);
                out.println(lines.count() + " lines that workers printed got in nobody's way.");
                return conclusion(files, times, end.interrupted());
            }
        }
    }

    private int conclusion(List<String> files, Map<String, Integer> times, boolean interrupted) {
        var wrong =
                files.stream().filter(file -> times.getOrDefault(file, 0) != 1).count();
        if (interrupted) {
            return Main.INTERRUPTED;
        }
        streams.text()
                .println(
                        wrong == 0
                                ? "Each of the " + files.size() + " documents is accounted for exactly once."
                                : wrong + " of " + files.size() + " documents are not accounted for exactly once.");
        return wrong == 0 ? Main.OK : Main.SOME_NOT_OK;
    }
}
