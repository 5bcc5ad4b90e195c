package dev.caisson.cli;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Counts why inputs are not ok, alike with alike: a thousand that fail for one reason are one line.
final class Causes {

    private static final int MOST_KINDS = 1000;
    private static final int SHOWN = 8;
    private static final int LONGEST_KIND = 90;

    private final Map<Kind, Long> counts = new HashMap<>();
    private final Set<Status> statuses = EnumSet.noneOf(Status.class);
    private long others;

    private record Kind(Status status, String cause) {}

    void add(Account account) {
        var kind = new Kind(account.status(), Cause.kind(account, LONGEST_KIND));
        if (counts.containsKey(kind) || counts.size() < MOST_KINDS || !statuses.contains(kind.status())) {
            counts.merge(kind, 1L, Long::sum);
            statuses.add(kind.status());
        } else {
            others++;
        }
    }

    /// Whether a list of causes tells more than one of inputs: some have the same.
    boolean areShared() {
        return counts.values().stream().anyMatch(count -> count > 1);
    }

    /// How many statuses there are among them.
    int statuses() {
        return statuses.size();
    }

    /// Prints the most frequent first, and of each status at least the most frequent.
    void print(PrintStream out) {
        out.println("Causes:");
        var sorted = counts.entrySet().stream()
                .sorted(Map.Entry.<Kind, Long>comparingByValue()
                        .reversed()
                        .thenComparing(entry -> entry.getKey().cause(), Comparator.naturalOrder()))
                .toList();
        var told = EnumSet.noneOf(Status.class);
        var hidden = 0;
        var inputs = others;
        for (var i = 0; i < sorted.size(); i++) {
            var kind = sorted.get(i).getKey();
            var count = sorted.get(i).getValue();
            // The set comes first: it has to hear of each status.
            if (told.add(kind.status()) || i < SHOWN) {
                out.printf("  %7d  %-13s  %s%n", count, kind.status(), kind.cause());
            } else {
                hidden++;
                inputs += count;
            }
        }
        if (hidden > 0) {
            out.println("  … and " + hidden + (others > 0 ? " or more" : "") + " other "
                    + (hidden == 1 ? "cause" : "causes") + " of " + inputs + (inputs == 1 ? " input" : " inputs"));
        }
    }
}
