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

    private final int keep;
    private final Map<Status, Long> counts = new EnumMap<>(Status.class);
    private final List<Account> worst = new ArrayList<>();

    /// @param keep how many of the inputs that are not ok to keep
    Tally(int keep) {
        this.keep = keep;
    }

    void add(Account account) {
        counts.merge(account.status(), 1L, Long::sum);
        if (account.status() == Status.OK || account.status() == Status.CANCELLED) {
            return;
        }
        worst.add(account);
        if (worst.size() > 2L * keep) {
            worst.sort(ORDER);
            worst.subList(keep, worst.size()).clear();
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
    void printCounts(PrintStream out, String what, long millis) {
        var rate = millis == 0 ? 0 : total() * 1000.0 / millis;
        var parts = Arrays.stream(Status.values())
                .filter(status -> count(status) > 0)
                .map(status -> count(status) + " " + status)
                .collect(Collectors.joining(", "));
        out.printf(
                Locale.ROOT,
                "%d %s in %s (%.1f/s): %s%n",
                total(),
                what,
                DurationText.of(millis),
                rate,
                parts.isEmpty() ? "nothing to do" : parts);
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

    private static String input(Account account) {
        var text = Printable.line(account.input(), Integer.MAX_VALUE);
        // The end tells more: paths begin alike.
        return text.length() <= LONGEST_INPUT ? text : "…" + text.substring(text.length() - LONGEST_INPUT + 1);
    }
}
