package dev.caisson.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Counts how inputs ended, and keeps the worst of them for the summary.
///
/// The worst are those that cost a worker, then those that failed, the longest first. Cancelled ones are none: whoever
/// cancelled them knows.
final class Tally {

    private static final List<Status> WORST_FIRST =
            List.of(Status.CRASHED, Status.OUT_OF_MEMORY, Status.TIMEOUT, Status.REJECTED, Status.FAILED);
    private static final Comparator<Account> ORDER = Comparator.<Account>comparingInt(
                    account -> WORST_FIRST.indexOf(account.status()))
            .thenComparing(Comparator.comparingLong(Account::millis).reversed())
            .thenComparing(Account::input);
    private static final int LONGEST_INPUT = 60;
    private static final int LONGEST_CAUSE = 120;

    private static final int SLOWEST_SHOWN = 3;
    private static final int WORTH_NAMING_SLOWEST = 10;
    private static final Comparator<Account> SLOWEST_FIRST =
            Comparator.comparingLong(Account::millis).reversed().thenComparing(Account::input);

    private final int keep;
    private final Map<Status, Long> counts = new EnumMap<>(Status.class);
    private final List<Account> worst = new ArrayList<>();
    private final List<Account> slowest = new ArrayList<>();
    private final Causes causes = new Causes();

    /// Time-outs of the first input of a worker.
    private long coldStarts;

    /// @param keep how many of the inputs that are not ok to keep
    Tally(int keep) {
        this.keep = keep;
    }

    void add(Account account) {
        add(account.status());
        if (account.status() == Status.OK) {
            keep(account.withoutValue(), slowest, SLOWEST_SHOWN, SLOWEST_FIRST);
        } else if (account.status() != Status.CANCELLED) {
            keep(account, worst, keep, ORDER);
            causes.add(account);
            coldStarts += account.fault() != null && account.fault().firstOfWorker() ? 1 : 0;
        }
    }

    /// Counts one of which nothing else is known.
    void add(Status status) {
        counts.merge(status, 1L, Long::sum);
    }

    private static void keep(Account account, List<Account> some, int most, Comparator<Account> order) {
        some.add(account);
        if (some.size() > 2L * most) {
            some.sort(order);
            some.subList(most, some.size()).clear();
        }
    }

    long count(Status status) {
        return counts.getOrDefault(status, 0L);
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    boolean allOk() {
        return count(Status.OK) == total();
    }

    /// Prints how many ended how, in what time.
    ///
    /// @param what they are, in the singular
    void printCounts(PrintStream out, String what, long millis) {
        var rate = millis == 0 ? 0 : total() * 1000.0 / millis;
        out.printf(
                Locale.ROOT,
                "%d %s%s in %s (%.1f/s): %s%n",
                total(),
                what,
                total() == 1 ? "" : "s",
                DurationText.of(millis),
                rate,
                total() == 0 ? "nothing done" : parts());
    }

    /// Prints how many were done before, if any were.
    void printEarlier(PrintStream out) {
        if (total() > 0) {
            out.println(total() + (total() == 1 ? " was" : " were") + " done before: " + parts());
        }
    }

    private String parts() {
        return Arrays.stream(Status.values())
                .filter(status -> count(status) > 0)
                .map(status -> count(status) + " " + status)
                .collect(Collectors.joining(", "));
    }

    /// Prints a table of the worst inputs with their causes.
    void printWorst(PrintStream out) {
        if (worst.isEmpty()) {
            return;
        }
        worst.sort(ORDER);
        var shown = worst.subList(0, Math.min(keep, worst.size()));
        var width = shown.stream()
                .mapToInt(account -> input(account).length())
                .max()
                .orElse(0);
        var row = "  %-13s  %10s  %9s  %-" + width + "s  %s%n";
        out.printf(row, "status", "after", "worker", "input", "cause");
        for (var account : shown) {
            out.printf(
                    row,
                    account.status(),
                    DurationText.of(account.millis()),
                    account.worker().map(String::valueOf).orElse("-"),
                    input(account),
                    Cause.of(account, LONGEST_CAUSE));
        }
        var others = total() - count(Status.OK) - count(Status.CANCELLED) - shown.size();
        if (others > 0) {
            out.println("  … and " + others + " more");
        }
    }

    /// Prints how many failed for what, if some did for the same or the table of the worst may hide a whole status.
    void printCauses(PrintStream out) {
        var notOk = total() - count(Status.OK) - count(Status.CANCELLED);
        if (causes.areShared() || (notOk > keep && causes.statuses() > 1)) {
            causes.print(out);
        }
    }

    /// Prints how many time-outs struck the first input of a worker, and what to do about that.
    void printColdStarts(PrintStream out) {
        if (coldStarts > 0) {
            out.println(coldStarts + " of " + count(Status.TIMEOUT)
                    + (count(Status.TIMEOUT) == 1 ? " timeout" : " timeouts")
                    + " struck the first input of a worker, which loads classes within --time-limit. If such inputs are"
                    + " quick in others, use --warm-up INPUT, --initializer or --spares, or raise the limit.");
        }
    }

    /// Prints which of the inputs that are ok took longest, if there were more than one sees at a glance.
    void printSlowest(PrintStream out) {
        if (total() < WORTH_NAMING_SLOWEST || slowest.isEmpty()) {
            return;
        }
        slowest.sort(SLOWEST_FIRST);
        out.println("Slowest that are ok: "
                + slowest.stream()
                        .limit(SLOWEST_SHOWN)
                        .map(account -> input(account) + " (" + DurationText.of(account.millis()) + ")")
                        .collect(Collectors.joining(", ")));
    }

    private static String input(Account account) {
        var text = account.input();
        // The end tells more: paths begin alike.
        return text.length() <= LONGEST_INPUT
                ? Printable.line(text, LONGEST_INPUT)
                : "…" + Printable.line(text.substring(text.length() - LONGEST_INPUT + 1), LONGEST_INPUT);
    }
}
