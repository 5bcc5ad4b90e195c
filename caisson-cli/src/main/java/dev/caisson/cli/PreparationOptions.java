package dev.caisson.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a worker does before it is ready, besides initializing the target's class.
final class PreparationOptions {

    @Option(
            names = "--initializer",
            paramLabel = "METHOD",
            description = "Run pkg.Class::method, static and without arguments, in each worker before it takes inputs.")
    private @Nullable String initializer;

    @Option(
            names = "--warm-up",
            paramLabel = "INPUT",
            description = "Run the target on this input in each worker before it takes others, and drop the result: it"
                    + " loads what every first input needs, outside of --time-limit. If it fails, nothing is run. May"
                    + " be repeated.")
    private List<String> warmUps = List.of();

    /// The preparation of a target's workers.
    ///
    /// @param classes where its classes are
    /// @throws WrongUsage if there is no such initializer
    Preparation of(TargetCall target, TargetFinder classes) {
        if (initializer == null) {
            return new Preparation(target, null, null, warmUps);
        }
        if (!(Target.parse(initializer) instanceof Target.InClass(var className, var method))) {
            throw new WrongUsage("--initializer names a class, such as pkg.Class::method. That of a source file is"
                    + " named without .java");
        }
        return new Preparation(target, classes.findInitializer(className, method.name()), method.name(), warmUps);
    }
}
