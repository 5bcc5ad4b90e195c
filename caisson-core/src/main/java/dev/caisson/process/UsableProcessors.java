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
    /// @throws IllegalArgumentException if the property is set to something else than a whole number from 1
    public static int count() {
        var usable = Runtime.getRuntime().availableProcessors();
        var cap = System.getProperty(CAP);
        return cap == null ? usable : Math.min(usable, parse(cap));
    }

    private static int parse(String cap) {
        try {
            var number = Integer.parseInt(cap.strip());
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below, with what would be right
        }
        throw new IllegalArgumentException("The system property " + CAP + " caps the number of CPUs that pools use. It "
                + "must be a whole number from 1, but is '" + cap + "': correct it, or leave it out");
    }
}
