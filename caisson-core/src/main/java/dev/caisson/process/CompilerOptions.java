package dev.caisson.process;

import dev.caisson.Compilation;
import java.util.List;
import java.util.Map;

/// The options of a worker's JVM that say how it compiles.
public final class CompilerOptions {

    /// By these a user has decided, if they stand in the environment. Those on a worker's command line come later
    /// there, and win.
    private static final List<String> DECISIONS =
            List.of("TieredStopAtLevel", "TieredCompilation", "CompilationMode", "Tier4", "-Xint", "-Xcomp");

    private CompilerOptions() {}

    /// The options, to stand before the user's own.
    ///
    /// @param compilation what the user wants
    /// @param environment of the worker: options in it win
    /// @return none where the JVM decides
    public static List<String> of(Compilation compilation, Map<String, String> environment) {
        boolean decided = InheritedOptions.VARIABLES.stream()
                .map(variable -> environment.getOrDefault(variable, ""))
                .anyMatch(options -> DECISIONS.stream().anyMatch(options::contains));
        if (decided) {
            return List.of();
        }
        return switch (compilation) {
            case PEAK -> List.of();
            case QUICK -> List.of("-XX:TieredStopAtLevel=1");
            case ADAPTIVE -> // the JVM's own numbers, a hundred times
                List.of(
                        "-XX:Tier4InvocationThreshold=500000",
                        "-XX:Tier4MinInvocationThreshold=60000",
                        "-XX:Tier4CompileThreshold=1500000",
                        "-XX:Tier4BackEdgeThreshold=4000000");
        };
    }
}
