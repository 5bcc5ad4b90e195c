package dev.caisson.cli;

import dev.caisson.ByteSize;
import dev.caisson.Compilation;
import dev.caisson.ProcessPool;
import dev.caisson.RetryCause;
import dev.caisson.Sandbox;
import dev.caisson.TaskOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of a pool, the same in each command that has one.
final class PoolOptions {

    private static final int MOST_WORKERS = 10_000;

    @Option(
            names = {"-j", "--workers"},
            paramLabel = "N",
            description = "Number of worker processes. Default: the number of usable CPUs.")
    private @Nullable Integer workers;

    @Option(
            names = "--time-limit",
            paramLabel = "TIME",
            description =
                    "How long one input may run, such as 500ms, 30s or 2m. Then its worker is killed and replaced."
                            + " It is run again only by --retry-on timeout.")
    private @Nullable Duration timeLimit;

    @Option(
            names = "--soft-time-limit",
            paramLabel = "TIME",
            description = "How long it may run before its thread is interrupted, for methods that then return what"
                    + " they have. Shorter than --time-limit.")
    private @Nullable Duration softTimeLimit;

    @Option(names = "--max-heap", paramLabel = "SIZE", description = "Largest heap of a worker, such as 256m or 2g.")
    private @Nullable String maxHeap;

    @Option(
            names = "--compilation",
            paramLabel = "quick|peak|adaptive",
            description = "How workers compile: quick for runs of a few minutes, peak for code that computes for long,"
                    + " adaptive (the default) for both.")
    private Compilation compilation = Compilation.ADAPTIVE;

    @Option(
            names = "--max-tasks",
            paramLabel = "N",
            description = "Replace a worker after so many inputs, for methods that leak. Default: never.")
    private @Nullable Integer maxTasks;

    @Option(
            names = "--spares",
            paramLabel = "N",
            description =
                    "Keep so many more workers ready, to take the place of one that was killed at once. Default: 0.")
    private int spares;

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "Run an input again, at most so many times, when its worker died under it. Default: 0, since"
                    + " it may have had effects.")
    private int retries;

    @Option(
            names = "--retry-on",
            paramLabel = "CAUSE",
            split = ",",
            description =
                    "What --retries is for: crash (the default), timeout, or both. What the method throws is never"
                            + " a cause.")
    private List<RetryCause> retryCauses = List.of();

    @Option(
            names = "--prefix",
            paramLabel = "COMMAND",
            description = "Start workers by another command, such as 'nice -n 10' or 'taskset -c 0,1'.")
    private @Nullable String prefix;

    @Option(
            names = "--jvm-option",
            paramLabel = "OPTION",
            description = "Option of the workers' JVMs, such as --jvm-option=-Dname=value. May be repeated.")
    private List<String> jvmOptions = List.of();

    @Option(
            names = "--sandbox",
            arity = "0..1",
            paramLabel = "strict|no-network",
            parameterConsumer = SandboxLevel.class,
            description = {
                "Shuts workers off from network and other processes; 'strict', the default of this option, from files as"
                        + " well: they read the working directory and what --readable names, and write what --writable"
                        + " names. Linux only."
            })
    private Sandbox sandbox = Sandbox.NONE;

    @Option(names = "--readable", paramLabel = "PATH", description = "With --sandbox: readable, too. May be repeated.")
    private List<Path> readable = List.of();

    @Option(names = "--writable", paramLabel = "PATH", description = "With --sandbox: writable, too. May be repeated.")
    private List<Path> writable = List.of();

    /// What holds where the user gave no option.
    void defaults(Duration limit, String heap) {
        if (timeLimit == null) {
            timeLimit = limit;
        }
        if (maxHeap == null) {
            maxHeap = heap;
        }
    }

    /// Looks at all options before anything starts.
    ///
    /// @throws WrongUsage if one is not what a pool can have
    void check() {
        if (workers != null && (workers < 1 || workers > MOST_WORKERS)) {
            throw new WrongUsage("-j is " + workers + ", but there must be 1 to " + MOST_WORKERS
                    + " workers. For as many as there are CPUs leave it out");
        }
        if (maxTasks != null && maxTasks < 1) {
            throw new WrongUsage("--max-tasks is " + maxTasks
                    + ", but a worker must run at least 1 input. To keep workers leave it out");
        }
        if (spares < 0) {
            throw new WrongUsage("--spares is " + spares + ", but must be 0 (none) or more");
        }
        if (retries < 0) {
            throw new WrongUsage("--retries is " + retries + ", but must be 0 (never run an input again) or more");
        }
        if (retries == 0 && !retryCauses.isEmpty()) {
            throw new WrongUsage("--retry-on says what an input is run again for, but not how often. Say it with"
                    + " --retries, such as --retries 1");
        }
        if (softTimeLimit != null && timeLimit != null && softTimeLimit.compareTo(timeLimit) >= 0) {
            throw new WrongUsage("--soft-time-limit (" + DurationText.of(softTimeLimit.toMillis())
                    + ") must be shorter than --time-limit (" + DurationText.of(timeLimit.toMillis())
                    + "), or it would never strike");
        }
        if (prefix != null) {
            ShellWords.requireCommand("--prefix", ShellWords.split(prefix));
        }
        if (maxHeap != null) {
            try {
                ByteSize.parse(maxHeap);
            } catch (IllegalArgumentException e) {
                throw new WrongUsage("--max-heap: " + e.getMessage());
            }
        }
    }

    /// A pool whose workers have a class path and this program's own classes.
    ///
    /// @param first hears of its workers, and of what they print
    /// @param preparation what each worker does before it is ready
    /// @param furtherOptions further options of the workers' JVMs
    /// @throws WrongUsage if an option is not what a pool can have
    ProcessPool pool(
            String name, List<Path> classPath, FirstWorker first, Preparation preparation, String... furtherOptions) {
        var entries = new ArrayList<>(classPath);
        entries.add(ClassPath.own());
        var options = new ArrayList<>(List.of(furtherOptions));
        options.addAll(jvmOptions);
        try {
            var builder = ProcessPool.builder()
                    .name(name)
                    .classPath(entries.toArray(Path[]::new))
                    .output(first)
                    .listener(first)
                    .initializer(preparation)
                    .compilation(compilation)
                    .jvmOptions(options.toArray(String[]::new));
            if (workers != null) {
                builder.workers(workers);
            }
            if (spares > 0) {
                builder.spares(spares);
            }
            if (maxHeap != null) {
                builder.maxHeap(maxHeap);
            }
            if (maxTasks != null) {
                builder.maxTasksPerWorker(maxTasks);
            }
            if (prefix != null) {
                builder.launchPrefix(ShellWords.split(prefix).toArray(String[]::new));
            }
            return builder.sandbox(
                            sandbox.readable(readable.toArray(Path[]::new)).writable(writable.toArray(Path[]::new)))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(OptionNames.in(String.valueOf(e.getMessage())));
        }
    }

    /// What holds for each input.
    TaskOptions each() {
        var options = TaskOptions.DEFAULT.withRetries(retries);
        options = retryCauses.isEmpty() ? options : options.withRetryOn(retryCauses.toArray(RetryCause[]::new));
        options = timeLimit == null ? options : options.withTimeLimit(timeLimit);
        return softTimeLimit == null ? options : options.withSoftTimeLimit(softTimeLimit);
    }
}
