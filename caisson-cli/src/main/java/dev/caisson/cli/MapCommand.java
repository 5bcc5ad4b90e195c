package dev.caisson.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `caisson map`: runs a static method on each input, in worker processes, and writes an account of each.
@Command(
        name = "map",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Runs a static method of one argument on each input, in worker processes. An input that crashes,"
                + " hangs or fills the heap costs its worker, never the others.",
        footer = {
            "",
            "Each input gets a line of JSON on standard output, in the order in which they end:",
            "  {\"input\":…,\"status\":\"ok\",\"value\":…,\"millis\":…,\"attempts\":…,\"worker\":…}",
            "with \"error\":{\"type\":…,\"message\":…,\"stack\":…} instead of a value if the status is failed, timeout,"
                    + " crashed, out_of_memory, rejected or cancelled.",
            "",
            "Exit code: 0 when all are ok, 1 when some are not, 2 for wrong usage, 130 after Ctrl-C.",
            "",
            "Examples:",
            "  caisson map java.lang.Integer::parseInt 1 2 three",
            "  caisson map Thumbnail.java --files 'photos/**/*.jpg' --time-limit 30s",
            "  caisson map -cp 'app.jar:lib/*' com.acme.Parser::parse --lines urls.txt",
            "  find in -name '*.pdf' | caisson map -cp app.jar com.acme.Parser::parse"
        })
final class MapCommand implements Callable<Integer> {

    private static final int WORST_SHOWN = 10;

    private final Streams streams;

    @Parameters(
            index = "0",
            paramLabel = "TARGET",
            description =
                    "What to run: pkg.Class::method, File.java, or File.java::method. Its argument may be a String,"
                            + " Path, File, int, long, double and the like. Overloaded: pkg.Class::method(Type).")
    private String target = "";

    @Parameters(
            index = "1..*",
            paramLabel = "INPUT",
            description = "What to run it on. Default: the lines of standard input.")
    private List<String> arguments = List.of();

    @Option(
            names = "--files",
            paramLabel = "GLOB",
            description = "Run it on the files that match, such as 'in/**/*.pdf'. May be repeated.")
    private List<String> globs = List.of();

    @Option(
            names = "--lines",
            paramLabel = "FILE",
            description = "Run it on the lines of a file, or of standard input for -. Empty lines are left out.")
    private @Nullable String lines;

    @Option(
            names = {"-cp", "--class-path"},
            paramLabel = "CP",
            description = "Where the workers find the target's classes. Default: CLASSPATH, or else this folder.")
    private @Nullable String classPath;

    @Mixin
    private PoolOptions poolOptions = new PoolOptions();

    @Option(names = "--output", paramLabel = "FILE", description = "Write the results to this file, which is replaced.")
    private @Nullable Path output;

    @Option(names = "--no-progress", description = "Show no progress bar.")
    private boolean noProgress;

    MapCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        var parsed = Target.parse(target);
        return switch (parsed) {
            case Target.InClass(var className, var method) -> {
                var entries = ClassPath.of(classPath);
                yield run(new TargetFinder(entries).find(className, Optional.of(method)), entries);
            }
            case Target.InSource(var file, var method) -> {
                var entries = ClassPath.of(classPath);
                try (var source = CompiledSource.compile(file, entries)) {
                    var all = source.before(entries);
                    yield run(new TargetFinder(all).find(source.className(), method), all);
                }
            }
        };
    }

    private int run(TargetCall call, List<Path> entries) {
        var tally = new Tally(WORST_SHOWN);
        try (var inputs = inputs();
                var progress = Progress.of(streams, call.toString(), inputs.size(), !noProgress);
                var pool = poolOptions.pool("caisson-map", entries, WorkerLines.shown(progress));
                // Last, so that wrong usage leaves an earlier file as it is.
                var results = output == null ? ResultLines.to(streams.out()) : ResultLines.to(output)) {
            var shareScreen = output == null && streams.outIsTerminal();
            var end = new Job(pool, poolOptions.each(), call).run(inputs, account -> {
                if (shareScreen) {
                    progress.aside(() -> results.write(account));
                } else {
                    results.write(account);
                }
                tally.add(account);
                progress.ended(account);
            });
            progress.finish();
            tally.printCounts(streams.err(), "inputs", end.millis());
            tally.printWorst(streams.err());
            return end.interrupted() ? Main.INTERRUPTED : tally.allOk() ? Main.OK : Main.SOME_NOT_OK;
        }
    }

    private Inputs inputs() {
        var kinds = (arguments.isEmpty() ? 0 : 1) + (globs.isEmpty() ? 0 : 1) + (lines == null ? 0 : 1);
        if (kinds > 1) {
            throw new WrongUsage("Inputs come either as arguments, or from --files, or from --lines, but here they come"
                    + " from several. Is a pattern of --files without quotes, so that the shell replaced it?");
        }
        if (!globs.isEmpty()) {
            return Inputs.of(FileSearch.files(globs));
        }
        if (lines != null && !lines.equals("-")) {
            return Inputs.linesOf(Path.of(lines));
        }
        if (!arguments.isEmpty()) {
            return Inputs.of(arguments);
        }
        if (streams.inIsTerminal()) {
            streams.err().println("Reading inputs from standard input, one a line; Ctrl-D ends them.");
        }
        return Inputs.linesOf(streams.in());
    }
}
