package dev.caisson.cli;

import java.nio.file.Path;
import java.time.Duration;
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
                + " loop, call System.exit, crash in native code, or fill the heap; each gets its account all the same. The"
                + " run is stopped halfway, as by Ctrl-C, and a second one resumes it.",
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

    /// One of the documents crashes in native code, which a JVM warns of if nobody allowed it.
    private static final String NATIVE_CODE = "--enable-native-access=ALL-UNNAMED";

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
        poolOptions.check();
        TemporaryFolder.check();
        var build = Optional.ofNullable(System.getProperty("caisson.home")).map(Path::of);
        var entries = classPath == null ? ExampleBuild.in(build).classPath() : ClassPath.parse(classPath);
        var folder = documents == null ? ExampleBuild.in(build).documents() : documents;
        var files = ExampleBuild.documentsOf(folder);
        poolOptions.defaults(TIME_LIMIT, MAX_HEAP);
        var call =
                new TargetFinder(entries).find(EXTRACTOR, Optional.of(new Target.Method("extract", Optional.empty())));
        return new DemoRun(streams, call, folder, files, !noProgress)
                .run(
                        (name, first) -> poolOptions.pool(
                                name, entries, first, Preparation.of(call), QUICK_WARM_UP, NATIVE_CODE),
                        poolOptions.each());
    }
}
