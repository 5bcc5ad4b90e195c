package dev.caisson.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What one of several workers is to take for its own of the machine.
///
/// Left alone, each JVM counts on all CPUs and a quarter of the memory: a dozen of them then start a dozen times the
/// threads that the machine has use for, and a pool in a worker as many workers again; and their heaps together outgrow
/// the memory, so that the kernel kills the largest, or this process, in place of the one that would have failed.
public final class WorkerShare {

    private static final double PERCENT_OF_ALL = 75;
    private static final double PERCENT_BY_DEFAULT = 25;

    private WorkerShare() {}

    /// Options for a worker JVM; those that come later on its command line win over them.
    ///
    /// @param workers how many share the machine
    /// @param cpus how many CPUs there are for them
    /// @param environment of the worker: options in it win, too
    /// @return none if one share is what a JVM takes by itself
    public static List<String> options(int workers, int cpus, Map<String, String> environment) {
        var options = new ArrayList<String>();
        int share = Math.max(1, cpus / workers);
        if (share < cpus && !isDecided("ActiveProcessorCount", environment)) {
            options.add("-XX:ActiveProcessorCount=" + share);
        }
        double percent = PERCENT_OF_ALL / workers;
        if (percent < PERCENT_BY_DEFAULT && !isDecided("MaxRAMPercentage", environment)) {
            options.add(String.format(Locale.ROOT, "-XX:MaxRAMPercentage=%.3f", percent));
        }
        return options;
    }

    private static boolean isDecided(String option, Map<String, String> environment) {
        return InheritedOptions.VARIABLES.stream()
                .anyMatch(variable -> environment.getOrDefault(variable, "").contains(option));
    }
}
