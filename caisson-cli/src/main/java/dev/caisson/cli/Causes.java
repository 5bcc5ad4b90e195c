package dev.caisson.cli;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/// Counts why inputs are not ok, alike with alike: a thousand that fail for one reason are one line.
final class Causes {

    private static final int MOST_KINDS = 1000;
    private static final int SHOWN = 8;
    private static final int LONGEST_KIND = 90;

    private final Map<Kind, Long> counts = new HashMap<>();
    private long others;

    private record Kind(Status status, String cause) {}

    void add(Account account) {
        var kind = new Kind(account.status(), Cause.kind(account, LONGEST_KIND));
        if (counts.containsKey(kind) || counts.size() < MOST_KINDS) {
            counts.merge(kind, 1L, Long::sum);
        } else {
            others++;
        }
    }

    /// Whether a list of causes tells more than one of inputs: some have the same.
    boolean areShared() {
        return counts.values().stream().anyMatch(count -> count > 1);
    }

    /// Prints the most frequent first.
    void print(PrintStream out) {
        out.println("Causes:");
        counts.entrySet().stream()
                .sorted(Map.Entry.<Kind, Long>comparingByValue()
                        .reversed()
                        .thenComparing(entry -> entry.getKey().cause(), Comparator.naturalOrder()))
                .limit(SHOWN)
                .forEach(entry -> out.printf(
                        "  %7d  %-13s  %s%n",
                        entry.getValue(),
                        entry.getKey().status(),
                        entry.getKey().cause()));
        var kinds = counts.size() - SHOWN;
        if (kinds > 0) {
            out.println("  … and " + kinds + (others > 0 ? " or more" : "") + " other "
                    + (kinds == 1 ? "cause" : "causes"));
        }
    }
}
