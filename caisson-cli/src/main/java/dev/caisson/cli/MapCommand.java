package dev.caisson.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
            "Each input gets a line of JSON on standard output or in the file:",
            "  {\"input\":…,\"status\":\"ok\",\"value\":…,\"millis\":…,\"attempts\":…,",
            "   \"worker\":…,\"target\":…}",
            "with \"error\":{\"type\":…,\"message\":…,\"stack\":…} instead of a value if the status is failed, timeout,"
                    + " crashed, out_of_memory, rejected (the pool broke before it began) or cancelled.",
            "",
            "A value is written as JSON: records and maps as objects, collections and arrays as lists, bytes as Base64,"
                    + " anything else that JSON lacks by its toString(). The error of a timeout is what the method threw"
                    + " when the soft limit interrupted it, or else shows where it hung. The worker is a process id;"
                    + " messages count workers from 0. What the method prints goes to standard error, after the worker that it comes from, or where --worker-output says.",
            "",
            "Cold workers: a worker initializes the target's class before it takes inputs, but its first input still"
                    + " loads what else the method needs, within --time-limit. If first inputs time out that are quick in"
                    + " others, have --warm-up or --initializer load that, and --spares keep workers ready; or raise"
                    + " the limit. Once a first input has timed out, first inputs get 10 s more as long as that helps.",
            "",
            "Source files: File.java may have a package, several classes, and use other source files of its folder and"
                    + " package tree, and what --class-path holds. Without ::method it must have one static method that"
                    + " can be meant.",
            "",
            "Ctrl-C and SIGTERM end what runs, keep the results so far and print the summary; a second one ends at"
                    + " once. Inputs that had not begun get no line.",
            "",
            "--resume goes on with the file of --output:",
            "  It runs the inputs that have no line there, and those whose line says cancelled or rejected;"
                    + " --resume=timeout,crashed runs these too, --resume=all-but-ok whatever is not ok. A line that was"
                    + " cut off by a kill counts as none. An input given several times has as many lines.",
            "  A line goes only when its input has run again: then the new one, at the end of the file, takes its place."
                    + " Lines of inputs that are not given this time stay.",
            "  The lines must be of the same target: class, method and type of its argument.",
            "",
            "One run at a time may write to a file; a second one is refused. While a run goes on, and after a kill, a"
                    + " blank line may stand where another was. A run that can't start its workers touches no file.",
            "",
            "Exit code: 0 when all are ok, 1 when some are not or --files passed something over, 2 for wrong usage, 130 after Ctrl-C, 143 after SIGTERM,"
                    + " 141 when nobody reads the results any more.",
            "",
            "Examples:",
            "  caisson map java.lang.Integer::parseInt 1 2 three",
            "  caisson map Thumbnail.java --files 'photos/**/*.jpg' --time-limit 30s",
            "  caisson map -cp 'app.jar:lib/*' com.acme.Parser::parse --lines urls.txt --output results.jsonl",
            "  caisson map -cp 'app.jar:lib/*' com.acme.Parser::parse --lines urls.txt --output results.jsonl --resume",
            "  find in -name '*.pdf' | caisson map -cp app.jar com.acme.Parser::parse --prefix 'nice -n 10'"
        })
final class MapCommand implements Callable<Integer> {

    private static final int PASSED_OVER_SHOWN = 3;

    private final Streams streams;

    @Parameters(
            index = "0",
            paramLabel = "TARGET",
            description =
                    "What to run: pkg.Class::method, File.java, or File.java::method. Its argument may be a String,"
                            + " Path, File, int, long, double and the like. Overloaded: pkg.Class::method(Type). Nested:"
                            + " pkg.Class.Nested::method.")
    private String target = "";

    @Parameters(
            index = "1..*",
            paramLabel = "INPUT",
            description =
                    "What to run it on, after -- if one begins with a dash. Default: the lines of standard input.")
    private List<String> arguments = List.of();

    @Mixin
    private InputOptions inputOptions = new InputOptions();

    @Option(
            names = {"-cp", "--class-path"},
            paramLabel = "CP",
            description = "Where the workers find the target's classes. Default: CLASSPATH, or else this folder.")
    private @Nullable String classPath;

    @Mixin
    private PreparationOptions preparationOptions = new PreparationOptions();

    @Mixin
    private PoolOptions poolOptions = new PoolOptions();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write the results to this file, which is replaced. Never to one that the run reads.")
    private @Nullable Path output;

    @Option(
            names = "--resume",
            arity = "0..1",
            paramLabel = "STATUS,...",
            preprocessor = Again.OnlyIfAttached.class,
            description =
                    "Go on with the file of --output instead of replacing it: keep its lines, run what is not done. See below.")
    private @Nullable Again resume;

    @Mixin
    private WorkerOutputOption workerOutputOption = new WorkerOutputOption();

    @Option(names = "--ordered", description = "Write the lines in the order of the inputs. Default: as they end.")
    private boolean ordered;

    @Option(names = "--no-progress", description = "Show no progress bar.")
    private boolean noProgress;

    MapCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        poolOptions.check();
        TemporaryFolder.check();
        if (resume != null && output == null) {
            throw new WrongUsage("--resume goes on with a file of results. Name it with --output");
        }
        var parsed = Target.parse(target);
        var entries = ClassPath.of(classPath);
        return switch (parsed) {
            case Target.InClass(var className, var method) ->
                run(new TargetFinder(entries).find(className, Optional.of(method)), entries, entries);
            case Target.InSource(var file, var method) -> {
                try (var source = CompiledSource.compile(file, entries)) {
                    var all = source.before(entries);
                    yield run(
                            new TargetFinder(all).find(source.className(), method),
                            all,
                            Stream.concat(entries.stream(), Stream.of(file)).toList());
                }
            }
        };
    }

    private int run(TargetCall call, List<Path> entries, List<Path> sources) {
        try (var inputs = inputOptions.open(streams, arguments)) {
            if (output != null) {
                ResultLines.check(output, inputOptions.sources(inputs));
                ResultLines.check(output, sources.stream().map(Path::toString).toList());
            }
            workerOutputOption.check(Stream.of(
                            Stream.ofNullable(output).map(Path::toString),
                            inputOptions.sources(inputs).stream(),
                            sources.stream().map(Path::toString))
                    .flatMap(same -> same)
                    .toList());
            try (var earlier = resume != null && output != null
                    ? EarlierResults.read(output, resume, call.toString())
                    : EarlierResults.none()) {
                var exit = new MapRun(
                                streams,
                                call,
                                inputs,
                                earlier,
                                Optional.ofNullable(output),
                                ordered,
                                workerOutputOption)
                        .run(poolOptions, preparationOptions.of(call, new TargetFinder(entries)), entries, !noProgress);
                return allThere(inputs) ? exit : Math.max(exit, Main.SOME_NOT_OK);
            }
        }
    }

    /// Reminds of files that --files passed over, or that may be where it could not look.
    private boolean allThere(Inputs inputs) {
        var passedOver = inputs.passedOver();
        if (!passedOver.isEmpty()) {
            streams.err()
                    .println("Passed over at the start: " + passedOver.size() + ", which have no result: "
                            + passedOver.stream()
                                    .limit(PASSED_OVER_SHOWN)
                                    .map(Printable::of)
                                    .collect(Collectors.joining("; "))
                            + (passedOver.size() > PASSED_OVER_SHOWN ? "; …" : ""));
        }
        return passedOver.isEmpty();
    }
}
