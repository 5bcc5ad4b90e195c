package dev.caisson.cli;

import dev.caisson.ProcessPool;
import dev.caisson.TaskOptions;
import dev.caisson.WorkerOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of a pool, the same in each command that has one.
final class PoolOptions {

    @Option(
            names = {"-j", "--workers"},
            paramLabel = "N",
            description = "Number of worker processes. Default: the number of usable CPUs.")
    private @Nullable Integer workers;

    @Option(
            names = "--time-limit",
            paramLabel = "TIME",
            description =
                    "How long one input may run, such as 500ms, 30s or 2m. Then its worker is killed and replaced.")
    private @Nullable Duration timeLimit;

    @Option(names = "--max-heap", paramLabel = "SIZE", description = "Largest heap of a worker, such as 256m or 2g.")
    private @Nullable String maxHeap;

    /// What holds where the user gave no option.
    void defaults(Duration limit, String heap) {
        if (timeLimit == null) {
            timeLimit = limit;
        }
        if (maxHeap == null) {
            maxHeap = heap;
        }
    }

    /// A pool whose workers have a class path and this program's own classes.
    ///
    /// @param jvmOptions further options of the workers' JVMs
    /// @throws WrongUsage if an option is not what a pool can have
    ProcessPool pool(String name, List<Path> classPath, WorkerOutput output, String... jvmOptions) {
        try {
            var entries = new ArrayList<>(classPath);
            entries.add(ClassPath.own());
            var builder = ProcessPool.builder()
                    .name(name)
                    .classPath(entries.toArray(Path[]::new))
                    .output(output)
                    .jvmOptions(jvmOptions);
            if (workers != null) {
                builder.workers(workers);
            }
            if (maxHeap != null) {
                builder.maxHeap(maxHeap);
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new WrongUsage("There can't be such a pool: " + e.getMessage());
        }
    }

    /// What holds for each input.
    TaskOptions each() {
        return timeLimit == null ? TaskOptions.DEFAULT : TaskOptions.DEFAULT.withTimeLimit(timeLimit);
    }
}
